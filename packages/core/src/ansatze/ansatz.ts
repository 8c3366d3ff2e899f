import type { z } from 'zod';
import { type Angle, parameter } from '../circuit/angle.ts';
import type { Operation } from '../circuit/circuit.ts';
import { checked } from '../schema/check.ts';

/** Hands out the trainable parameters of an ansatz in order; the number taken is the ansatz's P. */
export interface Allocator {
  (): Angle;
  readonly taken: () => number;
}

/** An allocator that starts at parameter 0. */
export function allocator(): Allocator {
  let count = 0;
  return Object.assign(() => parameter(count++), { taken: () => count });
}

/** A trainable circuit as one entry of the table: its name in a SPEC, the schema of its options, and how it is built. */
export interface Ansatz<Kind extends string = string, Options extends z.ZodObject = z.ZodObject> {
  readonly kind: Kind;
  readonly summary: string;
  readonly options: Options;
  /**
   * Operations layer by layer, so that a re-uploading encoding can be put before each.
   *
   * @throws InputError where the options do not fit the schema.
   */
  layers(qubits: number, options: unknown, next: Allocator): Operation[][];
}

/** Makes a table entry from one whose `layers` takes options already checked against its schema. */
export function defineAnsatz<Kind extends string, Options extends z.ZodObject>(entry: {
  kind: Kind;
  summary: string;
  options: Options;
  layers(qubits: number, options: z.infer<Options>, next: Allocator): Operation[][];
}): Ansatz<Kind, Options> {
  return {
    ...entry,
    layers: (qubits, options, next) =>
      entry.layers(qubits, checked(options, entry.options, `options of ${entry.kind}`), next),
  };
}

/** One gate with one new parameter on each of the given wire lists. */
export function trainableOnEach(gate: string, wires: readonly (readonly number[])[], next: Allocator): Operation[] {
  return wires.map((on) => ({ gate, wires: on, angles: [next()] }));
}
