import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ForecastBasis } from '@qntk/core';
import { advised } from './advice.ts';
import { adviceTable } from './advice-table.ts';
import { contradictedTable } from './contradicted.ts';
import { diagnosed } from './diagnoses.ts';
import { advisedProblems, problems } from './problems.ts';
import { recorded } from './records.ts';
import { type TrainingName, trained } from './trainings.ts';

/**
 * Computes what is missing of the records of this study, or prints its table from them.
 *
 * `train NAME` · `diagnose NAME` · `table` · `advise NAME forecast|measured design|held-out` · `advice`
 */
export function main([what, name, ...more]: readonly string[], folder: string): void {
  const records = join(folder, 'records');
  if (what === 'advice') {
    console.log(adviceTable(records));
    return;
  }
  if (what === 'advise') {
    const [basis, half] = more as [ForecastBasis, string];
    const own = advisedProblems(join(folder, '..', 'compare')).filter((problem) => problem.half === half);
    recorded(join(records, `advised-${name}-${basis}.jsonl`), own, (problem) =>
      advised(problem, name as TrainingName, basis),
    );
    return;
  }
  if (what === 'table') {
    console.log(contradictedTable(records));
    return;
  }
  mkdirSync(records, { recursive: true });
  const all = problems(join(folder, '..', 'forecast'));
  const training = name as TrainingName;
  if (what === 'train')
    recorded(join(records, `trained-${training}.jsonl`), all, (problem) => trained(problem, training));
  else recorded(join(records, `diagnosed-${training}.jsonl`), all, (problem) => diagnosed(problem, training));
}
