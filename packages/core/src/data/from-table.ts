import { InputError } from '../errors.ts';
import { checkComputable, isComputable, magnitudes } from '../magnitude.ts';
import type { Dataset } from '../model/dataset.ts';
import { counted } from '../wording.ts';
import { type Labels, labelsOf, type OutputsWanted, type Task } from './labels.ts';
import { type FeatureOptions, fitPreparation, prepared } from './prepare.ts';
import { defaultShare, splitRows } from './split.ts';
import { fitLabelUnits, type LabelScaling, standardised } from './standardise.ts';
import { type Column, isText, placeOf, type Table, targetOf } from './table.ts';

/** What a SPEC says about any source. */
export interface TableOptions extends FeatureOptions {
  /** Share of rows to train on; not looked at where the table has a split column. */
  readonly train?: number | undefined;
  /** What the labels are; see labelsOf for what is taken where it is left out. */
  readonly task?: Task | undefined;
  /** Of a SPEC; it decides what `labels` says. */
  readonly source?: string;
  /**
   * What becomes of labels that are numbers; they stay as they are where left out. Labels with a file of their own, those of `npy`, have it
   * beside the file's name.
   */
  readonly labels?: string | { readonly as: LabelScaling } | undefined;
  readonly seed: number;
}

/**
 * Makes a data set of a table for a model of so many outputs: labels, split into training and test rows, and features:
 * text one-hot encoded, then principal components, then the range, each fitted on the training rows alone, as are mean and
 * deviation of labels that are standardised.
 *
 * @throws InputError naming the column or row where there are fewer than two rows or no feature, a number is not
 * finite, a state is not normalised, the labels do not fit the outputs, the labels to train on are all the same, or the rows do not span so
 * many components.
 */
export function datasetFromTable(table: Table, options: TableOptions, wanted: OutputsWanted): Dataset {
  const rows = rowsOf(table);
  checkFeatures(table, rows);
  if (table.states) checkStates(table, rows, options);
  const labels = labelsOf(table, wanted, options.task);
  const { y, outputs, classes, classOf = new Int32Array(rows) } = labels;
  if (classes) checkUnscaled(options);
  checkLabels(table, y, outputs);
  checkVaries(table, labels, allRows(rows), 'all');
  const split = splitRows(table, { classOf, share: options.train ?? defaultShare, seed: options.seed });
  // A single point has no other to differ from; R² on it is reported as undefined.
  if (split.train.length > 1) checkVaries(table, labels, split.train, 'all training');
  // Standardising squares the features.
  if (options.components !== undefined) checkSizes(table, numericColumns(table));
  const fitted = fitPreparation(table.features, split.train, options);
  const columns = prepared(fitted, table.features);
  checkSizes(table, columns, options.range);
  const units = isStandardised(options) ? fitLabelUnits(y, outputs, split.train) : undefined;
  return {
    features: columns.map(({ name }) => name),
    ...(table.states && { states: true }),
    ...(classes && { classes }),
    X: interleaved(columns, rows),
    preparation: units ? { ...fitted, labels: units } : fitted,
    y: units ? standardised(y, units) : y,
    outputs,
    ...split,
  };
}

function rowsOf({ target }: Table): number {
  return 'width' in target ? target.values.length / target.width : target.length;
}

function checkFeatures(table: Table, rows: number): void {
  if (rows < 2)
    throw new InputError({
      where: 'data',
      found: rows === 1 ? 'a single point' : 'no points',
      expected: 'at least 2',
    });
  if (table.features.length === 0)
    throw new InputError({
      where: 'data',
      found: 'no feature',
      expected: `at least one column besides ${targetOf(table)}`,
    });
  for (const column of table.features) {
    const { length } = isText(column) ? column.texts : column.values;
    if (length !== rows)
      throw new InputError({
        where: `column "${column.name}"`,
        found: counted(length, 'value'),
        expected: `one for each of ${counted(rows, 'label')}`,
      });
  }
  for (const { name, values } of numericColumns(table)) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new InputError({
        where: `${placeOf(table, bad)}: column "${name}"`,
        found: String(values[bad]),
        expected: 'a finite number',
      });
  }
}

const numericColumns = ({ features }: Table): Column[] =>
  features.flatMap((column) => (isText(column) ? [] : [column]));

