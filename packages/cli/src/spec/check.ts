import { InputError } from '@qntk/core';
import type { z } from 'zod';
import type { Path, SourceDocument } from './document.ts';
import { alternativeAt, expectation, keysOf, namesOf, otherKeysAt, schemaAt } from './expected.ts';
import { nearest } from './nearest.ts';

/**
 * Checks a document against a schema.
 *
 * @throws InputError with a line for each thing that is wrong: place, key, what was found and what was expected.
 */
export function checked<Schema extends z.ZodType>(source: SourceDocument, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(source.value);
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap((issue) => meantIssues(issue, source, schema));
  throw new InputError(issues.flatMap((issue) => lines(issue, source, schema)).join('\n'));
}

/** Where a value can be one of several kinds of mapping, what is wrong with it as the kind it is meant for. */
function meantIssues(issue: z.core.$ZodIssue, source: SourceDocument, schema: z.ZodType): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = alternativeAt(schema, source.value, issue.path);
  const inside = issue.errors[meant]?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  return inside ? inside.flatMap((inner) => meantIssues(inner, source, schema)) : [issue];
}

function lines(issue: z.core.$ZodIssue, source: SourceDocument, schema: z.ZodType): string[] {
  const { path } = issue;
  if (issue.code !== 'unrecognized_keys')
    return [
      `${source.placeOfValue(path)}: ${named(path)}${problem(issue, valueAt(source.value, path), schema, source)}`,
    ];
  const known = keysOf(schemaAt(schema, source.value, path));
  return issue.keys.map((key) => {
    if (otherKeysAt(schema, source.value, path).includes(key)) {
      const beside = Object.keys(Object(valueAt(source.value, path))).filter((other) => other !== key);
      return `${source.placeOfKey([...path, key])}: ${named([...path, key])}cannot stand beside ${beside.join(', ')}, expected the keys ${known.join(', ')} alone`;
    }
    const near = nearest(key, known);
    const hint = near ? `, did you mean "${near}"?` : '';
    const expected = `expected one of ${known.join(', ')}`;
    return `${source.placeOfKey([...path, key])}: ${named([...path, key])}found an unknown key${hint || ','} ${expected}`;
  });
}

function problem(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType, source: SourceDocument): string {
  const found = value === undefined ? 'missing' : `found ${shown(value)}`;
  switch (issue.code) {
    case 'too_small':
      return `${found}, expected ${issue.inclusive === false ? 'more than' : 'at least'} ${bound(issue.minimum, issue.origin)}${ownWords(issue)}`;
    case 'too_big':
      return `${found}, expected ${issue.inclusive === false ? 'less than' : 'at most'} ${bound(issue.maximum, issue.origin)}${ownWords(issue)}`;
    case 'custom':
      return issue.message.includes('found') ? issue.message : `${found}, ${issue.message}`;
    default:
      return `${found}, expected ${expectedAt(issue.path, value, schema, source)}`;
  }
}

function expectedAt(path: Path, value: unknown, schema: z.ZodType, source: SourceDocument): string {
  const wanted = schemaAt(schema, source.value, path);
  if (!wanted) return 'something else';
  const near = typeof value === 'string' ? nearest(value, namesOf(wanted)) : undefined;
  return `${expectation(wanted)}${near ? `; did you mean "${near}"?` : ''}`;
}

/** A message written for this check; zod's own all start the same way. */
function ownWords({ message }: z.core.$ZodIssue): string {
  return /^(Too|Invalid)\b/.test(message) ? '' : ` (${message})`;
}

function bound(limit: number | bigint, origin: string): string {
  const unit = { string: ['character', 'characters'], array: ['entry', 'entries'] }[origin];
  return unit ? `${limit} ${unit[Number(limit) === 1 ? 0 : 1]}` : String(limit);
}

function named(path: Path): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, step) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[step],
    value,
  );
}

/** A value as it can stand in a sentence. */
export function shown(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'object' && !Array.isArray(value)) return 'a mapping';
  // JSON has no word for NaN and the infinities.
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
