import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { resumed } from '../../forecast/src/records.ts';
import { judged, runsWanted, type TrainingName } from './rungs.ts';
import { printTables } from './tables.ts';

/** `rungs NAME [HALF…]` computes what is missing of the records; `tables NAME [HALF…]` prints what they say. */
export function main([what, name, ...halves]: readonly string[], folder: string): void {
  const records = join(folder, 'records');
  mkdirSync(records, { recursive: true });
  const file = join(records, `rungs-${name}.jsonl`);
  const chosen = halves.length > 0 ? halves : ['design', 'held-out'];
  if (what === 'rungs')
    resumed(file, runsWanted(chosen, 3), (run) => ({ ...run, ...judged(folder, name as TrainingName, run) }));
  else printTables(file, name as TrainingName, chosen);
}
