import type { z } from 'zod';
import { InputError, type InputProblem } from '../errors.ts';
import { counted, didYouMean, shown } from '../wording.ts';
import {
  alternativeAt,
  expectation,
  isText,
  keysOf,
  kindsAt,
  namesOf,
  otherKeysAt,
  type Path,
  schemaAt,
} from './expected.ts';

/**
 * Checks a document against a schema.
 *
 * @throws InputError with a problem for each thing that is wrong; `where` is the path of keys, joined by dots, and
 * `name` where the document itself is wrong.
 */
export function checked<Schema extends z.ZodType>(value: unknown, schema: Schema, name: string): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const document: Checked = { value, schema, name };
  const issues = result.error.issues.flatMap((issue) => meantIssues(issue, document));
  throw new InputError(issues.flatMap((issue) => problemsOf(issue, document)));
}

interface Checked {
  readonly value: unknown;
  readonly schema: z.ZodType;
  readonly name: string;
}

/** Unknown keys of a mapping that are named one by one. */
const mostKeys = 10;

/** Where a value can be one of several kinds of mapping, what is wrong with it as the kind it is meant for. */
function meantIssues(issue: z.core.$ZodIssue, document: Checked): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = alternativeAt(document.schema, document.value, issue.path);
  const inside = issue.errors[meant]?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  return inside ? inside.flatMap((inner) => meantIssues(inner, document)) : [issue];
}

function problemsOf(issue: z.core.$ZodIssue, document: Checked): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const named = issue.keys.slice(0, mostKeys).map((key) => keyProblem(issue.path, key, document));
    const more = issue.keys.length - named.length;
    const expected = `one of ${keysOf(schemaAt(document.schema, document.value, issue.path)).join(', ')}`;
    return more === 0
      ? named
      : [...named, { where: placeOf(issue.path, document), found: counted(more, 'more unknown key'), expected }];
  }
  const value = valueAt(document.value, issue.path);
  return [{ where: placeOf(issue.path, document), ...valueProblem(issue, value, document) }];
}

const placeOf = (path: Path, { name }: Checked): string => path.map(String).join('.') || name;

function keyProblem(path: Path, key: string, { value, schema }: Checked): InputProblem {
  const where = [...path, key].map(String).join('.');
  const known = keysOf(schemaAt(schema, value, path));
  if (otherKeysAt(schema, value, path).includes(key)) {
    const beside = Object.keys(Object(valueAt(value, path))).filter((other) => other !== key);
    const found = `a key that cannot stand beside ${beside.join(', ')}`;
    return { where, atKey: true, found, expected: `the keys ${known.join(', ')} alone` };
  }
  const expected = `one of ${known.join(', ')}`;
  return { where, atKey: true, found: 'an unknown key', expected, ...didYouMean(key, known) };
}

function valueProblem(issue: z.core.$ZodIssue, value: unknown, document: Checked): Omit<InputProblem, 'where'> {
  const found = shown(value);
  switch (issue.code) {
    case 'too_small': {
      const least = issue.inclusive === false ? 'more than' : 'at least';
      return { found, expected: `${least} ${bound(issue.minimum, issue.origin)}`, ...adviceOf(issue) };
    }
    case 'too_big': {
      const most = issue.inclusive === false ? 'less than' : 'at most';
      return { found, expected: `${most} ${bound(issue.maximum, issue.origin)}`, ...adviceOf(issue) };
    }
    case 'custom':
      return { found: String(issue.params?.found ?? found), expected: issue.message };
    default:
      return { found, ...expectedAt(issue.path, value, document) };
  }
}

function expectedAt(path: Path, value: unknown, document: Checked): Pick<InputProblem, 'expected' | 'advice'> {
  const wanted = schemaAt(document.schema, document.value, path);
  if (!wanted) return { expected: 'something else' };
  const expected = expectation(wanted, path.at(-1));
  // YAML takes 2, true and 1e3 for numbers and truth values, which a name may well be.
  if (isText(wanted) && (typeof value === 'number' || typeof value === 'boolean'))
    return { expected, advice: `put it in quotes: "${value}"` };
  if (typeof value !== 'string') return { expected };
  const kinds = kindsAt(document.schema, document.value, path);
  if (kinds.names.includes(value)) return { expected, advice: `write {${kinds.key}: ${value}}` };
  return { expected, ...didYouMean(value, namesOf(wanted)) };
}

/** A message written for this check; zod's own all start the same way. */
function adviceOf({ message }: z.core.$ZodIssue): Pick<InputProblem, 'advice'> {
  return /^(Too|Invalid)\b/.test(message) ? {} : { advice: message };
}

function bound(limit: number | bigint, origin: string): string {
  const unit = { string: 'character', array: 'entry' }[origin];
  return unit ? counted(Number(limit), unit) : String(limit);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, step) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[step],
    value,
  );
}
