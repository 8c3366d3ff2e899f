import { join } from 'node:path';
import { type Rung, type RungResult, racing, ranked, scoreOf } from '@qntk/core';
import { runsOf } from '../../../forecast/src/records.ts';
import { rankCorrelation, upperMedian } from '../../../statistics.ts';
import { mean, table } from '../../../table.ts';
import { bootstrapped } from '../bootstrap.ts';
import { costOf } from '../races.ts';
import { noiseCeiling } from './ceiling.ts';
import { problemOf } from './models.ts';
import { type PublishedTable, pointsOf, publishedTables } from './published.ts';
import { type BenchmarkRun, benchmarkMethods, firstAlike, methodAt, raceRungs } from './runs.ts';

/** A published grid search of which every candidate was computed. */
interface Compared {
  readonly table: PublishedTable;
  /** Their accuracy, the mean over the folds. */
  readonly theirs: readonly number[];
  readonly ceiling: number;
  /** Of every candidate by each method. */
  readonly ours: readonly (readonly RungResult[])[];
  /** The rungs of every candidate. */
  readonly rungs: readonly (readonly Rung[])[];
}

/** A number of every candidate by which one might choose: the larger, the better. */
interface Ranking {
  readonly name: string;
  values(compared: Compared): readonly number[];
}

const methodNames = benchmarkMethods.map((rung) => {
  if (rung.kind === 'frozen') return 'Eq. 4 with one Jacobian';
  if (rung.kind === 'forecast') return `forecast, ${rung.jacobians} Jacobians at most`;
  return rung.whole ? 'the whole training' : `${rung.steps} steps`;
});

const rankings: readonly Ranking[] = [
  ...benchmarkMethods.map((rung, k) => ({
    name: methodNames[k]!,
    values: ({ ours }: Compared) => ours.map((results) => scoreOf([results[k]!], rung).mean),
  })),
  { name: 'the race', values: raceOrder },
  { name: 'more layers', values: ({ table: { candidates } }) => candidates.map(({ n_layers }) => n_layers) },
  { name: 'fewer layers', values: ({ table: { candidates } }) => candidates.map(({ n_layers }) => -n_layers) },
];

/** The product's race on the results of its rungs; the later a candidate leaves and the higher its score, the larger. */
function raceOrder({ ours, rungs }: Compared): number[] {
  const race = racing(rungs);
  let next = race.next();
  while (!next.done) {
    const { rung, candidates } = next.value;
    next = race.next(new Map(candidates.map((k) => [k, [ours[k]![methodAt(rungs[k]![rung]!)]!]] as const)));
  }
  const order = ranked(next.value);
  return ours.map((_, k) => -order.indexOf(k));
}

/** The tables of which every candidate is in the records. */
function comparedTables(folder: string): Compared[] {
  const runs = runsOf<BenchmarkRun>(join(folder, 'records/benchmarks.jsonl'));
  const keyOf = ({ model, set, candidate }: Pick<BenchmarkRun, 'model' | 'set' | 'candidate'>) =>
    `${model} ${set} ${candidate}`;
  const found = new Map(runs.map((run) => [keyOf(run), run.results]));
  return publishedTables(folder).flatMap((one) => {
    const { model, set, candidates } = one;
    const points = pointsOf(folder, set);
    const features = points.X[0]!.length;
    const ours = candidates.flatMap((_, k) => {
      const results = found.get(keyOf({ model, set, candidate: firstAlike(one, k, features) }));
      return results ? [results] : [];
    });
    if (ours.length < candidates.length) return [];
    const accuracies = candidates.map((candidate) => candidate.accuracies);
    const rungs = candidates.map((candidate) =>
      raceRungs(candidate.learning_rate, problemOf(model, candidate, points).model.parameters),
    );
    return [{ table: one, theirs: accuracies.map(mean), ceiling: noiseCeiling(accuracies), ours, rungs }];
  });
}

/** Rank correlations with published accuracies, by model and all together; what is lost by a choice; each table. */
export function printBenchmarks(folder: string): void {
  const all = comparedTables(folder);
  for (const model of [...new Set(all.map((one) => one.table.model))])
    console.log(`\n${model}\n\n${summary(all.filter((one) => one.table.model === model))}`);
  console.log(`\nAll\n\n${summary(all)}`);
  console.log(`\n${byTable(all)}`);
  console.log(`\nOurs alone, against the whole training on the same rows\n\n${byRate(all)}`);
}

