import { z } from 'zod';
import type { Source } from './source.ts';
import { sources } from './sources.ts';

/** Keeps each entry's own options in the type, so that a checked SPEC is known by its source. */
type SchemasOf<Entries extends readonly Source[]> = { -readonly [K in keyof Entries]: Entries[K]['schema'] };

/** `data` in a SPEC: the options of the source it names. */
export const dataSchema = z.discriminatedUnion(
  'source',
  sources.map(({ schema }) => schema) as unknown as SchemasOf<typeof sources>,
);

/** A checked `data`. */
export type DataSpec = z.infer<typeof dataSchema>;

/** A checked `data` of a source that is read from a file. */
export type FileDataSpec = Extract<DataSpec, { file: string }>;
