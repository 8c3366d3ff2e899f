import { z } from 'zod';
import { type Selection, selectionSchema } from '../data/folds.ts';
import { InputError } from '../errors.ts';
import { checked } from '../schema/check.ts';
import type { Path } from '../schema/expected.ts';
import { shown } from '../wording.ts';

/** One member of a grid, not checked yet. */
export interface GridMember {
  /** Says what is different about it, such as `kind hva · layers 4`. */
  readonly name: string;
  /** The values it has where the grid leaves a choice, by their keys. */
  readonly values: Readonly<Record<string, unknown>>;
  /** A SPEC as its author would write it. */
  readonly spec: unknown;
}

/** Many SPECs in one. */
export interface Grid {
  readonly selection: Selection | undefined;
  /** How many members there are. */
  readonly size: number;
  /** The member of a number below `size`; nothing is written out before it is asked for. */
  member(index: number): GridMember;
}

/** A key for which the grid has several values. */
interface Axis {
  readonly path: Path;
  readonly values: readonly unknown[];
}

type Mapping = Readonly<Record<string, unknown>>;

const explicitSchema = z.array(z.looseObject({ name: z.string().min(1) })).min(1);
const gridKeys = z.looseObject({ selection: selectionSchema.optional(), candidates: explicitSchema.optional() });

/**
 * Reads a GRID: a SPEC in which any value may be `{each: [v, v, …]}`, all combinations, and `candidates`, a list of
 * `{name, …}` whose keys stand in place of the SPEC's. The values are checked as SPECs one by one, later.
 *
 * @throws InputError where a list of values, the candidates or the selection cannot be used, or there is nothing to compare.
 */
export function parseGrid(value: unknown): Grid {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError({
      where: 'GRID',
      found: shown(value),
      expected: 'a mapping: a SPEC with {each: [v, v, …]} in it',
    });
  const { selection, candidates = [] } = checked(value, gridKeys, 'GRID');
  const { selection: _, candidates: __, ...base } = value as Mapping;
  // Candidates alone need no model to start from.
  const whole = 'model' in base ? [{ base, axes: axesOf(base, []) }] : [];
  const explicit = candidates.map(({ name, ...own }) => {
    const merged = { ...base, ...own };
    return { name, base: merged, axes: axesOf(merged, []) };
  });
  const parts: readonly { name?: string; base: Mapping; axes: readonly Axis[] }[] = [...whole, ...explicit];
  const sizes = parts.map(({ axes }) => axes.reduce((product, { values }) => product * values.length, 1));
  const size = sizes.reduce((sum, one) => sum + one, 0);
  if (size === 0)
    throw new InputError({
      where: 'GRID',
      found: 'nothing to compare',
      expected: 'a model, or candidates with one each',
    });
  return {
    selection,
    size,
    member(index) {
      let rest = index;
      const part = sizes.findIndex((one) => {
        if (rest < one) return true;
        rest -= one;
        return false;
      });
      return memberOf(parts[part], rest);
    },
  };
}

/** All keys with several values in a part of a document, in the order in which they stand. */
function axesOf(value: unknown, path: Path): Axis[] {
  if (Array.isArray(value)) return value.flatMap((item, k) => axesOf(item, [...path, k]));
  if (typeof value !== 'object' || value === null) return [];
  if ('each' in value) return [{ path, values: valuesOf(value as Mapping, path) }];
  return Object.entries(value).flatMap(([key, item]) => axesOf(item, [...path, key]));
}

function valuesOf(choice: Mapping, path: Path): readonly unknown[] {
  const { each, ...others } = choice;
  const where = [...path, 'each'].join('.');
  const beside = Object.keys(others);
  if (beside.length > 0)
    throw new InputError({ where, found: `it beside ${beside.join(', ')}`, expected: 'each alone: {each: [v, v, …]}' });
  if (!Array.isArray(each) || each.length === 0)
    throw new InputError({ where, found: shown(each), expected: 'a list of at least 1 value' });
  const inside = each.findIndex((item) => axesOf(item, []).length > 0);
  if (inside >= 0)
    throw new InputError({
      where: `${where}.${inside}`,
      found: 'each inside each',
      expected: 'a value',
      advice: 'list the combinations as candidates',
    });
  return each;
}

function memberOf({ name, base, axes }: { name?: string; base: Mapping; axes: readonly Axis[] }, index: number) {
  let rest = index;
  let spec: unknown = base;
  const chosen: { path: string; value: unknown }[] = [];
  // The last key turns fastest, as loops in each other would.
  for (const { path, values } of [...axes].reverse()) {
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    spec = replaced(spec, path, value);
    chosen.unshift({ path: path.join('.'), value });
  }
  const words = chosen.map(({ path, value }) => `${labelOf(path, axes)} ${wordOf(value)}`);
  return {
    name: [...(name === undefined ? [] : [name]), ...words].join(' · ') || 'the model',
    values: Object.fromEntries(chosen.map(({ path, value }) => [path, value])),
    spec,
  };
}

/** The document with another value at a place. */
function replaced(document: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  const inside = replaced((document as Record<PropertyKey, unknown>)[step], rest, value);
  return Array.isArray(document)
    ? document.map((item, k) => (k === step ? inside : item))
    : { ...(document as Mapping), [step]: inside };
}

/** The last key, or as many as tell it from the others; of a kind, what is of that kind. */
function labelOf(path: string, axes: readonly Axis[]): string {
  const keys = namedKeys(path);
  const end = (count: number) => keys.slice(-count).join('.');
  const paths = axes.map((axis) => axis.path.join('.')).filter((other) => other !== path);
  const others = paths.map((other) => namedKeys(other).join('.'));
  const count = keys.findIndex((_, k) => others.every((other) => !`.${other}`.endsWith(`.${end(k + 1)}`)));
  return end(count < 0 ? keys.length : count + 1);
}

const namedKeys = (path: string): string[] => path.replace(/\.kind$/, '').split('.');

/** A value in a name: of a mapping what it says, key by key. */
function wordOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(wordOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, item]) => (item === true ? key : typeof item === 'string' ? item : `${key} ${wordOf(item)}`))
    .join(' ');
}
