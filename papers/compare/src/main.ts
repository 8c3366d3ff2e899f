import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Half, sets } from '../../forecast/src/problems.ts';
import { resumed, runsOf } from '../../forecast/src/records.ts';
import { printBenchmarks } from './benchmarks/print.ts';
import { publishedTables } from './benchmarks/published.ts';
import { type BenchmarkRun, benchmarkRun, benchmarkRunsWanted } from './benchmarks/runs.ts';
import { candidates, scales } from './candidates.ts';
import { printChoices } from './choices.ts';
import { foldsRun, foldsRunsWanted, printFolds } from './folds.ts';
import { predictorsOf } from './predictors.ts';
import { judged, runsWanted, type TrainingName } from './rungs.ts';
import { printStepLengths, stepLengthKey, stepLengthRun, stepLengthRunsWanted } from './step-lengths.ts';
import { printTables } from './tables.ts';
import { truthOf } from './truth.ts';

/**
 * `rungs NAME [HALF…]` and `tables NAME [HALF…]`: how far rungs of a training may be trusted. `truth HALF`, `predictors HALF` and `choices
 * HALF`: what choices are worth. `trainings` and `benchmarks`: how well rungs rank what others trained. `steps` and
 * `reach`: where short trainings by Adam are better than forecasts. `parts` and `folds`: what more folds and more initialisations are worth. The first of each computes what is missing of the records, the last prints what they say.
 */
export function main([what, name, ...halves]: readonly string[], folder: string): void {
  const records = join(folder, 'records');
  mkdirSync(records, { recursive: true });
  const rungs = join(records, `rungs-${name}.jsonl`);
  const stepLengths = join(records, 'step-lengths.jsonl');
  const folds = join(records, 'folds.jsonl');
  const chosen = halves.length > 0 ? halves : ['design', 'held-out'];
  const half = name as Half;
  const works: Readonly<Record<string, () => void>> = {
    rungs: () =>
      resumed(rungs, runsWanted(chosen, initialisations[name as TrainingName]), (run) => ({
        ...run,
        ...judged(folder, name as TrainingName, run),
      })),
    tables: () => printTables(rungs, name as TrainingName, chosen),
    truth: () =>
      completed(join(records, `truth-${half}.jsonl`), wanted(half, 1), runKey, (run) => truthOf(folder, run)),
    predictors: () =>
      completed(join(records, `predictors-${half}.jsonl`), wanted(half, scales.length), runKey, (run) =>
        predictorsOf(folder, run),
      ),
    choices: () => printChoices(folder, half),
    trainings: () => completeBenchmarks(folder, join(records, 'benchmarks.jsonl')),
    benchmarks: () => printBenchmarks(folder),
    steps: () => completed(stepLengths, stepLengthRunsWanted(), stepLengthKey, (run) => stepLengthRun(folder, run)),
    reach: () => printStepLengths(folder, stepLengths),
    parts: () => completed(folds, foldsRunsWanted(setsOf('design')), runKey, (run) => foldsRun(folder, run)),
    folds: () => printFolds(folder, folds),
  };
  works[what ?? '']?.();
}

/** Of each circuit, by the way to train: forecasts of Adam take longer than short trainings. */
const initialisations: Readonly<Record<TrainingName, number>> = { lbfgs: 3, adam: 2 };

interface Run {
  readonly set: string;
  readonly candidate: number;
  readonly seed: number;
}

const setsOf = (half: Half): string[] => sets.filter((set) => set.half === half).map(({ name }) => name);

/** Initialisations of every candidate. γ changes none of the predictors. */
const seeds = 5;
function wanted(half: Half, step: number): Run[] {
  return Array.from({ length: seeds }, (_, seed) => seed).flatMap((seed) =>
    setsOf(half).flatMap((set) =>
      candidates.flatMap((_, candidate) => (candidate % step === 0 ? [{ set, candidate, seed }] : [])),
    ),
  );
}

/** Candidates of published grid searches, by every method. */
function completeBenchmarks(folder: string, file: string): void {
  const tables = publishedTables(folder);
  const keyOf = ({ model, set, candidate }: Pick<BenchmarkRun, 'model' | 'set' | 'candidate'>) =>
    `${model} ${set} ${candidate}`;
  completed(file, benchmarkRunsWanted(folder), keyOf, (run) => {
    const table = tables.find(({ model, set }) => model === run.model && set === run.set)!;
    return { ...run, ...benchmarkRun(folder, table, run.candidate) };
  });
}

/** Computes the runs that a file of records lacks. */
function completed<Wanted>(
  file: string,
  runs: readonly Wanted[],
  keyOf: (run: Wanted) => string,
  work: (run: Wanted) => object,
): void {
  const known = new Set(runsOf<Wanted>(file).map(keyOf));
  for (const run of runs) if (!known.has(keyOf(run))) appendFileSync(file, `${JSON.stringify(work(run))}\n`);
}

const runKey = ({ set, candidate, seed }: Run): string => `${set} ${candidate} ${seed}`;
