import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '@qntk/core';
import { digits, mean, table } from '../../table.ts';
import { bootstrap, gradientsFor, grouped, type Pair, quality } from './analysis.ts';
import { coverage, figures } from './coverage.ts';
import { studied } from './problems.ts';
import { keyOf, type Run, runsOf } from './records.ts';
import { type TrainingName, trainings } from './trainings.ts';

const head = [
  'forecast',
  'Jacobians',
  'rank correlation',
  'the same optimiser stopped after … gradients ranks as well',
  'times as many',
  'regret',
  'within 0.05',
  ...figures.map((figure) => `${figure} held`),
];

/** Forecasts of a part beside the same optimiser stopped early, by rank correlation with the test R² that training comes to. */
export function printTables(records: string, part: string): void {
  for (const training of Object.keys(trainings) as TrainingName[]) {
    const file = join(records, `truth-${training}.jsonl`);
    if (!existsSync(file)) continue;
    const truths = new Map(runsOf(file).map((run) => [keyOf(run), run]));
    const sets = studied.filter((set) => set.part === part).map(({ name }) => name);
    const rows = forecastFiles(records, training).flatMap(({ budget, file: kept }) => {
      const found = runsOf(join(records, kept)).flatMap((forecast) => {
        const truth = truths.get(keyOf(forecast));
        return truth && sets.includes(forecast.set) ? [{ forecast, truth }] : [];
      });
      const own = sets.map((name) => found.filter(({ truth }) => truth.set === name));
      const each = sets.length > 1 ? own.map((pairs, k) => ({ name: `${budget}, ${sets[k]}`, pairs })) : [];
      return [{ name: budget, pairs: found }, ...each]
        .filter(({ pairs }) => pairs.length > 0)
        .map(({ name, pairs }) => rowOf(name, pairs, training));
    });
    if (rows.length === 0) continue;
    console.log(`## ${training}, ${part}\n\n${table(head, rows)}\n`);
    console.log(
      `${earlyTable(
        training,
        [...truths.values()].filter(({ set }) => sets.includes(set)),
      )}\n`,
    );
    const again = runsOf(join(records, `moved-${training}.jsonl`)).flatMap((run) => {
      const truth = truths.get(keyOf(run));
      return truth && sets.includes(run.set) ? [pairOf(endOf(run), truth)] : [];
    });
    if (again.length > 0) console.log(`${movedTable(sets, again)}\n`);
  }
}

interface Both {
  readonly forecast: Run;
  readonly truth: Run;
}

const endOf = ({ ends }: Run): number => (ends as number[])[(ends as number[]).length - 1];
const pairOf = (guess: number, truth: Run): Pair => ({
  group: `${truth.set} ${truth.seed}`,
  guess,
  truth: endOf(truth),
});

function forecastFiles(records: string, training: string): { budget: string; file: string }[] {
  return readdirSync(records)
    .map((file) => ({ file, budget: new RegExp(`^forecast-${training}-(\\w+)\\.jsonl$`).exec(file)?.[1] ?? '' }))
    .filter(({ budget }) => budget !== '')
    .sort((a, b) => Number(a.budget) - Number(b.budget) || (a.budget < b.budget ? -1 : 1));
}

/** All that is said of a forecast; intervals by a bootstrap of the circuits. */
function rowOf(name: string, all: readonly Both[], training: TrainingName): (string | number)[] {
  const spent = mean(all.map(({ forecast }) => forecast.jacobians as number));
  const stops = [...trainings[training].stops, trainings[training].steps];
  const figuresOf = (pairs: readonly Both[]) => {
    const { correlation, regret, within } = quality(
      pairs.map(({ forecast, truth }) => pairOf(forecast.r2 as number, truth)),
    );
    const early = stops.map(
      (_, k) => quality(pairs.map(({ truth }) => pairOf((truth.ends as number[])[k], truth))).correlation,
    );
    const gradients = gradientsFor(correlation, stops, early);
    return [correlation, gradients, gradients / spent, regret, within];
  };
  const byCircuit = grouped(all, ({ truth }) => truth.circuit);
  const draw = random(1);
  const resampled = (drawn: readonly number[]) => figuresOf(drawn.flatMap((circuit) => byCircuit[circuit]));
  const ranges = bootstrap(byCircuit.length, resampled, () => draw.uniform());
  const [correlation, gradients, times, regret, within] = figuresOf(all).map((value, k) => {
    const shown = (number: number) => number.toFixed([3, 0, 1, 3, 2][k]);
    return `${shown(value)} (${shown(ranges[k][0])}–${shown(ranges[k][1])})`;
  });
  const held = figures.map((figure) => coverage(figure, all, training));
  return [name, digits(spent, 3), correlation, gradients, times, regret, within, ...held];
}

/** What the training itself ranks with from a start moved by 0.01 rad: no forecast can be asked for more. */
function movedTable(sets: readonly string[], pairs: readonly Pair[]): string {
  const own = sets.map((name) => pairs.filter(({ group }) => group.startsWith(`${name} `)));
  const each = [pairs, ...own].map((group) => quality(group));
  return table(
    ['start moved by 0.01 rad', 'all', ...sets],
    [
      ['rank correlation', ...each.map(({ correlation }) => correlation.toFixed(3))],
      ['within 0.05', ...each.map(({ within }) => within.toFixed(2))],
    ],
  );
}

/** The line to beat: what stops rank with. */
function earlyTable(training: TrainingName, truths: readonly Run[]): string {
  const { stops } = trainings[training];
  const correlations = stops.map((_, k) => quality(truths.map((truth) => pairOf((truth.ends as number[])[k], truth))));
  return table(
    ['stopped after', ...stops.map(String)],
    [['rank correlation', ...correlations.map(({ correlation }) => correlation.toFixed(3))]],
  );
}
