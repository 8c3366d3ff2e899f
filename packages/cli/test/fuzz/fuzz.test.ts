import { describe, expect, test } from 'vitest';
import { bin } from '../qntk.ts';
import { commands } from './calls.ts';
import { fuzzCall } from './main.ts';
import { judged } from './run.ts';

/** Calls of `npm run fuzz -- --seed 1`, four of every command; that runs as many as one likes. */
const seed = 1;
const each = 4;
const limits = { seconds: 20, memory: 3e9 };

describe.each(commands)('hostile calls of %s end with 0 or 2, in words', (command) => {
  const calls = Array.from({ length: each }, (_, k) => k * commands.length + commands.indexOf(command));
  test.each(calls)(`--seed ${seed} --first %d --runs 1`, async (k) => {
    const call = fuzzCall(seed, k);
    const { ended, faults } = await judged(bin, call, limits);
    expect(faults, `${call.args.join(' ').slice(0, 300)}\n${ended.stderr.slice(0, 500)}`).toEqual([]);
  });
});