const shown = (value: number): string => (Math.round(100 * value) / 100 || 0).toFixed(2).replace('-', '−');
const around = ({ mean: value, low, high }: ReturnType<typeof bootstrapped>): string =>
  `${shown(value)} (${shown(low)} to ${shown(high)})`;
/** Every table is one race. */
const over = (values: readonly number[]): string => around(bootstrapped(values.map((value) => [value])));

function summary(all: readonly Compared[]): string {
  const layers = rankings.find(({ name }) => name === 'more layers')!;
  const correlation = (ranking: Ranking, compared: Compared) =>
    rankCorrelation(ranking.values(compared), compared.theirs);
  const rows = rankings.map((ranking) => {
    const found = all.map((one) => correlation(ranking, one));
    const better = found.map((value, k) => value - correlation(layers, all[k]!));
    return [
      ranking.name,
      over(found),
      over(better),
      `${better.filter((value) => value > 0).length} of ${all.length}`,
      over(all.map((one) => lostBy(ranking.values(one), one.theirs))),
      takes(ranking, all),
    ];
  });
  const head = ['by', 'rank correlation', 'above more layers', 'on tables', 'accuracy lost', 'Jacobians and gradients'];
  return `${table(head, rows)}\n\nNoise ceiling ${over(all.map(({ ceiling }) => ceiling))}`;
}

/** Accuracy of the best candidate less that of the chosen; of several that are equal anyone may be. */
function lostBy(values: readonly number[], theirs: readonly number[]): number {
  const most = Math.max(...values);
  return Math.max(...theirs) - mean(theirs.filter((_, k) => values[k] === most));
}

/** What a method takes of a candidate on the mean, over the whole training. */
function takes({ name }: Ranking, all: readonly Compared[]): string {
  const at = methodNames.indexOf(name);
  if (at < 0) return '–';
  return mean(all.map(({ ours }) => mean(ours.map((results) => costOf([results[at]!]))))).toPrecision(2);
}

function byTable(all: readonly Compared[]): string {
  const chosen = [
    'Eq. 4 with one Jacobian',
    'forecast, 24 Jacobians at most',
    'the race',
    'the whole training',
    'more layers',
  ];
  const rows = all.map((one) => [
    `${one.table.model.replace('Classifier', '')} ${one.table.set}`,
    shown(one.ceiling),
    ...chosen.map((name) =>
      shown(rankCorrelation(rankings.find((ranking) => ranking.name === name)!.values(one), one.theirs)),
    ),
    `${shown(Math.min(...one.theirs))} to ${shown(Math.max(...one.theirs))}`,
  ]);
  return table(['table', 'noise ceiling', ...chosen, 'their accuracies'], rows);
}

const isShort = (rung: Rung): boolean => rung.kind === 'training' && !rung.whole;

/** How far each method is from the whole training of the same SPEC, and how often its interval holds it, by learning rate. */
function byRate(all: readonly Compared[]): string {
  const runs = all.flatMap(({ table: { candidates }, ours, rungs }) =>
    // Candidates that are the same circuit have the same results.
    ours.flatMap((results, k) =>
      ours.indexOf(results) === k
        ? [{ rate: candidates[k]!.learning_rate, far: rungs[k]!.some(isShort), results }]
        : [],
    ),
  );
  const last = benchmarkMethods.length - 1;
  const rates = [...new Set(runs.map(({ rate }) => rate))].sort((a, b) => a - b);
  const groups = [
    ...rates.map((rate) => ({ name: String(rate), chosen: runs.filter((run) => run.rate === rate) })),
    { name: 'trained shortly by the race', chosen: runs.filter(({ far }) => far) },
    { name: 'all', chosen: runs },
  ];
  const rows = groups.flatMap(({ name, chosen }) =>
    benchmarkMethods.slice(0, last).map((rung, k) => {
      const found = chosen.map(({ results }) => {
        const { mean: value, interval } = scoreOf([results[k]!], rung);
        const truth = scoreOf([results[last]!], benchmarkMethods[last]!).mean;
        return { miss: Math.abs(value - truth), holds: interval[0] <= truth && truth <= interval[1] };
      });
      const misses = found.map(({ miss }) => miss);
      const share = found.filter(({ holds }) => holds).length / found.length;
      return [name, chosen.length, methodNames[k]!, upperMedian(misses).toPrecision(2), `${Math.round(100 * share)} %`];
    }),
  );
  return table(['learning rate', 'runs', 'method', 'median miss of R²', 'interval holds'], rows);
}
