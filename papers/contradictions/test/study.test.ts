import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { contradictedTable } from '../src/contradicted.ts';

const table = contradictedTable(fileURLToPath(new URL('../records', import.meta.url)));

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
