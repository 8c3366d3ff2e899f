import {
  counted,
  type DataSpec,
  didYouMean,
  type FeatureColumn,
  InputError,
  type InputProblem,
  isIdentifier,
} from '@qntk/core';
import type { NamedColumns } from '@qntk/formats';

type FileSpec = Extract<DataSpec, { file: string }>;

/** What a SPEC says about the columns of a file. */
type Choice = Pick<FileSpec, 'features' | 'drop'> & { readonly target?: string; readonly split?: string | undefined };

/**
 * The columns that are features: those listed, or all but the target, the split, those to drop and an index.
 *
 * @throws InputError where a listed column does not exist or is none to choose, or none is left.
 */
export function chosenNames(
  names: readonly string[],
  choice: Choice,
  where: string,
  index: readonly string[] = [],
): string[] {
  const { target, split, features, drop = [] } = choice;
  (features ?? drop).forEach((name, k) => {
    const key = `data.${features ? 'features' : 'drop'}.${k}`;
    const role = { [split ?? '']: 'the split', [target ?? '']: 'the target' }[name];
    if (role !== undefined && name !== '')
      throw new InputError({ where: key, found: `"${name}", which is ${role}`, expected: 'another column' });
    checkColumn(names, name, key, where);
  });
  if (features) return features;
  const left = names.filter((name) => name !== target && name !== split && !index.includes(name));
  const remaining = left.filter((name) => !drop.includes(name));
  if (remaining.length === 0 && left.length > 0)
    throw new InputError({ where: 'data.drop', found: 'every column', expected: 'at least one that is left' });
  return remaining;
}

/**
 * The named columns as features. Where features are listed, those of text are kept as text, to be one-hot encoded.
 *
 * @throws InputError where a column can be no feature; it tells how to go on without all of these.
 */
export function featureColumns(
  columns: NamedColumns,
  choice: Choice,
  names: readonly string[],
  where: string,
): FeatureColumn[] {
  const failures: Failure[] = [];
  const found = names.flatMap((name): FeatureColumn[] => {
    try {
      return [{ name, values: columns.numbers(name) }];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const texts = textsOf(columns, name);
      const isText = Array.isArray(texts) && !isIdentifier({ name, texts });
      if (choice.features && isText) return [{ name, texts }];
      const listed = texts === undefined || texts instanceof InputError ? texts : namesRows(name, texts.length, where);
      failures.push({ name, error: (choice.features && listed) || error, isText });
      return [];
    }
  });
  if (failures.length > 0) throw refusal(failures, choice);
  return found;
}

interface Failure {
  readonly name: string;
  readonly error: InputError;
  /** It would be a feature if it were listed. */
  readonly isText: boolean;
}

/** Of categories that a single row has nothing is learned that holds for another. */
function namesRows(name: string, rows: number, where: string): InputError {
  return new InputError({
    where: `${where}: column "${name}"`,
    found: `a text of its own in each of ${counted(rows, 'row')}`,
    expected: 'texts that rows share, as each becomes a feature',
  });
}

/** The names of categories in a column, or why it has none. */
function textsOf(columns: NamedColumns, name: string): readonly string[] | InputError | undefined {
  try {
    const labels = columns.labels(name);
    return labels instanceof Float64Array ? undefined : labels;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** The first column that is no feature, with the way out for all that are none. */
function refusal(failures: readonly Failure[], choice: Choice): InputError {
  const [first] = failures;
  const way = wayOut(failures, choice);
  const problems = first!.error.problems.map((problem: InputProblem) => {
    if (problem.advice === undefined) return { ...problem, advice: way };
    return { ...problem, advice: `${problem.advice}; ${choice.features ? 'or ' : ''}${way}` };
  });
  return new InputError(problems, { cause: first!.error });
}

function wayOut(failures: readonly Failure[], { features, drop = [] }: Choice): string {
  if (features) return 'leave it out of data.features';
  const which = failures.length === 1 ? 'the column' : 'the columns that are no numbers';
  const without = `data.drop: ${inYaml([...drop, ...failures.map(({ name }) => name)])} leaves out ${which}`;
  const texts = failures.filter(({ isText }) => isText).map(({ name }) => JSON.stringify(name));
  if (texts.length === 0) return without;
  return `${without}; text that is listed in data.features (${shortened(texts)}) becomes a feature for each category`;
}

/** Names that YAML reads as text without quotes. */
const plain = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z_][\w-]*$/i;

/** A list as it can be copied into a SPEC. */
export const inYaml = (names: readonly string[]): string =>
  `[${names.map((name) => (plain.test(name) ? name : JSON.stringify(name))).join(', ')}]`;

const shortened = (words: readonly string[], most = 5): string =>
  [...words.slice(0, most), ...(words.length > most ? ['…'] : [])].join(', ');

/** @throws InputError where a file has no column of a name. */
export function checkColumn(names: readonly string[], column: string, key: string, where: string): void {
  if (names.includes(column)) return;
  throw new InputError({
    where: key,
    found: `"${column}", which is no column of ${where}`,
    expected: `one of ${shortened(names, 12)}`,
    // Where another sign stands between the cells, the first line is one name.
    ...(names.length === 1
      ? { advice: 'data.delimiter says what stands between the cells' }
      : didYouMean(column, names)),
  });
}
