import { type Rung, type RungResult, scoreOf } from '@qntk/core';
import { sets } from '../../forecast/src/problems.ts';
import { type Run, runsOf } from '../../forecast/src/records.ts';
import { rankCorrelation } from '../../statistics.ts';
import { mean, table } from '../../table.ts';
import { allRungs, type TrainingName } from './rungs.ts';

interface Judged extends Run {
  readonly results: readonly RungResult[];
}

/** How often the interval of each rung holds what the whole training scores on the same rows, and how wide it is. */
export function printTables(file: string, name: TrainingName, halves: readonly string[]): void {
  const chosen = new Set<string>(sets.filter(({ half }) => halves.includes(half)).map((set) => set.name));
  const runs = (runsOf(file) as Judged[]).filter(({ set }) => chosen.has(set));
  const rungs = allRungs(name);
  const rows = rungs.slice(0, -1).map((rung, k) => {
    const judged = runs.map(({ results }) => {
      const score = scoreOf([results[k]!], rung);
      const truth = scoreOf([results[results.length - 1]!], rungs[rungs.length - 1]!).mean;
      return { score, holds: score.interval[0] <= truth && truth <= score.interval[1] };
    });
    const share = judged.filter(({ holds }) => holds).length / judged.length;
    const width = judged.reduce((sum, { score: { mean, interval } }) => sum + mean - interval[0], 0) / judged.length;
    const { correlation, misses } = againstWhole(runs, rungs, k);
    return [
      JSON.stringify(rung),
      judged.length,
      `${(100 * share).toFixed(1)} %`,
      width.toFixed(3),
      correlation.toFixed(2),
      misses.toFixed(3),
    ];
  });
  console.log(
    table(['rung', 'runs', 'interval holds', 'mean half-width', 'rank correlation', 'the first misses'], rows),
  );
}

/** Rank correlation of a rung with the whole training, and what its first misses of the best R² there: means over data sets and initialisations. */
function againstWhole(runs: readonly Judged[], rungs: readonly Rung[], k: number) {
  const last = rungs.length - 1;
  const heats = [...new Set(runs.map(heatOf))].map((heat) => {
    const [values, truth] = [k, last].map((at) =>
      runs.filter((run) => heatOf(run) === heat).map(({ results }) => scoreOf([results[at]!], rungs[at]!).mean),
    ) as [number[], number[]];
    const first = truth[values.indexOf(Math.max(...values))]!;
    return { correlation: rankCorrelation(values, truth), misses: Math.max(...truth) - first };
  });
  return { correlation: mean(heats.map((one) => one.correlation)), misses: mean(heats.map((one) => one.misses)) };
}

const heatOf = ({ set, seed }: Judged): string => `${set} ${seed}`;
