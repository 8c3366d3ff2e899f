import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { accuracies, accuracyTable, ofClasses } from './accuracies.ts';
import { forecast } from './forecasts.ts';
import { limitsAndTrainings } from './limits.ts';
import { problemOf, type sets } from './problems.ts';
import { type Run, resumed } from './records.ts';
import { printTables } from './tables.ts';
import { runsWanted, type TrainingName, trained } from './trainings.ts';

/**
 * Computes what is missing of the records of this study, or prints its tables from them.
 *
 * `truth NAME` · `forecast NAME JACOBIANS|default` · `accuracy NAME` · `tables HALF` · `limits`; before HALF data sets of both halves where left out.
 */
export function main([what, name, ...rest]: readonly string[], folder: string): void {
  const records = join(folder, 'records');
  mkdirSync(records, { recursive: true });
  const problem = ({ set, circuit }: Run) => problemOf(folder, set as (typeof sets)[number]['name'], circuit);
  if (what === 'truth') {
    const work = (run: Run) => ({ ...run, ...trained(problem(run), name as TrainingName, run.seed) });
    resumed(join(records, `truth-${name}.jsonl`), runsWanted(halvesOf(rest), 2), work);
  } else if (what === 'forecast') {
    const [budget, ...halves] = rest;
    const jacobians = budget === 'default' ? undefined : Number(budget);
    const work = (run: Run) => ({ ...run, ...forecast(problem(run), name as TrainingName, run.seed, jacobians) });
    resumed(join(records, `forecast-${name}-${budget}.jsonl`), runsWanted(halvesOf(halves), 2), work);
  } else if (what === 'accuracy') {
    const work = (run: Run) => ({ ...run, ...accuracies(problem(run), name as TrainingName, run.seed) });
    const wanted = runsWanted(halvesOf(rest), 1).filter(({ set }) => ofClasses.some((known) => known === set));
    resumed(join(records, `accuracy-${name}.jsonl`), wanted, work);
  } else if (what === 'limits') {
    const found = limitsAndTrainings(folder);
    const all = found.flatMap(({ bound, reached }) => reached.map((mse) => ({ bound, mse })));
    // Training errors are kept to four digits.
    const below = all.filter(({ bound, mse }) => mse < bound * (1 - 1e-3) - 1e-12).length;
    const positive = found.filter(({ bound }) => bound > 1e-3);
    const near = positive.filter(({ bound, reached }) => Math.min(...reached) < 1.1 * bound).length;
    console.log(`${all.length} trainings of ${found.length} circuits and data sets: ${below} below the certificate`);
    console.log(`${positive.length} certificates above 1e-3; the best training is within 10 % of ${near} of them`);
  } else {
    printTables(records, name);
    console.log(`## Share of right classes, ${name}\n\n${accuracyTable(records, name)}`);
  }
}

const halvesOf = (given: readonly string[]): readonly string[] => (given.length > 0 ? given : ['design', 'held-out']);
