import { batchShare, type Rung, type RungResult, rungOf, rungsOf, runSync } from '@qntk/core';
import { shortened } from '../rungs.ts';
import { problemOf, qubitsOf, readQubits } from './models.ts';
import { type PublishedCandidate, type PublishedTable, pointsOf, publishedTables } from './published.ts';

/** One candidate of a table, by its number there, and what each method says of it. */
export interface BenchmarkRun {
  readonly model: string;
  readonly set: string;
  readonly candidate: number;
  readonly seconds: number;
  readonly results: readonly RungResult[];
}

/** Their Adam draws batches of 32 rows until the loss is flat, after 403 to 10 000 steps; all take as many here. */
const planOf = (rate: number) => ({ loss: 'mean', optimizer: 'adam', steps: 1000, batch: 32, rate }) as const;

/** Rows of the 240 that are trained on. */
const points = 180;

/** Part of them that a step sees. */
const share = batchShare(planOf(0), points);

/** The rungs of the product's race for a model of so many parameters at a rate. */
export const raceRungs = (rate: number, parameters: number): readonly Rung[] =>
  rungsOf(planOf(rate), { parameters, points });

/** These of small steps and of large ones, two more short trainings, and the whole one. */
export const benchmarkMethods: readonly Rung[] = [
  ...raceRungs(0, 1),
  ...raceRungs(Infinity, 1).slice(1),
  { kind: 'training', steps: 100, whole: false, share },
  { kind: 'training', steps: 300, whole: false, share },
  { kind: 'training', steps: 1000, whole: true },
];

/** The number of a method. */
export const methodAt = (rung: Rung): number =>
  benchmarkMethods.findIndex((one) => JSON.stringify(one) === JSON.stringify(rung));

/** The first candidate of a table that is the same circuit, trained in the same way: a readout of half the qubits may be that of one. */
export function firstAlike({ model, candidates }: PublishedTable, candidate: number, features: number): number {
  const wordsOf = ({ accuracies: _, observable_type: type, ...rest }: PublishedCandidate) =>
    JSON.stringify([rest, type && readQubits(type, qubitsOf(model, rest, features))]);
  const words = wordsOf(candidates[candidate]!);
  return candidates.findIndex((other) => wordsOf(other) === words);
}

/** Qubits that take long. */
const many = 7;

/** All runs there are, table by table, few features first, but those of many qubits last. */
export function benchmarkRunsWanted(folder: string): Pick<BenchmarkRun, 'model' | 'set' | 'candidate'>[] {
  const sized = publishedTables(folder).map((table) => {
    const features = pointsOf(folder, table.set).X[0]!.length;
    const isLong = table.candidates.some((one) => qubitsOf(table.model, one, features) >= many);
    return { table, features, place: features + (isLong ? 100 : 0) };
  });
  return sized
    .sort((a, b) => a.place - b.place)
    .flatMap(({ table, features }) =>
      table.candidates.flatMap((_, candidate) =>
        firstAlike(table, candidate, features) === candidate ? [{ model: table.model, set: table.set, candidate }] : [],
      ),
    );
}

/** Every method on a candidate, by a quarter of the rows, which is kept out. */
export function benchmarkRun(
  folder: string,
  table: PublishedTable,
  candidate: number,
): Pick<BenchmarkRun, 'seconds' | 'results'> {
  const published = table.candidates[candidate]!;
  const { model, dataset, initial } = problemOf(table.model, published, pointsOf(folder, table.set));
  const before = process.cpuUsage();
  const results = benchmarkMethods.map((rung) =>
    shortened(
      runSync(
        rungOf(model, dataset, {
          rung,
          training: planOf(published.learning_rate),
          seed: 7,
          initial,
          selection: { validation: 0.25 },
          splitSeed: 1,
        })(0),
      ),
    ),
  );
  const { user, system } = process.cpuUsage(before);
  return { seconds: Number(((user + system) / 1e6).toPrecision(3)), results };
}
