import { bind, outputs } from '@qntk/core';
import { expect, test } from 'vitest';
import { figureLaws } from '../../test/laws.ts';
import { figures } from '../src/figures.ts';
import { kinds } from '../src/kinds.ts';
import { type NetworkSpec, networkOf, thetaOf } from '../src/networks.ts';
import { sources, standardSpec } from '../src/sweep/setting.ts';

const claims = figures.flatMap((figure) => figure.claims);

test('every claim has a criterion', () => {
  for (const { criterion, where } of claims) {
    expect(criterion.length).toBeGreaterThan(20);
    expect(where).not.toBe('');
  }
  expect(claims.length).toBeGreaterThanOrEqual(15);
});

figureLaws(figures, kinds, /^d-/);

test('layers of RY, RZ and a ring of CZ read out by Z₀ are odd under x → x + π, those of the Ising ring are not', () => {
  const oddness = (ansatz: NetworkSpec['ansatz'], frequency: NetworkSpec['frequency']): number => {
    const spec = { ...standardSpec(sources.tfim)({ ansatz, frequency }), layers: 5, split: 1, steps: 0 };
    const { model } = networkOf(spec);
    const [a, b] = outputs(model, thetaOf(model, 0), bind(model, Float64Array.of(0.3, 0.3 + Math.PI)));
    return Math.abs(a! + b!);
  };
  for (const frequency of ['low', 'high'] as const) {
    expect(oddness('hea', frequency)).toBeLessThan(1e-12);
    expect(oddness('hva', frequency)).toBeGreaterThan(1e-3);
  }
});
