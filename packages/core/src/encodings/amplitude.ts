import { z } from 'zod';
import { defineEncoding } from './encoding.ts';

/** The data point as amplitudes: feature k at basis state k, padded with zeros, normalised. */
export const amplitude = defineEncoding({
  kind: 'amplitude',
  summary: 'the features as amplitudes, padded with zeros and normalised',
  options: z.strictObject({}),
  start: 'amplitudes',
  capacity: (qubits) => 2 ** qubits,
  operations: () => [],
});
