import type { Dataset } from '@qntk/core';
import { candidates, modelOf, scales } from './candidates.ts';
import type { Predictors } from './predictors.ts';
import { share, type Truth } from './races.ts';
import type { TruthRun } from './records.ts';
import { stops, testStops } from './truth.ts';

/** What stands beside a run: the parameters of its model, and what a record has of it. */
type Known = { readonly [key in keyof Predictors]?: Predictors[key] | undefined } & { readonly parameters: number };

/** A number of every candidate by which one might choose: the larger, the better; null where it has none, which counts as the worst. */
export interface Rule {
  readonly name: string;
  /** Gradients and Jacobians of all training rows that it takes of a run; null where it takes something else. */
  readonly takes: (run: TruthRun) => number | null;
  readonly of: (run: TruthRun, beside: Known) => number | null;
}

const oneJacobian = () => 1;
const nothing = () => 0;
const other = () => null;
const after =
  (stop: (typeof stops)[number]) =>
  ({ r2 }: TruthRun) =>
    r2[stops.indexOf(stop)]!;
const negative = (value: number | null | undefined): number | null => (value == null ? null : -value);
const layersOf = ({ candidate }: TruthRun): number => candidates[candidate]!.ansatz.layers;

/** What the race looks at, on rows that were kept out. */
export const rungRules: readonly Rule[] = [
  { name: 'Eq. 4 with one Jacobian', takes: oneJacobian, of: ({ frozen }) => frozen },
  { name: 'Eq. 5, t = ∞', takes: oneJacobian, of: ({ infinity }) => infinity },
  ...([3, 5, 10, 30, 100, 300] as const).map((stop) => ({
    name: stop === 300 ? 'the whole training, 300 iterations' : `${stop} iterations`,
    takes: ({ gradients }: TruthRun) => share * gradients[stops.indexOf(stop)]!,
    of: after(stop),
  })),
];

/** What others choose by. */
export const predictorRules: readonly Rule[] = [
  { name: 'κ, the smaller', takes: oneJacobian, of: (_, beside) => negative(beside.kappa) },
  { name: 'alignment with the labels', takes: oneJacobian, of: (_, beside) => beside.alignment ?? null },
  { name: 'effective dimension', takes: oneJacobian, of: (_, beside) => beside.dimension ?? null },
  { name: 'rank of the quantum Fisher information', takes: other, of: (_, beside) => beside.fisher ?? null },
  { name: 'concentration, the less', takes: oneJacobian, of: (_, beside) => beside.concentration ?? null },
  { name: 'shots to resolve K, the fewer', takes: oneJacobian, of: (_, beside) => negative(beside.shots) },
  { name: 'expressibility, the smaller divergence', takes: other, of: (_, beside) => negative(beside.expressibility) },
  { name: 'entangling capability', takes: other, of: (_, beside) => beside.entanglement ?? null },
  { name: 'more parameters', takes: nothing, of: (_, { parameters }) => parameters },
  { name: 'fewer parameters', takes: nothing, of: (_, { parameters }) => -parameters },
  { name: 'more layers', takes: nothing, of: layersOf },
  { name: 'fewer layers', takes: nothing, of: (run) => -layersOf(run) },
];

/** The mean of a rule over initialisations; a candidate without a number is the last of all. */
export function valuesOf(rule: Rule, truth: Truth, seeds: readonly number[], beside: Beside): number[] {
  return truth[0]!.map((_, k) => {
    const values = seeds.map((seed) => rule.of(truth[seed]![k]!, beside(k, seed)));
    return values.reduce<number>((sum, value) => sum + (value ?? Number.NEGATIVE_INFINITY), 0) / values.length;
  });
}

export type Beside = (candidate: number, seed: number) => Known;

/** Predictors of a set: γ changes none of them, expressibility and entangling capability are those of the first initialisation. */
export function besideOf(all: readonly Predictors[], set: string, dataset: Dataset): Beside {
  const known = new Map(all.filter((one) => one.set === set).map((one) => [`${one.candidate} ${one.seed}`, one]));
  const parameters = candidates.map((_, candidate) => modelOf(candidate, dataset).parameters);
  return (candidate, seed) => {
    const first = candidate - (candidate % scales.length);
    const { expressibility, entanglement } = known.get(`${first} 0`) ?? {};
    return { ...known.get(`${first} ${seed}`), expressibility, entanglement, parameters: parameters[candidate]! };
  };
}

/** The score of a candidate on the test rows of each initialisation: accuracy of classes, R² of others. */
export const testScore = ({ testAccuracy, testR2 }: TruthRun): number =>
  (testAccuracy ?? testR2)[testStops.length - 1]!;
