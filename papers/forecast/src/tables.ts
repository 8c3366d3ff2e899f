import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { intervalAround, random } from '@qntk/core';
import { digits, table } from '../../table.ts';
import { bootstrap, type Pair, quality } from './analysis.ts';
import { circuits, sets } from './problems.ts';
import { type Run, runsOf } from './records.ts';
import { type TrainingName, trainings } from './trainings.ts';

/** Forecasts and the same optimiser stopped early, by rank correlation with the test R² that training comes to. */
export function printTables(records: string, half: string): void {
  const names = sets.filter((set) => set.half === half).map((set) => set.name as string);
  for (const training of Object.keys(trainings) as TrainingName[]) {
    const file = join(records, `truth-${training}.jsonl`);
    if (!existsSync(file)) continue;
    const truth = runsOf(file).filter(({ set }) => names.includes(set));
    const ends = new Map(truth.map((run) => [keyOf(run), endOf(run)]));
    const rows = [
      ...trainings[training].stops.map((stop, k) => {
        const pairs = truth.map((run) => pairOf(run, (run.ends as number[])[k], endOf(run)));
        return rowOf(`stopped after ${stop}`, stop, pairs);
      }),
      ...forecastFiles(records, training).map(({ budget, file: kept }) => {
        const found = runsOf(join(records, kept)).filter(({ set }) => names.includes(set));
        if (found.length === 0) return [];
        const pairs = found.map((run) => pairOf(run, run.r2 as number, ends.get(keyOf(run)) as number));
        const spent = found.reduce((sum, { jacobians }) => sum + (jacobians as number), 0) / found.length;
        const row = rowOf(`forecast, ${budget}`, Number(digits(spent, 3)), pairs);
        return [...row.slice(0, -1), coverageOf(found, ends, training)];
      }),
    ].filter((row) => row.length > 0);
    console.log(`## ${training}, ${half}: ${truth.length} trainings\n`);
    console.log(
      table(
        ['scheme', 'gradients or Jacobians', 'rank correlation', '90 %', 'regret', 'within 0.05', 'interval holds'],
        rows,
      ),
    );
    console.log();
  }
}

const keyOf = ({ set, circuit, seed }: Run): string => `${set} ${circuit} ${seed}`;
const endOf = ({ ends }: Run): number => (ends as number[])[(ends as number[]).length - 1];
const pairOf = ({ set, seed, circuit }: Run, guess: number, truth: number): Pair & { circuit: number } => ({
  group: `${set} ${seed}`,
  circuit,
  guess,
  truth,
});

function forecastFiles(records: string, training: string): { budget: string; file: string }[] {
  return readdirSync(records)
    .map((file) => ({ file, budget: new RegExp(`^forecast-${training}-(\\w+)\\.jsonl$`).exec(file)?.[1] ?? '' }))
    .filter(({ budget }) => budget !== '')
    .sort((a, b) => Number(a.budget) - Number(b.budget) || (a.budget < b.budget ? -1 : 1));
}

function rowOf(scheme: string, spent: number, pairs: readonly (Pair & { circuit: number })[]): (string | number)[] {
  const { correlation, regret, within } = quality(pairs);
  const byCircuit = circuits.map((_, circuit) => pairs.filter((pair) => pair.circuit === circuit));
  const draw = random(1);
  const range = bootstrap(
    circuits.length,
    (drawn) => quality(drawn.flatMap((circuit) => byCircuit[circuit])).correlation,
    () => draw.uniform(),
    200,
  );
  const interval = `${range[0].toFixed(2)}–${range[1].toFixed(2)}`;
  return [scheme, spent, correlation.toFixed(3), interval, regret.toFixed(3), within.toFixed(2), '–'];
}

/** Share of the trainings that the interval of their forecast holds, and its median half-width. */
function coverageOf(found: readonly Run[], ends: ReadonlyMap<string, number>, training: TrainingName): string {
  const follows = trainings[training].optimizer === 'lbfgs' ? 'samples' : 'steps';
  const intervals = found.map((run) => ({
    truth: ends.get(keyOf(run)) as number,
    ...intervalAround(run.r2 as number, run.change as number, follows),
  }));
  const held = intervals.filter(({ truth, low, high }) => truth >= low && truth <= high).length;
  const halves = intervals.map(({ value, low }) => value - low).sort((a, b) => a - b);
  return `${digits((100 * held) / found.length, 3)} %, ± ${halves[Math.floor(halves.length / 2)].toFixed(2)}`;
}
