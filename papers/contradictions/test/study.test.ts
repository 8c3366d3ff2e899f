import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { adviceTable } from '../src/advice-table.ts';
import { contradictedTable } from '../src/contradicted.ts';

const records = fileURLToPath(new URL('../records', import.meta.url));
const table = contradictedTable(records);

describe('the table of contradicted sentences', () => {
  test('is that of docs/verdicts.md', () => {
    const page = readFileSync(new URL('../../../docs/verdicts.md', import.meta.url), 'utf8');
    expect(page).toContain(table);
  });

  test('certain sentences are never contradicted', () => {
    const certain = table.split('\n').filter((line) => line.includes('| certain |'));
    expect(certain.length).toBeGreaterThan(3);
    for (const line of certain) {
      const cells = line.split(' | ');
      expect([cells[4], cells[8]]).toEqual(['0', '0']);
    }
  });
});

describe('the table of advice', () => {
  const advice = adviceTable(records);

  test('is that of docs/verdicts.md', () => {
    const page = readFileSync(new URL('../../../docs/verdicts.md', import.meta.url), 'utf8');
    expect(page).toContain(advice);
  });

  test('on the held-out half nine of ten are right, and one of twenty certainly wrong at most', () => {
    const all = advice.split('\n').filter((line) => /^\| all .* \| held-out/.test(line));
    expect(all.length).toBe(2);
    for (const line of all) {
      const [, , said, better, , , worse] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => Number(cell.trim()));
      expect(better).toBeGreaterThanOrEqual(0.9 * said);
      expect(worse).toBeLessThanOrEqual(said / 20);
    }
  });
});
