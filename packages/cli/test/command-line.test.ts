import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandLine } from '../src/command-line.ts';

test('a call is shown as it can be typed again', () => {
  expect(commandLine(['diagnose', 'examples/moons.yaml', '--out', 'my report'])).toBe(
    "qntk diagnose examples/moons.yaml --out 'my report'",
  );
});

test('a shell reads the same words', () => {
  // Seed 1, so that a failure can be seen again.
  const words = fc.array(fc.string({ unit: 'grapheme', minLength: 0 }).map((word) => word.replaceAll('\0', '')));
  fc.assert(
    fc.property(words, (given) => {
      const program = `qntk() { for w in "$@"; do printf '%s\\0' "$w"; done; }; ${commandLine(given)}`;
      const read = execFileSync('bash', ['-c', program], { encoding: 'utf8' }).split('\0').slice(0, -1);
      expect(read).toEqual(given);
    }),
    { seed: 1, numRuns: 30 },
  );
});
