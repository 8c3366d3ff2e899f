import { join } from 'node:path';
import { certifiedLimit } from '@qntk/core';
import { problemOf, studied } from './problems.ts';
import { runsOf } from './records.ts';
import { trainings } from './trainings.ts';

/** All trainings of the records beside the certificate of their encoding: how many end below it, and how near the best come. */
export function limitsAndTrainings(folder: string) {
  const files = Object.keys(trainings).map((name) => join(folder, 'records', `truth-${name}.jsonl`));
  const runs = files.flatMap((file) => runsOf(file));
  return studied.flatMap(({ name, circuits }) =>
    circuits.flatMap((_, circuit) => {
      const { model, dataset } = problemOf(folder, name, circuit);
      const { mse, gap, basis } = certifiedLimit(model, dataset);
      if (mse === null || gap === null || basis !== 'states') return [];
      const reached = runs
        .filter((run) => run.set === name && run.circuit === circuit)
        .map((run) => run.trainMse as number);
      return [{ bound: mse - gap, gap, reached }];
    }),
  );
}
