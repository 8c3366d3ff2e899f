import type { z } from 'zod';
import type { CircuitSource, Operation } from '../circuit/circuit.ts';
import { checked } from '../schema/check.ts';

export interface EncodingRecord<Kind extends string> {
  /** Its name in a SPEC. */
  readonly kind: Kind;
  readonly summary: string;
  /** Where the circuit starts. */
  readonly start: CircuitSource['start'];
  /** Most features it can take on this many qubits. */
  capacity(qubits: number): number;
}

/** A way to bring a data point into the circuit as one entry of the table. */
export interface Encoding<Kind extends string = string, Options extends z.ZodObject = z.ZodObject>
  extends EncodingRecord<Kind> {
  /** Schema of its options in a SPEC. */
  readonly options: Options;
  /**
   * The gates on `qubits` qubits for data of so many features; angles are functions of the inputs.
   *
   * @throws InputError where the options do not fit the schema.
   */
  operations(qubits: number, features: number, options: unknown): Operation[];
}

/** Makes a table entry from one whose `operations` takes options already checked against its schema. */
export function defineEncoding<Kind extends string, Options extends z.ZodObject>(
  entry: EncodingRecord<Kind> & {
    options: Options;
    operations(qubits: number, features: number, options: z.infer<Options>): Operation[];
  },
): Encoding<Kind, Options> {
  return {
    ...entry,
    operations: (qubits, features, options) =>
      entry.operations(qubits, features, checked(options, entry.options, `options of ${entry.kind}`)),
  };
}
