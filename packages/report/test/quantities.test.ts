import { describe, expect, it } from 'vitest';
import { formatDeviation, formatNumber, formatQuantity, formatShare, undefinedBecause } from '../src/format.ts';
import { groups, groupsOf, quantityNamed } from '../src/quantities.ts';
import { fakeDiagnosis } from './diagnoses.ts';
import { evidence } from './evidence.ts';

describe('the table of quantities', () => {
  /** Every path of a number or null. */
  const paths = (value: unknown, path = ''): string[] => {
    if (typeof value === 'number' || value === null) return [path];
    if (typeof value !== 'object' || Array.isArray(value)) return [];
    return Object.entries(value).flatMap(([key, part]) => paths(part, path === '' ? key : `${path}.${key}`));
  };

  it('has every number of an initialisation, and nothing that is none', () => {
    for (const adaptive of [false, true]) {
      const diagnosis = fakeDiagnosis({ verify: true, classes: ['a', 'b'], features: 2, adaptive });
      const [{ seed: _, ...numbers }] = diagnosis.seeds;
      const listed = groupsOf(diagnosis).flatMap(({ quantities }) => quantities.map(({ name }) => name));
      // The residual of the frozen kernel is its training error at t = ∞.
      expect([...listed, 'frozen.infinity.trainMse'].sort()).toEqual(paths(numbers).sort());
    }
  });

  it('says frozen kernel above every figure that is read off it, and forecast above none of them', () => {
    for (const { title, quantities } of groups)
      for (const { name } of quantities) {
        expect([name, /frozen kernel/i.test(title)]).toEqual([
          name,
          /^frozen|Loss\b/.test(name) && !/^Flow/.test(title),
        ]);
        if (title.startsWith('Forecast')) expect(name).toMatch(/^forecast\./);
      }
  });

  it('knows every number behind a verdict that is not only part of the sentence', () => {
    const silent = ['cutSeeds', 'seeds', 'cutJacobians', 'scaleAbove', 'scaleWithRoom', 'labels'];
    const rows = ['row', 'repeatedRow', 'contradictoryRow', 'contradictedRow'];
    for (const part of Object.values(evidence))
      for (const [name, value] of Object.entries(part))
        if (typeof value === 'number' && ![...silent, ...rows].includes(name))
          expect(quantityNamed(name)?.name).toBe(name);
  });

  it('formats by the one formatter', () => {
    const share = quantityNamed('forecast.testAccuracy')!;
    const count = quantityNamed('frozen.learnedModes')!;
    const number = quantityNamed('kappa')!;
    expect(formatQuantity(share, 0.875)).toBe(formatShare(0.875));
    expect([6.52, 12.6, 60_000].map((value) => formatQuantity(count, value))).toEqual(['6.5', '13', '60\u202f000']);
    expect(formatQuantity(number, -0.5)).toBe('−0.5');
    expect([null, Number.NaN, Number.POSITIVE_INFINITY].map((value) => formatQuantity(number, value))).toEqual([
      '–',
      '–',
      '–',
    ]);
    expect(formatDeviation(number, 100, 1.2345)).toBe(formatNumber(1.2));
    expect(formatDeviation(number, 1, 1e-12)).toBe('0');
    expect(undefinedBecause('the kernel is 0')).toBe('undefined (the kernel is 0)');
  });
});
