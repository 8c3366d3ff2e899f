import type { ClaimVerdict, Finding } from '../../../figure.ts';
import { rankCorrelation } from '../../../statistics.ts';
import { digits, meanText, rangeText, type Spread, spreadOf } from '../numbers.ts';
import { type Cell, cellsOf, type Quantity, type Sweep } from './analysis.ts';
import { type ModelName, models } from './setting.ts';

/** From here on the paper speaks of deep networks. */
export const deep = 10;

/** What a criterion says of some of the networks. */
export interface PartFinding {
  readonly name: string;
  readonly holds: boolean;
  readonly found: string;
}

/** For all parts: holds; for some: with the condition that it is one of them; for none: does not hold. */
export function joined(parts: readonly PartFinding[], why: string): Finding {
  const met = parts.filter(({ holds }) => holds).map(({ name }) => name);
  const verdict: ClaimVerdict =
    met.length === parts.length ? 'holds' : met.length > 0 ? 'holds with a condition' : 'does not hold as stated';
  const condition = verdict === 'holds with a condition' ? `True of ${met.join(' and ')} alone. ` : '';
  return { found: parts.map(({ name, found }) => `${name}: ${found}`).join('; '), verdict, why: `${condition}${why}` };
}

/** What stands at the end of a criterion of {@link joined}. */
export const forAll = 'For all: holds; for some: with that condition; for none: does not hold.';

export const eachModel = (part: (name: ModelName) => Omit<PartFinding, 'name'>): PartFinding[] =>
  models.map(({ name }) => ({ name, ...part(name) }));

/** Both ansätze: high frequency beside low. */
export const eachAnsatz = (part: (high: ModelName, low: ModelName) => Omit<PartFinding, 'name'>): PartFinding[] => [
  { name: 'HEA', ...part('HEA, high', 'HEA, low') },
  { name: 'HVA', ...part('HVA, high', 'HVA, low') },
];

/** Rank correlation of a quantity with depth, by initialisation. */
function trend(sweep: Sweep, model: ModelName, of: Quantity, from = 1): Spread {
  const cells = cellsOf(sweep, model, from);
  const depths = cells.map(({ layers }) => layers);
  const count = cells[0]!.of[of].values.length;
  return spreadOf(
    Array.from({ length: count }, (_, i) =>
      rankCorrelation(
        depths,
        cells.map((cell) => cell.of[of].values[i]!),
      ),
    ),
  );
}

/** The same of the mean over the initialisations, as the figure shows it. */
export function trendOfMean(sweep: Sweep, model: ModelName, of: Quantity, from = 1): number {
  const cells = cellsOf(sweep, model, from);
  return rankCorrelation(
    cells.map(({ layers }) => layers),
    cells.map((cell) => cell.of[of].mean),
  );
}

export const trendText = (sweep: Sweep, model: ModelName, of: Quantity, from = 1): string =>
  `${digits(trendOfMean(sweep, model, of, from))} (one by one ${meanText(trend(sweep, model, of, from))})`;

/** Whether a quantity of one network is below that of another at every depth from one on, by two standard errors of the pairs. */
export function belowEverywhere(sweep: Sweep, less: ModelName, more: ModelName, of: Quantity, from: number): boolean {
  const others = cellsOf(sweep, more, from);
  return cellsOf(sweep, less, from).every((cell, k) => {
    const pairs = spreadOf(cell.of[of].values.map((value, i) => others[k]!.of[of].values[i]! - value));
    return pairs.mean > (2 * pairs.std) / Math.sqrt(pairs.values.length);
  });
}

/** Means of a quantity at the depths from one on: with initialisations as their uncertainty, and over the other splits. */
export function levels(sweep: Sweep, model: ModelName, of: Quantity, from: number): string {
  const cells = cellsOf(sweep, model, from);
  const ends = cells.length > 1 ? [cells[0]!, cells.at(-1)!] : cells;
  const shown = ends
    .map(({ layers, of: all }) => `${meanText(all[of])} (${layers === 1 ? '1 layer' : `${layers} layers`})`)
    .join(' to ');
  return `${shown}, other splits ${rangeText(othersOf(sweep, model, from).map((cell) => cell.of[of].mean))}`;
}

export const othersOf = ({ others }: Sweep, model: ModelName, from: number): readonly Cell[] =>
  others.filter((cell) => cell.model === model && cell.layers >= from);
