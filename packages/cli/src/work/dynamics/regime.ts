import { commandCosts, secondsFor, sizesOf } from '@qntk/core';
import { regimeDocument, regimeProblem } from '@qntk/core/dynamics';
import { regimeWords } from '@qntk/report';
import { regimeKind } from '@qntk/study';
import type { Listener, Outcome } from '../../command.ts';
import { readProblem } from '../../spec/problem.ts';
import { checkMemory, sizesInWords, workInWords } from '../threads.ts';
import { checkTime } from '../time.ts';
import { outcomeOf } from './results.ts';
import { runSeeds } from './seeds.ts';

interface Given {
  readonly spec: string;
  readonly seeds?: number;
  readonly tolerance?: number;
  readonly out?: string;
}

export async function run({ spec: file, seeds, tolerance, out }: Given, listener: Listener): Promise<Outcome> {
  const { model, dataset, circuit, spec, placing } = readProblem(file, listener);
  const { seeds: planned, seed, ...initial } = spec.initial;
  const { loss, steps, rate } = spec.training;
  const asked = { seed, initial, loss, steps, rate, ...(tolerance !== undefined && { tolerance }) };
  const counts = { train: dataset.train.length, test: dataset.test.length };
  const points = counts.train + counts.test;
  // The flow is followed, however closely.
  const costOf = (most: number) =>
    commandCosts.diagnose(sizesOf(model), { ...counts, tolerance: tolerance ?? 1, steps: most, verify: false });
  const cost = costOf(steps);
  placing(() => checkMemory(cost, sizesInWords(model, points)));
  placing(() => checkTime(costOf(1), seeds ?? planned, workInWords(model, points), listener));
  const problem = placing(() => regimeProblem(model, dataset, asked));
  const ensemble = {
    kind: regimeKind,
    spec: { model: spec.model, options: problem.options },
    data: { dataset, ...(circuit && { circuit }) },
    seeds: Array.from({ length: seeds ?? planned }, (_, index) => index),
    seconds: secondsFor(cost),
  };
  const { results, found } = await runSeeds(ensemble, { out, bytes: cost.bytes }, listener).catch((error) =>
    placing(() => {
      throw error;
    }),
  );
  const document = regimeDocument(problem, results);
  return outcomeOf({ words: regimeWords(document), document, saved: document, out, found });
}
