import { type Cost, commandCosts, InputError, type Model, type QasmCircuit, type Spec, sizesOf } from '@qntk/core';
import {
  batchShare,
  type Comparison,
  comparisonOf,
  isSettled,
  type Rung,
  type RungResult,
  racing,
  ranked,
  rungsOf,
  type Selection,
  selectionSplits,
  usualSelection,
  validationReferences,
  workLimit,
} from '@qntk/core/compare';
import type { Dataset } from '@qntk/core/model';
import type { Ensemble } from './ensemble.ts';
import { type CompareSpec, compareKind } from './kinds/compare.ts';
import { type DiagnoseData, limitKind } from './kinds/diagnose.ts';
import { type Effort, type RaceClock, raceClock, type TimeBudget } from './race-clock.ts';
import { type ScheduleOptions, schedule, scheduleAll } from './schedule.ts';
import type { Threads } from './threads.ts';

/** A model on its data, and how it is trained. */
export interface Candidate {
  readonly name: string;
  /** The values it has where a grid leaves a choice. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly spec: Spec;
  readonly model: Model;
  readonly dataset: Dataset;
  readonly circuit?: QasmCircuit;
}

/** Candidates that can be compared, and how they are judged. */
export interface Race {
  readonly candidates: readonly Candidate[];
  /** The rungs of each. */
  readonly rungs: readonly (readonly Rung[])[];
  readonly selection: Selection;
  readonly seeds: number;
  /** Initialisations by which the last few are judged, and the winner on the test rows; as all others where left out. */
  readonly finalSeeds?: number | undefined;
}

export interface CompareOptions extends Omit<ScheduleOptions, 'threads' | 'label' | 'enough'> {
  /** Other threads for so many tasks of a cost. */
  readonly threadsFor?: (cost: Cost, tasks: number) => Promise<Threads | undefined>;
  /** So many of the best are trained in full and scored on the test rows; the winner is in any case. */
  readonly verify?: number | undefined;
  /** Seconds after which nothing more is begun. */
  readonly budget?: TimeBudget | undefined;
  /** Gradients and Jacobians that the race takes at most; see {@link trainingGradients}. */
  readonly gradients?: number | undefined;
  readonly skipped?: Comparison['skipped'];
  /** A rung in a word for progress; none: the whole training on the test rows. */
  readonly labelOf?: (rung?: Rung) => string;
}

/**
 * @param selection - how training rows are kept out; by the number of rows where left out.
 * @param finalSeeds - as in the race.
 * @throws InputError where the candidates have other training rows, labels or numbers of initialisations than each other, or where the
 *   training rows are too few for how they are kept out.
 */
export function raceOf(candidates: readonly Candidate[], selection?: Selection, finalSeeds?: number): Race {
  const first = candidates[0]!;
  const labels = labelsOf(first);
  const other = candidates.find((candidate) => labelsOf(candidate) !== labels);
  if (other)
    throw new InputError({
      where: 'data',
      found: `other training rows or labels for ${other.name} than for ${first.name}`,
      expected: 'the same for all candidates, as they are judged by them',
    });
  if (first.dataset.train.length < 4)
    throw new InputError({
      where: 'data',
      found: `${first.dataset.train.length} training rows`,
      expected: 'at least 4, as some are kept out to choose by',
    });
  const { seeds } = first.spec.initial;
  const differing = candidates.find(({ spec }) => spec.initial.seeds !== seeds);
  if (differing)
    throw new InputError({
      where: 'initial.seeds',
      found: `${differing.spec.initial.seeds} for ${differing.name}, ${seeds} for ${first.name}`,
      expected: 'the same number of initialisations for all candidates',
    });
  const how = selection ?? usualSelection(first.dataset);
  checkSelection(first, how);
  return {
    candidates,
    rungs: candidates.map(({ spec, model: { parameters }, dataset: { train } }) =>
      rungsOf(spec.training, { parameters, points: train.length * splitsOf(how).share }, { seeds, finalSeeds }),
    ),
    selection: how,
    seeds,
    finalSeeds,
  };
}

/** R² of the rows that are kept out needs labels that differ. */
function checkSelection({ dataset, spec }: Candidate, how: Selection): void {
  const { train, y, outputs } = dataset;
  if ('folds' in how && how.folds > train.length)
    throw new InputError({
      where: 'selection.folds',
      found: `${how.folds} parts of ${train.length} training rows`,
      expected: `at most ${train.length}`,
    });
  const rows = selectionSplits(dataset, how, spec.data.seed).flatMap(({ test }) => [...test]);
  const varies = (output: number) => rows.some((row) => y[row * outputs + output] !== y[rows[0]! * outputs + output]);
  if (!Array.from({ length: outputs }, (_, output) => output).some(varies))
    throw new InputError({
      where: 'selection',
      found: `${rows.length} of ${train.length} training rows kept out, whose labels are all the same`,
      expected: 'labels that differ, as R² on these rows is what is chosen by',
    });
}

/** How many splits the training rows have, and the part of them that one is trained on. */
const splitsOf = (selection: Selection): { readonly splits: number; readonly share: number } =>
  'folds' in selection
    ? { splits: selection.folds, share: 1 - 1 / selection.folds }
    : { splits: 1, share: 1 - selection.validation };

/** What has to be the same for scores to be comparable. */
function labelsOf({ dataset: { train, y, outputs } }: Candidate): string {
  const labels = Array.from(train, (row) => y.subarray(row * outputs, (row + 1) * outputs).join());
  return `${outputs}:${train.join()}:${labels.join()}`;
}

/** Gradients of all training rows that training every candidate in full on every split takes; a step of a minibatch counts as its part. */
export function trainingGradients({ candidates, selection, seeds }: Race): number {
  const { splits, share } = splitsOf(selection);
  return candidates.reduce((sum, { spec: { training }, dataset: { train } }) => {
    const seen = share * batchShare(training, share * train.length);
    return sum + seen * splits * seeds * training.steps;
  }, 0);
}

/** What a rung takes for an initialisation of a candidate. */
export function rungCost({ candidates, selection }: Race, k: number, rung: Rung): Cost {
  const { model, dataset, spec } = candidates[k]!;
  return commandCosts.compare(sizesOf(model), {
    train: dataset.train.length,
    splits: splitsOf(selection).splits,
    steps: spec.training.steps,
    jacobians: rung.kind === 'forecast' ? rung.jacobians : 0,
    iterations: rung.kind === 'training' ? rung.steps : 0,
    batch: spec.training.batch,
  });
}

/**
 * Runs a race and scores the winner on the test rows. Every task is kept in the store as it is done, so that a race which was
 * stopped goes on where it was.
 */
export async function compare(
  race: Race,
  options: CompareOptions,
): Promise<{ readonly comparison: Comparison; readonly found: number }> {
  const { candidates, rungs, selection, seeds, finalSeeds } = race;
  const trained = (k: number) => ({ seeds: finalSeeds ?? seeds, steps: candidates[k]!.spec.training.steps });
  const clock = raceClock(options.budget, trained);
  const judge = judging(race, options, clock);
  const limit = options.gradients === undefined ? clock.limit : workLimit(options.gradients);
  const heats = racing(rungs, { limit, seeds });
  let complete = true;
  let next = heats.next();
  while (!next.done) {
    const { rung, candidates: chosen } = next.value;
    const results = await judge.rung(chosen, (k) => rungs[k]![rung]!);
    complete &&= results.size === chosen.length;
    next = heats.next(results);
  }
  const standings = next.value;
  complete &&= isSettled(standings, rungs);
  const { dataset, spec } = candidates[0]!;
  const judged = ranked(standings).filter((k) => standings[k]!.score !== null);
  const verified = dataset.test.length > 0 ? judged.slice(0, options.verify ?? 1) : [];
  const tested = await judge.test(verified);
  const leastTrainMse = judged.length > 0 ? await judge.leastTrainMse(judged[0]!) : null;
  const comparison = comparisonOf({
    version: options.version,
    seeds,
    entrants: candidates.map(({ name, values, model, spec: { training } }, k) => ({
      name,
      values,
      model,
      rungs: rungs[k]!,
      steps: training.steps,
    })),
    standings,
    seconds: judge.seconds,
    selection,
    rows: dataset.train.length,
    references: validationReferences(dataset, selection, spec.data.seed),
    skipped: options.skipped ?? [],
    tested,
    leastTrainMse,
    complete,
  });
  return { comparison, found: judge.found() };
}

/** Judges candidates in threads, and adds up what that takes. */
function judging(race: Race, options: CompareOptions, clock: RaceClock) {
  const { candidates, selection } = race;
  const seconds = candidates.map(() => 0);
  let found = 0;
  /** Results of some candidates, of all initialisations. */
  const done = async (
    chosen: readonly number[],
    rungOf: (k: number) => Rung,
    how: Selection | 'test',
    scheduling: Pick<ScheduleOptions, 'label' | 'enough'>,
  ) => {
    const seedsOf = (k: number) => rungOf(k).seeds ?? race.seeds;
    const tasks = chosen.reduce((sum, k) => sum + seedsOf(k), 0);
    const start = clock.now();
    const threads = await options.threadsFor?.(rungCost(race, chosen[0]!, rungOf(chosen[0]!)), tasks);
    const ensembles = chosen.map((k) => ensembleOf(race, k, rungOf(k), how));
    const scheduled = await scheduleAll(ensembles, { ...options, ...scheduling, ...(threads && { threads }) });
    found += scheduled.found.reduce((sum, each) => sum + each, 0);
    const results = new Map<number, RungResult[]>();
    const heat = new Map<number, Effort>();
    chosen.forEach((k, i) => {
      const records = scheduled.records[i]!;
      const all = records.map(({ result }) => result);
      const took = records.reduce((sum, record) => sum + record.seconds, 0);
      seconds[k]! += took;
      const work = all.reduce((sum, { jacobians, gradients }) => sum + jacobians + gradients, 0);
      const added = records.length > 0 ? 1 - scheduled.found[i]! / records.length : 0;
      heat.set(k, { seconds: added * took, work: added * work, frozen: rungOf(k).kind === 'frozen' });
      // By some initialisations alone nobody is judged.
      if (records.length === seedsOf(k)) results.set(k, all);
    });
    clock.add(start, heat);
    return results;
  };
  return {
    seconds,
    found: () => found,
    rung(chosen: readonly number[], rungOf: (k: number) => Rung) {
      const first = rungOf(chosen[0]!);
      const label = options.labelOf?.(first);
      return done(chosen, rungOf, selection, { ...(label !== undefined && { label }), enough: clock.isOver });
    },
    /** What is certified of a candidate's encoding and readout; null where there is no time for it. */
    async leastTrainMse(k: number) {
      if (!clock.trainings(k)) return null;
      const { spec, dataset, circuit } = candidates[k]!;
      const data = { dataset, ...(circuit && { circuit }) };
      const limit = { kind: limitKind, spec: { model: spec.model }, data, seeds: [0] };
      const { records, found: before } = await schedule(limit, options);
      found += before;
      const { mse, gap } = records[0]!.result.limit;
      return mse === null || gap === null ? null : Math.max(0, mse - gap);
    },
    /** In full on all training rows, by as many initialisations as there is time for. */
    async test(chosen: readonly number[]) {
      const able = chosen.filter((k) => clock.trainings(k) > 0);
      if (able.length === 0) return new Map<number, RungResult[]>();
      const count = clock.trainings(able[0]!);
      const whole = (k: number): Rung => {
        const { steps } = candidates[k]!.spec.training;
        return { kind: 'training', steps, whole: true, seeds: count };
      };
      const label = options.labelOf?.();
      return done(able, whole, 'test', { ...(label !== undefined && { label }) });
    },
  };
}

function ensembleOf(
  { candidates, seeds: usual }: Race,
  k: number,
  { seeds = usual, of: _of, finalists: _finalists, ...rung }: Rung,
  selection: Selection | 'test',
): Ensemble<CompareSpec, DiagnoseData, RungResult> {
  const { spec, dataset, circuit } = candidates[k]!;
  const { seed, seeds: _, ...initial } = spec.initial;
  return {
    kind: compareKind,
    spec: {
      model: spec.model,
      options: { rung, training: spec.training, seed, initial, selection, splitSeed: spec.data.seed },
    },
    data: { dataset, ...(circuit && { circuit }) },
    seeds: Array.from({ length: seeds }, (_, index) => index),
  };
}
