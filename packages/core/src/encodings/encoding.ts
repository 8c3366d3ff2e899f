import type { z } from 'zod';
import type { CircuitSource, Operation } from '../circuit/circuit.ts';

interface EncodingRecord {
  readonly kind: string;
  readonly summary: string;
  /** Where the circuit starts. */
  readonly start: CircuitSource['start'];
  /** Most features it can take on this many qubits. */
  capacity(qubits: number): number;
}

/** A way to bring a data point into the circuit as one entry of the table. */
export interface Encoding extends EncodingRecord {
  readonly options: z.ZodObject;
  /** @throws ZodError where the options do not fit the schema. */
  operations(qubits: number, features: number, options: unknown): Operation[];
}

/** Makes a table entry from one whose `operations` takes options already checked against its schema. */
export function defineEncoding<Options extends z.ZodObject>(
  entry: EncodingRecord & {
    options: Options;
    operations(qubits: number, features: number, options: z.infer<Options>): Operation[];
  },
): Encoding {
  return {
    ...entry,
    operations: (qubits, features, options) => entry.operations(qubits, features, entry.options.parse(options)),
  };
}
