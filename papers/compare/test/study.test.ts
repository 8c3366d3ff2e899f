import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { judged } from '../src/rungs.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

test('a run gives its record again', () => {
  const [line] = readFileSync(`${folder}/records/rungs-lbfgs.jsonl`, 'utf8').split('\n');
  const { results, ...run } = JSON.parse(line!);
  const again = judged(folder, 'lbfgs', run).results;
  // L-BFGS on another machine's arithmetic ends a little elsewhere; the first rungs are the same to four digits.
  expect(again.slice(0, 2)).toEqual(results.slice(0, 2));
  for (const [k, { r2 }] of again.entries()) expect(r2).toBeCloseTo(results[k].r2, 2);
});
