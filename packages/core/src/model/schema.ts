import { z } from 'zod';
import type { Ansatz } from '../ansatze/ansatz.ts';
import { ansatze } from '../ansatze/index.ts';
import type { Encoding } from '../encodings/encoding.ts';
import { encodings } from '../encodings/index.ts';
import { positive } from '../schema/numbers.ts';

const encodingSchemas = encodings.map((encoding, index) => {
  const kind = z.literal(encoding.kind);
  return encoding.options.extend({
    kind: index === 0 ? kind.default(encoding.kind) : kind,
    reupload: z.boolean().default(false).describe('repeat the encoding before every layer'),
    scaling: z
      .enum(['fixed', 'trainable'])
      .default('fixed')
      .describe('trainable: a factor for each feature, with reupload one a layer, that starts at 1'),
  });
});
const ansatzSchemas = ansatze.map((ansatz) =>
  ansatz.options.extend({
    kind: z.literal(ansatz.kind),
    mirrored: z
      .boolean()
      .default(false)
      .describe('every second layer is the one before it backwards, so that a pair can start as the identity'),
  }),
);

/** The schemas made above as types: the maps over the tables keep each entry's kind and options. */
type EncodingSchemas<Entries extends readonly Encoding[]> = {
  -readonly [K in keyof Entries]: z.ZodObject<
    Entries[K]['options']['shape'] & {
      kind: K extends '0' ? z.ZodDefault<z.ZodLiteral<Entries[K]['kind']>> : z.ZodLiteral<Entries[K]['kind']>;
      reupload: z.ZodDefault<z.ZodBoolean>;
      scaling: z.ZodDefault<z.ZodEnum<{ fixed: 'fixed'; trainable: 'trainable' }>>;
    },
    z.core.$strict
  >;
};
type AnsatzSchemas<Entries extends readonly Ansatz[]> = {
  -readonly [K in keyof Entries]: z.ZodObject<
    Entries[K]['options']['shape'] & {
      kind: z.ZodLiteral<Entries[K]['kind']>;
      mirrored: z.ZodDefault<z.ZodBoolean>;
    },
    z.core.$strict
  >;
};

/** What is measured, whichever circuit it is measured on. */
const readout = {
  observable: z
    .union([z.string(), z.array(z.string()).min(1)])
    .describe(
      'a sum of Pauli products such as "0.5*Z0*Z1 - X2", or mean-Z; a list has one output each; classes: as many as the labels need, Z on the first qubits, then products',
    ),
  scale: positive.default(1).describe('readout scale γ'),
  readout: z
    .enum(['fixed', 'trainable'])
    .default('fixed')
    .describe(
      'trainable: the coefficients of the observable and a bias are parameters, which start as written and at 0',
    ),
};

/** A circuit by name. The kinds of encodings and ansätze, and their options, come from the two tables. */
const namedSchema = z.strictObject({
  qubits: z.int().min(1),
  encoding: z.discriminatedUnion('kind', encodingSchemas as unknown as EncodingSchemas<typeof encodings>),
  ansatz: z.discriminatedUnion('kind', ansatzSchemas as unknown as AnsatzSchemas<typeof ansatze>),
  ...readout,
});

/** A circuit from a file. */
const openqasmSchema = z.strictObject({
  openqasm: z.string().min(1).describe('file with a circuit in OpenQASM 3 or 2, relative to this one'),
  inputs: z
    .array(z.string())
    .optional()
    .describe(
      'inputs of the circuit that are the features, in their order; all others are trainable parameters; x, x_0, _x_0_, x[0], … where left out, by their numbers',
    ),
  ...readout,
});

/** `model` in a SPEC. */
export const modelSchema = z.union([namedSchema, openqasmSchema]);

/** A checked `model`. */
export type ModelSpec = z.infer<typeof modelSchema>;
/** A checked `model` whose circuit is put together by name. */
export type NamedModelSpec = z.infer<typeof namedSchema>;
/** The same as its author writes it: keys with a default may be left out. */
export type NamedModelInput = z.input<typeof namedSchema>;
