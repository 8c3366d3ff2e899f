import { z } from 'zod';
import { defineEncoding } from './encoding.ts';

/**
 * The data point as amplitudes: feature k at basis state k, padded with zeros, normalised. Where the data are complex they
 * are states already (You et al.'s quantum data).
 */
export const amplitude = defineEncoding({
  kind: 'amplitude',
  summary: 'the features as amplitudes, padded with zeros and normalised; complex data as the states they are',
  options: z.strictObject({}),
  start: 'amplitudes',
  capacity: (qubits) => 2 ** qubits,
  operations: () => [],
});
