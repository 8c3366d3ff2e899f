import type { z } from 'zod';

/** Keys and positions from the top of a document down to a value. */
export type Path = readonly PropertyKey[];

/** The parts of a zod schema that are looked at, whatever its kind. */
interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly shape?: Record<string, Schema>;
  readonly options?: readonly Schema[];
  readonly discriminator?: string;
  readonly element?: Schema;
  readonly items?: readonly Schema[];
  readonly values?: readonly unknown[];
  readonly entries?: Record<string, unknown>;
  readonly format?: string;
  readonly check?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly format?: string } } }[];
}
type Schema = z.core.$ZodType;

const definition = (schema: Schema) => schema._zod.def as unknown as Definition;

/** The schema without defaults and options around it. */
function bare(schema: Schema): Schema {
  const { type, innerType, in: input } = definition(schema);
  if (innerType) return bare(innerType);
  return type === 'pipe' && input ? bare(input) : schema;
}

/** The schema of the value at a path; where a union is on the way, the option that the value there is meant for. */
export function schemaAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  const here = chosen(bare(schema), value);
  const [step, ...rest] = path;
  if (step === undefined) return here;
  const { shape, element, items, options, discriminator } = definition(here);
  const inside = (value as Record<PropertyKey, unknown> | undefined | null)?.[step];
  // The name of an option that does not exist: what is expected there is known from all options together.
  if (options && step === discriminator) return here;
  const next = shape?.[String(step)] ?? element ?? items?.[Number(step)];
  return next && schemaAt(next, inside, rest);
}

function chosen(schema: Schema, value: unknown): Schema {
  const { options, discriminator } = definition(schema);
  if (!options) return schema;
  if (!discriminator) return options[alternativeFor(schema, value)] ?? schema;
  const name = (value as Record<string, unknown> | undefined)?.[discriminator];
  return (
    options.find((option) => literalsOf(option, discriminator).includes(name)) ??
    (name === undefined ? byDefault(schema) : schema)
  );
}

/**
 * Which of several kinds of mapping a value is meant for: the one that has most keys of its own in it, the first where
 * none has any; −1 where the schema is no such choice.
 */
function alternativeFor(schema: Schema, value: unknown): number {
  const { options = [] } = definition(bare(schema));
  if (options.length === 0 || options.some((option) => !definition(option).shape)) return -1;
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const telling = options.map((option, k) =>
    keys.filter(
      (key) => keysOf(option).includes(key) && !options.some((other, j) => j !== k && keysOf(other).includes(key)),
    ),
  );
  return telling.reduce((best, found, k) => (found.length > telling[best]!.length ? k : best), 0);
}

/** The schema at a path before one of several kinds is chosen, and the value there. */
function choiceAt(
  schema: Schema,
  value: unknown,
  [step, ...rest]: Path,
): { schema: Schema; value: unknown } | undefined {
  if (step === undefined) return { schema: bare(schema), value };
  const next = definition(chosen(bare(schema), value)).shape?.[String(step)];
  return next && choiceAt(next, (value as Record<PropertyKey, unknown> | undefined | null)?.[step], rest);
}

/** Which of several kinds of mapping the value at a path is meant for, −1 where there is no choice. */
export function alternativeAt(schema: Schema, value: unknown, path: Path): number {
  const found = choiceAt(schema, value, path);
  return found ? alternativeFor(found.schema, found.value) : -1;
}

/** Of the kinds of mapping that the value at a path could be, the key that names them and their names; none where it is no choice. */
export function kindsAt(schema: Schema, value: unknown, path: Path): { key: string; names: readonly string[] } {
  const found = choiceAt(schema, value, path);
  const { discriminator = '' } = found ? definition(found.schema) : {};
  return { key: discriminator, names: found && discriminator !== '' ? namesOf(found.schema) : [] };
}

/** The keys of the other kinds of mapping that the value at a path could have been. */
export function otherKeysAt(schema: Schema, value: unknown, path: Path): string[] {
  const found = choiceAt(schema, value, path);
  const meant = alternativeAt(schema, value, path);
  if (!found || meant < 0) return [];
  return definition(found.schema).options!.flatMap((option, k) => (k === meant ? [] : keysOf(option)));
}

/** The option that is meant where its name is left out. */
function byDefault(schema: Schema): Schema {
  const { options = [], discriminator = '' } = definition(schema);
  return options.find((option) => definition(definition(option).shape![discriminator]!).type === 'default') ?? schema;
}

function literalsOf(option: Schema, discriminator: string): readonly unknown[] {
  return definition(bare(definition(option).shape![discriminator]!)).values ?? [];
}

/** Keys that a schema knows. */
export function keysOf(schema: Schema | undefined): string[] {
  return Object.keys((schema && definition(schema).shape) ?? {});
}

/** Names that a schema takes, where it takes only names. */
export function namesOf(schema: Schema): string[] {
  const { options, discriminator, entries, type, values } = definition(schema);
  if (options && discriminator) return options.flatMap((option) => literalsOf(option, discriminator)).map(String);
  if (type === 'literal') return (values ?? []).map(String);
  return Object.values(entries ?? {}).map(String);
}

/** What a schema takes, in words; `key` is where it stands, which may be the one that names a kind of mapping. */
export function expectation(schema: Schema, key?: PropertyKey): string {
  const names = namesOf(schema);
  const { discriminator } = definition(schema);
  if (discriminator !== undefined && key !== discriminator)
    return `a mapping with the key ${discriminator}: one of ${names.join(', ')}`;
  if (names.length > 0) return names.length === 1 ? names[0]! : `one of ${names.join(', ')}`;
  const { type, options, element, items } = definition(schema);
  switch (type) {
    case 'string':
      return 'text';
    case 'number':
      return isWhole(schema) ? 'a whole number' : 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list of ${plain(element!)}`;
    case 'tuple':
      return `a list of ${items!.length}: ${items!.map((item) => expectation(bare(item))).join(', ')}`;
    case 'object':
      return `a mapping with the keys ${keysOf(schema).join(', ')}`;
    case 'union':
      return options!.map((option) => expectation(bare(option))).join(' or ');
    default:
      return type;
  }
}

/** Whether a schema takes any text. */
export const isText = (schema: Schema): boolean => definition(bare(schema)).type === 'string';

const plain = (schema: Schema) => (isText(schema) ? 'texts' : 'numbers');

function isWhole(schema: Schema): boolean {
  const { format, checks = [] } = definition(schema);
  return format === 'safeint' || checks.some((check) => check._zod.def.format === 'safeint');
}
