import type { Angle } from '../circuit/angle.ts';
import { type Expression, evaluate, inputsOf } from '../circuit/expression.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { labelNotes } from './label-notes.ts';
import type { Task } from './labels.ts';
import type { DataNote } from './notes.ts';
import { unseenCategories } from './one-hot.ts';
import { type FeatureColumn, isText, type Table } from './table.ts';

/**
 * What looks as if it were not meant so about the columns of a table: its features, and the names of its classes; and
 * what its labels were taken for where `task` does not say.
 */
export function columnNotes(table: Table, dataset: Dataset, task?: Task): DataNote[] {
  const { features, states } = table;
  const { train, test, classes = [] } = dataset;
  const similar = similarNames(classes);
  return [
    // Amplitudes of states are not judged: many of them may be 0 throughout.
    ...(states ? [] : featureNotes(features, train)),
    ...unseenCategories(features, train, test).map((unseen) => ({ code: 'unseen-categories', ...unseen }) as const),
    ...labelNotes(table, dataset, task),
    ...similar.map((names) => ({ code: 'similar-classes', classes: names }) as const),
  ];
}

/** Features that number or name the rows, and those that never change. */
function featureNotes(features: readonly FeatureColumn[], train: Int32Array): DataNote[] {
  const constant = features.filter(isConstant).map(({ name }) => name);
  const unchanging = new Set(constant);
  // A single feature of whole numbers is more likely a grid of points.
  const identifiers = features.filter(
    (column) => features.length > 1 && !unchanging.has(column.name) && isIdentifier(column),
  );
  return [
    ...(constant.length > 0 ? [{ code: 'constant-features', features: constant } as const] : []),
    ...identifiers.map(({ name }) => ({ code: 'identifier', feature: name }) as const),
  ];

  function isConstant(column: FeatureColumn): boolean {
    const cells = isText(column) ? column.texts : column.values;
    return train.length > 1 && train.every((row) => cells[row] === cells[train[0]!]);
  }
}

/** Fewer rows than these may well be counted through by a feature. */
const fewRows = 8;
/** Names that identifiers and numbers of rows go by. */
const identifierNames = [
  /(?:^|[_\s-])(?:id|idx|index|key|uuid)$/i,
  /[a-z](?:Id|ID|Idx|Index|Key)$/,
  /^(?:row|record|sample|case|serial|observation)[_\s-]?(?:no|nr|num|number)$/i,
  /^level_\d+$/,
  /^row[_.\s-]?names?$/i,
];

/** A text of its own in each row, or whole numbers: none twice, by the name of an identifier, or counting the rows through. */
export function isIdentifier(column: FeatureColumn): boolean {
  if (isText(column)) return column.texts.length >= fewRows && new Set(column.texts).size === column.texts.length;
  const { name, values } = column;
  const distinct = new Set(values);
  if (distinct.size !== values.length || !values.every(Number.isInteger)) return false;
  const [low, high] = extremes(values);
  return hasIdentifierName(name) || (values.length >= fewRows && high - low === values.length - 1);
}

export const hasIdentifierName = (name: string): boolean => identifierNames.some((each) => each.test(name));

/** Groups of names that people would take for one. */
function similarNames(names: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const look = name
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .replace(/\s+/g, ' ')
      .trim()
      .toLowerCase();
    groups.set(look, [...(groups.get(look) ?? []), name]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Periods of an encoding that its feature may span without a note. */
const fewPeriods = 2;

/**
 * Features that a circuit does not take as they are meant: those that no gate depends on, and those that span many
 * periods 2π/|c| of the gates that encode them by the angle c·x, so that different values give the same state.
 */
export function encodingNotes({ circuit }: Model, { X, features, train }: Dataset): DataNote[] {
  if (circuit.source.start !== 'zero') return [];
  const slopes = slopesOfFeatures(circuit.angles, features.length);
  const unused = features.filter((_, f) => slopes[f].length === 0);
  const periodic = features.flatMap((feature, f): DataNote[] => {
    const slope = Math.min(...slopes[f].map(Math.abs));
    // Where the angle is another function of x, there need be no period.
    if (slopes[f].length === 0 || !(slope > 0)) return [];
    const [low, high] = extremes(Float64Array.from(train, (row) => X[row * features.length + f]));
    const period = (2 * Math.PI) / slope;
    const periods = (high - low) / period;
    return periods > fewPeriods ? [{ code: 'period', feature, low, high, period, periods }] : [];
  });
  return [...(unused.length > 0 ? [{ code: 'unused-features', features: unused } as const] : []), ...periodic];
}

function extremes(values: Float64Array): [low: number, high: number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}

/** For each feature the slopes of the angles that depend on it; NaN where one is not affine in the features. */
function slopesOfFeatures(angles: readonly Angle[], count: number): number[][] {
  const slopes: number[][] = Array.from({ length: count }, () => []);
  for (const { offset, terms, nonlinear } of angles) {
    for (const [feature, slope] of affineSlopes(offset)) slopes[feature].push(slope);
    // Beside parameters, which training changes.
    for (const part of [...terms.map(({ factor }) => factor), ...(nonlinear ? [nonlinear] : [])])
      for (const feature of inputsOf(part)) slopes[feature].push(Number.NaN);
  }
  return slopes;
}

type Slopes = ReadonlyMap<number, number>;

function affineSlopes(expression: Expression): Slopes {
  if (expression.kind === 'input') return new Map([[expression.index, 1]]);
  if (expression.kind !== 'apply') return new Map();
  const [a, b] = expression.args;
  const [first, second] = expression.args.map(affineSlopes);
  switch (expression.operator) {
    case '+':
      return sum(first, second, 1);
    case '-':
      return sum(first, second, -1);
    case 'negate':
      return times(first, -1);
    case '*':
      if (first.size === 0) return times(second, constantOf(a));
      if (second.size === 0) return times(first, constantOf(b));
      break;
    case '/':
      if (second.size === 0) return times(first, 1 / constantOf(b));
  }
  return new Map([...inputsOf(expression)].map((feature) => [feature, Number.NaN]));
}

/** The value of an expression without features; NaN where there are parameters in it. */
const constantOf = (expression: Expression): number => evaluate(expression);

function sum(a: Slopes, b: Slopes, sign: 1 | -1): Slopes {
  const slopes = new Map(a);
  for (const [feature, slope] of b) slopes.set(feature, (slopes.get(feature) ?? 0) + sign * slope);
  return slopes;
}

const times = (slopes: Slopes, factor: number): Slopes =>
  new Map([...slopes].map(([feature, slope]) => [feature, factor * slope]));
