import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { forecast } from './forecasts.ts';
import { limitsAndTrainings } from './limits.ts';
import { problemOf, studied } from './problems.ts';
import { type Run, resumed } from './records.ts';
import { printTables } from './tables.ts';
import { moved, planned, runsWanted, type TrainingName, trained } from './trainings.ts';

/**
 * Computes what is missing of the records of this study, or prints its tables from them.
 *
 * `truth NAME [PART…]` · `moved NAME [PART…]` · `forecast NAME JACOBIANS|default [PART…]` · `tables PART` · `limits`.
 */
export function main([what, name, ...rest]: readonly string[], folder: string): void {
  const records = join(folder, 'records');
  mkdirSync(records, { recursive: true });
  const problem = ({ set, circuit }: Run) => problemOf(folder, set, circuit);
  if (what === 'truth') {
    const work = (run: Run) => ({
      ...run,
      ...trained(problem(run), name as TrainingName, planned(problem(run), name as TrainingName, run.seed)),
    });
    resumed(join(records, `truth-${name}.jsonl`), runsWanted(partsOf(rest)), work);
  } else if (what === 'moved') {
    const work = (run: Run) => ({ ...run, ...moved(problem(run), name as TrainingName, run.seed) });
    resumed(join(records, `moved-${name}.jsonl`), runsWanted(partsOf(rest)), work);
  } else if (what === 'forecast') {
    const [budget, ...parts] = rest;
    const jacobians = budget === 'default' ? undefined : Number(budget);
    const work = (run: Run) => ({ ...run, ...forecast(problem(run), name as TrainingName, run.seed, jacobians) });
    resumed(join(records, `forecast-${name}-${budget}.jsonl`), runsWanted(partsOf(parts)), work);
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
  }
}

/** Those given, or all. */
const partsOf = (given: readonly string[]): readonly string[] =>
  given.length > 0 ? given : [...new Set(studied.map(({ part }) => part))];
