import type { Engine } from '../simulate/engine.ts';
import { sources } from './index.ts';
import type { DataSpec, FileDataSpec } from './schema.ts';
import type { GeneratedSource } from './source.ts';
import type { Table } from './table.ts';

/** The table of a source that makes its data; `engine` runs the eigensolver where one is asked for. */
export function generateTable(spec: Exclude<DataSpec, FileDataSpec>, engine: Engine): Table {
  const source = sources.find((entry) => entry.schema.shape.source.value === spec.source);
  if (!source || !('generate' in source)) throw new Error('the schema lets no other source through');
  // Which options go with which source is known to the schema; here they only have to be of the same entry.
  return (source as unknown as GeneratedSource).generate(spec, engine);
}
