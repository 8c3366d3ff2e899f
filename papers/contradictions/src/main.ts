import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { contradictedTable } from './contradicted.ts';
import { diagnosed } from './diagnoses.ts';
import { problems } from './problems.ts';
import { recorded } from './records.ts';
import { type TrainingName, trained } from './trainings.ts';

/**
 * Computes what is missing of the records of this study, or prints its table from them.
 *
 * `train NAME` · `diagnose NAME` · `table`
 */
export function main([what, name]: readonly string[], folder: string): void {
  const records = join(folder, 'records');
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
