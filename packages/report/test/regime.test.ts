import type { Regime } from '@qntk/core';
import type { RegimeDocument } from '@qntk/core/dynamics';
import { describe, expect, test } from 'vitest';
import { dynamicsText, regimeWords } from '../src/index.ts';

const figure = { value: 0.1, uncertainty: 0.01 };
const spread = { mean: 0.1, std: 0, quantiles: {} };

/** Of runs that end so, where the labels permit `regime`. */
function textOf(regime: Regime, ends: readonly Regime[], exponent = figure): string {
  return dynamicsText(
    regimeWords({
      setting: {
        parameters: 4,
        train: 2,
        outputs: [{ observable: 'Z0', range: { low: -1, high: 1, exact: true }, labels: { low: -0.5, high: 0.5 } }],
        loss: 'mean',
        time: 10,
        tolerance: 0.01,
      },
      regime,
      scale: { now: 1, enough: { above: 0.5, below: null } },
      seeds: ends.map((end, seed) => ({
        seed,
        lambdaMin: 0.1,
        kernelChange: 0.1,
        loss: 0.1,
        regime: end,
        rate: figure,
        exponent,
      })),
      summary: { lambdaMin: spread, kernelChange: spread, loss: spread },
    } as unknown as RegimeDocument),
  );
}

describe('runs that end otherwise than the range permits are accounted for', () => {
  test.each([
    ['exponential', ['exponential', 'exponential'], []],
    ['exponential', ['sublinear', 'exponential'], [/In 1 of 2 runs the loss does not fall exponentially yet/]],
    ['exponential', ['sublinear', 'stagnant'], [/In 1 of 2 runs .* yet/, /In 1 of 2 runs .* no longer falls/]],
    ['sublinear', ['sublinear', 'stagnant'], [/In 1 of 2 runs .* no longer falls/]],
    ['stagnant', ['stagnant', 'stagnant'], []],
  ] as const)('%s, runs %j', (regime, ends, sentences) => {
    const text = textOf(regime, ends);
    for (const sentence of sentences) expect(text).toMatch(sentence);
    expect(text.match(/In \d of 2 runs/g) ?? []).toHaveLength(sentences.length);
  });

  test('an exponent of 5 ± 5 decides nothing', () => {
    const text = textOf('exponential', ['sublinear', 'exponential'], { value: 5, uncertainty: 5 });
    expect(text).toMatch(/^0 .*undecided/m);
    expect(text).toContain('In 1 of 2 runs the time is too short to tell an exponential from a power of t.');
    expect(text).not.toContain('yet');
  });
});