/** Features of a size that can be computed with; `range` is what they were scaled to. */
function checkSizes(table: Table, columns: readonly Column[], range?: readonly number[]): void {
  for (const { name, values } of columns) {
    const bad = values.findIndex((value) => !(Math.abs(value) <= magnitudes.most));
    if (bad < 0) continue;
    const where = `${placeOf(table, bad)}: column "${name}"`;
    const given = numericColumns(table).find((column) => column.name === name)?.values ?? values;
    throw new InputError(
      range
        ? {
            where,
            found: `${given[bad]}, which data.range [${range.join(', ')}] makes too large`,
            expected: 'a feature that is not so far outside those of the training rows, by which it is scaled',
          }
        : {
            where,
            found: String(given[bad]),
            expected: `a size of at most ${magnitudes.most}`,
            advice: 'choose other units, or scale all features by data.range, such as to [-1.57, 1.57]',
          },
    );
  }
}

/** From single precision; what is left is taken out where states are prepared. */
const normTolerance = 1e-6;

function isStandardised({ source, labels }: TableOptions): boolean {
  if (typeof labels === 'object') return labels.as === 'standardize';
  return source !== 'npy' && labels === 'standardize';
}

function checkStates(table: Table, rows: number, { range, components }: TableOptions): void {
  if (range)
    throw new InputError({
      where: 'data.range',
      found: `[${range.join(', ')}]`,
      expected: 'none, as amplitudes of states cannot be scaled',
    });
  if (components !== undefined)
    throw new InputError({
      where: 'data.components',
      found: String(components),
      expected: 'none, as amplitudes of states belong together',
    });
  const squares = new Float64Array(rows);
  for (const { values } of numericColumns(table)) for (let row = 0; row < rows; row++) squares[row] += values[row] ** 2;
  const bad = squares.findIndex((square) => !(Math.abs(Math.sqrt(square) - 1) <= normTolerance));
  if (bad >= 0)
    throw new InputError({
      where: placeOf(table, bad),
      found: `a state of norm ${Number(Math.sqrt(squares[bad]).toPrecision(6))}`,
      expected: 'norm 1',
      advice: 'divide it by its norm',
    });
}

function checkLabels(table: Table, y: Float64Array, outputs: number): void {
  const bad = y.findIndex((label) => !isComputable(label));
  if (bad >= 0) checkComputable(`${placeOf(table, Math.floor(bad / outputs))}: ${table.targetName}`, y[bad]);
}

function checkUnscaled(options: TableOptions): void {
  if (!isStandardised(options)) return;
  const { task } = options;
  throw new InputError({
    where: 'data.labels',
    found: 'standardize',
    expected: 'none, as the labels are classes, which become −1 and +1',
    ...(task === undefined && { advice: 'data.task: regression takes labels that are numbers for numbers' }),
  });
}

/** Labels that are all the same leave nothing to learn and R² undefined, a class without a row to train on is not learned. */
function checkVaries(
  table: Table,
  { y, outputs, classes }: Labels,
  rows: Int32Array,
  which: 'all' | 'all training',
): void {
  for (let o = 0; o < outputs; o++) {
    const first = y[rows[0] * outputs + o];
    if (!rows.every((row) => y[row * outputs + o] === first)) continue;
    const { split } = table;
    const write = split && `write train in the column "${split.name}" for other rows`;
    if (classes) {
      const { found, otherwise } = lacking(classes, outputs, first > 0, o);
      const advice = [...(write ? [write] : []), ...otherwise].join(', or ');
      throw new InputError({
        where: targetOf(table),
        found,
        expected: 'some of each class',
        ...(advice && { advice }),
      });
    }
    throw new InputError({
      where: targetOf(table),
      found: `a constant target: ${which} labels${outputs > 1 ? ` of output ${o}` : ''} are ${first}, so that R² is undefined`,
      expected: 'different labels',
      ...(which !== 'all' && { advice: write ?? 'change data.seed or data.train' }),
    });
  }
}

/** What training rows lack whose labels of an output are all +1 or all −1, and what else helps. */
function lacking(classes: readonly string[], outputs: number, positive: boolean, output: number) {
  if (outputs > 1 && positive) return { found: `training rows of class "${classes[output]}" alone`, otherwise: [] };
  const missing = classes[outputs > 1 ? output : positive ? 0 : 1];
  // Without the missing one a single class would be left of two.
  const otherwise = classes.length > 2 ? [`leave out the rows of "${missing}"`] : [];
  return { found: `no training row of class "${missing}"`, otherwise };
}

function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}

/** Columns as rows × columns. */
function interleaved(columns: readonly Column[], rows: number): Float64Array {
  const X = new Float64Array(rows * columns.length);
  columns.forEach(({ values }, c) => {
    for (let row = 0; row < rows; row++) X[row * columns.length + c] = values[row];
  });
  return X;
}
