import { InputError } from '../errors.ts';
import type { Engine } from '../simulate/engine.ts';
import type { DataSpec } from './schema.ts';
import type { GeneratedSource } from './source.ts';
import { sources } from './sources.ts';
import type { Column, Table } from './table.ts';

/**
 * The table of a source that makes its data; `engine` runs the eigensolver where one is asked for.
 *
 * @throws InputError where the source is a file: whoever has files reads it, and datasetFromTable goes on from there.
 */
export function generateTable(spec: DataSpec, engine: Engine): Table<Column> {
  const source = sources.find((entry) => entry.schema.shape.source.value === spec.source);
  if (!source || !('generate' in source)) {
    const generated = sources.flatMap((entry) => ('generate' in entry ? [entry.schema.shape.source.value] : []));
    throw new InputError({
      where: 'data.source',
      found: `"${spec.source}", which is read from a file`,
      expected: `one of ${generated.join(', ')}, which are made`,
    });
  }
  // Which options go with which source is known to the schema; here they only have to be of the same entry.
  return (source as unknown as GeneratedSource).generate(spec, engine);
}
