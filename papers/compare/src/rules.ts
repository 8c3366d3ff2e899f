import { candidates } from './candidates.ts';
import type { Predictors } from './predictors.ts';
import type { Truth } from './races.ts';
import type { TruthRun } from './records.ts';
import { stops, testStops } from './truth.ts';

/** A number of every candidate by which one might choose: the larger, the better; null where it has none, which counts as the worst. */
export interface Rule {
  readonly name: string;
  /** Gradients or Jacobians of one candidate and initialisation that it takes, of all training rows. */
  readonly takes: string;
  readonly of: (run: TruthRun, beside: Predictors | undefined) => number | null;
}

const after =
  (stop: (typeof stops)[number]) =>
  ({ r2 }: TruthRun) =>
    r2[stops.indexOf(stop)]!;
const negative = (value: number | null | undefined): number | null => (value == null ? null : -value);
const layersOf = ({ candidate }: TruthRun): number => candidates[candidate]!.ansatz.layers;

/** What the race looks at, on rows that were kept out. */
export const rungRules: readonly Rule[] = [
  { name: 'Eq. 4 with one Jacobian', takes: '1', of: ({ frozen }) => frozen },
  { name: 'Eq. 5, t = ∞', takes: '1', of: ({ infinity }) => infinity },
  ...([3, 5, 10, 30, 100, 300] as const).map((stop) => ({
    name: stop === 300 ? 'the whole training, 300 iterations' : `${stop} iterations`,
    takes: '',
    of: after(stop),
  })),
];

/** What others choose by. */
export const predictorRules: readonly Rule[] = [
  { name: 'κ, the smaller', takes: '1', of: (_, beside) => negative(beside?.kappa) },
  { name: 'alignment with the labels', takes: '1', of: (_, beside) => beside?.alignment ?? null },
  { name: 'effective dimension', takes: '1', of: (_, beside) => beside?.dimension ?? null },
  { name: 'rank of the quantum Fisher information', takes: '–', of: (_, beside) => beside?.fisher ?? null },
  { name: 'concentration, the less', takes: '1', of: (_, beside) => beside?.concentration ?? null },
  { name: 'shots to resolve K, the fewer', takes: '1', of: (_, beside) => negative(beside?.shots) },
  { name: 'expressibility, the smaller divergence', takes: '–', of: (_, beside) => negative(beside?.expressibility) },
  { name: 'entangling capability', takes: '–', of: (_, beside) => beside?.entanglement ?? null },
  { name: 'more layers', takes: '0', of: layersOf },
  { name: 'fewer layers', takes: '0', of: (run) => -layersOf(run) },
];

/** The mean of a rule over initialisations; a candidate without a number is the last of all. */
export function valuesOf(rule: Rule, truth: Truth, seeds: readonly number[], beside: Beside): number[] {
  return truth[0]!.map((_, k) => {
    const values = seeds.map((seed) => rule.of(truth[seed]![k]!, beside(k, seed)));
    return values.reduce<number>((sum, value) => sum + (value ?? Number.NEGATIVE_INFINITY), 0) / values.length;
  });
}

export type Beside = (candidate: number, seed: number) => Predictors | undefined;

/** Predictors of a set: γ changes none of them, expressibility and entangling capability are those of the first initialisation. */
export function besideOf(all: readonly Predictors[], set: string): Beside {
  const known = new Map(all.filter((one) => one.set === set).map((one) => [`${one.candidate} ${one.seed}`, one]));
  const scales = 4;
  return (candidate, seed) => {
    const first = candidate - (candidate % scales);
    const own = known.get(`${first} ${seed}`);
    const { expressibility, entanglement } = known.get(`${first} 0`) ?? {};
    return own && { ...own, ...(expressibility !== undefined && { expressibility, entanglement: entanglement! }) };
  };
}

/** The score of a candidate on the test rows of each initialisation: accuracy of classes, R² of others. */
export const testScore = ({ testAccuracy, testR2 }: TruthRun): number =>
  (testAccuracy ?? testR2)[testStops.length - 1]!;
