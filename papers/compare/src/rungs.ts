import { join } from 'node:path';
import { type Rung, type RungResult, rungOf, rungsOf, runSync } from '@qntk/core';
import { circuits, problemOf, sets } from '../../forecast/src/problems.ts';
import type { Run } from '../../forecast/src/records.ts';

/** The ways to train. */
const trainings = {
  lbfgs: { loss: 'mean', optimizer: 'lbfgs', steps: 300 },
  adam: { loss: 'mean', optimizer: 'adam', steps: 300, rate: 0.05 },
} as const;

export type TrainingName = keyof typeof trainings;

/** Every circuit on every data set of the halves, from so many initialisations. */
export function runsWanted(halves: readonly string[], seeds: number): Run[] {
  const chosen = sets.filter(({ half }) => halves.includes(half));
  return Array.from({ length: seeds }, (_, seed) => seed).flatMap((seed) =>
    chosen.flatMap(({ name }) => circuits.map((_, circuit) => ({ set: name, circuit, seed }))),
  );
}

/** Of the deepest circuit, on a fold: at a rate of 0.05 none of them goes far. */
const size = { parameters: 120, points: 18 };

/** The rungs of a training and, last, the whole of it. */
export function allRungs(name: TrainingName): Rung[] {
  const { steps } = trainings[name];
  return [...rungsOf(trainings[name], size), { kind: 'training', steps, whole: true }];
}

/** What every rung says of an initialisation of a circuit, by four folds of the training rows. */
export function judged(folder: string, name: TrainingName, { set, circuit, seed }: Run) {
  const { model, dataset } = problemOf(join(folder, '../forecast'), set as (typeof sets)[number]['name'], circuit);
  const results = allRungs(name).map((rung) => {
    const options = { rung, training: trainings[name], seed: 7, selection: { folds: 4 }, splitSeed: 1 } as const;
    return shortened(runSync(rungOf(model, dataset, options)(seed)));
  });
  return { results };
}

/** Four digits are enough, and the kernel is of no use here. */
export function shortened({ kernel: _, ...result }: RungResult): RungResult {
  const entries = Object.entries(result).map(([key, value]) => [
    key,
    value === null ? null : Number(value.toPrecision(4)),
  ]);
  return Object.fromEntries(entries) as RungResult;
}
