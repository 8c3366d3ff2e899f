import { InputError } from '../errors.ts';
import { svd } from '../linalg/svd.ts';
import type { Components } from '../model/preparation.ts';
import { counted } from '../wording.ts';
import { standardUnits } from './standardise.ts';
import type { Column } from './table.ts';

/**
 * The first `count` principal components of the features, each standardised first, as some rows have them: right singular
 * vectors of the standardised matrix. Signs are fixed by the loading of the largest size, the first of equal ones,
 * which is positive.
 *
 * @throws InputError where the rows span fewer directions: further components would be rounding.
 */
export function fitComponents(columns: readonly Column[], rows: Int32Array, count: number): Components {
  const width = columns.length;
  const units = columns.map(({ values }) => standardUnits(Float64Array.from(rows, (row) => values[row])));
  const standard = new Float64Array(rows.length * width);
  columns.forEach(({ values }, f) => {
    rows.forEach((row, i) => {
      standard[i * width + f] = (values[row] - units[f].mean) / units[f].deviation;
    });
  });
  const { s, v } = svd(standard, rows.length, width);
  const cutoff = Math.max(rows.length, width) * Number.EPSILON * s[0];
  const rank = s.filter((value) => value > cutoff).length;
  if (count > rank)
    throw new InputError({
      where: 'data.components',
      found: String(count),
      expected: `at most ${rank}, the directions that ${counted(rows.length, 'training row')} of ${counted(width, 'feature')} differ in`,
    });
  const total = s.reduce((sum, value) => sum + value * value, 0);
  return {
    means: units.map(({ mean }) => mean),
    deviations: units.map(({ deviation }) => deviation),
    loadings: Array.from({ length: count }, (_, k) =>
      withFixedSign(Array.from({ length: width }, (__, f) => v[f * s.length + k])),
    ),
    explained: Array.from({ length: count }, (_, k) => (s[k] * s[k]) / total),
  };
}

/** The scores of all rows, a column for each component: `pc0`, `pc1`, … */
export function componentScores(columns: readonly Column[], fitted: Components): Column[] {
  const { means, deviations, loadings } = fitted;
  return loadings.map((loading, k) => ({
    name: `pc${k}`,
    values: columns[0].values.map((_, row) =>
      columns.reduce((sum, { values }, f) => sum + loading[f] * ((values[row] - means[f]) / deviations[f]), 0),
    ),
  }));
}

function withFixedSign(loading: readonly number[]): number[] {
  const largest = loading.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? loading.map((value) => -value) : [...loading];
}
