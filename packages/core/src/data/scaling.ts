import type { FittedRange } from '../model/preparation.ts';
import type { Column } from './table.ts';

/** The smallest and largest value of each feature among some rows, which a range is fitted by. */
export function fitRange(columns: readonly Column[], rows: Int32Array, [low, high]: readonly number[]): FittedRange {
  const least = columns.map(({ values }) => rows.reduce((a, row) => Math.min(a, values[row]), Infinity));
  const most = columns.map(({ values }) => rows.reduce((a, row) => Math.max(a, values[row]), -Infinity));
  return { low, high, least, most };
}

/**
 * Brings features to [low, high] by the affine maps that take their fitted ends there; other rows may fall outside. A
 * feature that is constant among the fitted rows tells nothing and goes to the middle.
 */
export function scaledToRange(columns: readonly Column[], { low, high, least, most }: FittedRange): Column[] {
  return columns.map(({ name, values }, f) => ({ name, values: scaled(values, [least[f], most[f]], [low, high]) }));
}

type Ends = readonly [low: number, high: number];

function scaled(values: Float64Array, [least, most]: Ends, [low, high]: Ends): Float64Array {
  if (least === most) return new Float64Array(values.length).fill((low + high) / 2);
  // Halved where the difference of two large values would overflow.
  const unit = Number.isFinite(most - least) ? 1 : 0.5;
  const width = unit * most - unit * least;
  return values.map((value) => {
    const share = (unit * value - unit * least) / width;
    // From the nearer end, so that both are met exactly.
    return share < 0.5 ? low + share * (high - low) : high - (1 - share) * (high - low);
  });
}
