import { didYouMean, InputError, shown } from '@qntk/core';
import { counted } from '@qntk/report';
import { readArray } from '../files/array.ts';
import { largest, readInput } from '../files/input.ts';
import { readDocument, type SourceDocument } from '../spec/document.ts';

/**
 * Parameters from a file of arrays (see {@link readArray}), or a .json file with a list or an object name → value.
 *
 * @throws InputError naming the file and the value where there is not exactly one finite number for each of `names`.
 */
export function readTheta(file: string, names: readonly string[]): Float64Array {
  return file.toLowerCase().endsWith('.json') ? fromJson(file, names) : fromArray(file, names);
}

function fromArray(file: string, names: readonly string[]): Float64Array {
  const { shape, data } = readArray(file, 'theta');
  if (shape.length !== 1 || shape[0] !== names.length)
    throw new InputError({
      where: file,
      found: `shape (${shape.join(', ')})`,
      expected: `(${names.length}), one value for each parameter`,
    });
  return data;
}

function fromJson(file: string, names: readonly string[]): Float64Array {
  const source = readDocument(readInput(file, largest.parameters).toString('utf8'), file);
  const { value } = source;
  if (Array.isArray(value)) return fromList(value, names, source);
  if (typeof value === 'object' && value !== null) return fromObject(value as Record<string, unknown>, names, source);
  throw new InputError({ where: file, found: shown(value), expected: 'a list or an object name → value' });
}

function fromList(values: readonly unknown[], names: readonly string[], source: SourceDocument): Float64Array {
  if (values.length !== names.length)
    throw new InputError({
      where: source.placeOfValue([]),
      found: counted(values.length, 'value'),
      expected: `${names.length}, one for each parameter`,
    });
  return Float64Array.from(values, (value, i) => number(value, i, source));
}

function fromObject(values: Record<string, unknown>, names: readonly string[], source: SourceDocument): Float64Array {
  const known = new Set(names);
  for (const name of Object.keys(values)) {
    if (known.has(name)) continue;
    throw new InputError({
      where: source.placeOfKey([name]),
      found: `an unknown parameter "${name}"`,
      expected: names.length === 1 ? names[0]! : `${names[0]} to ${names.at(-1)}`,
      ...didYouMean(name, names),
    });
  }
  const missing = names.filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0)
    throw new InputError({
      where: source.placeOfValue([]),
      found: `no value for ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}`,
      expected: `one for each of ${counted(names.length, 'parameter')}`,
    });
  return Float64Array.from(names, (name) => number(values[name], name, source));
}

function number(value: unknown, key: string | number, source: SourceDocument): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new InputError({
    where: `${source.placeOfValue([key])}: ${key}`,
    found: shown(value),
    expected: 'a finite number',
  });
}
