import { describe, expect, it } from 'vitest';
import { firstPassage, meanLine, thin } from '../src/curves.ts';
import { formatNumber, formatR2, formatShare, formatTick, unparted } from '../src/format.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [0.91234, '0.912'],
    [-0.5, '−0.5'],
    [12.345, '12.3'],
    [60_000, '60\u202f000'],
    [1234.5, '1\u202f230'],
    [3.55e-4, '3.55·10⁻⁴'],
    [1e-22, '10⁻²²'],
    [9.999e-4, '0.001'],
    [34_567_890.1, '3.46·10⁷'],
    [null, '–'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%s is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('keeps numbers of a sentence with their signs', () => {
    expect(unparted('R² 0.9, −2 % of R² is 12 %, R² −1')).toBe('R²\u00a00.9, −2\u00a0% of R² is 12\u00a0%, R²\u00a0−1');
  });

  it('has no R² and no share of rounding', () => {
    expect([-1.3e-12, 1e-6, 0.5].map(formatShare)).toEqual(['0 %', '10⁻⁴ %', '50 %']);
    expect([null, -5e-6, 6e-4, -0.5].map(formatR2)).toEqual(['–', '0', '6·10⁻⁴', '−0.5']);
  });

  it('keeps ticks short', () => {
    expect([0.01, 1, 1000, 1e4, 2e-5].map(formatTick)).toEqual(['0.01', '1', '1000', '10⁴', '2·10⁻⁵']);
  });
});

describe('curves', () => {
  it('are thinned to their ends and evenly between', () => {
    const items = Array.from({ length: 1001 }, (_, i) => i);
    expect(thin(items, 5)).toEqual([0, 250, 500, 750, 1000]);
    expect(thin([1, 2], 5)).toEqual([1, 2]);
  });

  it('are averaged over what they share', () => {
    const line = (factor: number, to: number) => [1, 10, to].map((x) => ({ x, y: factor / x }));
    const mean = meanLine([line(1, 1000), line(3, 100)]);
    expect(mean[0]).toEqual({ x: 1, y: 2 });
    expect(mean.at(-1)?.x).toBe(100);
    for (const { x, y } of mean) expect(y).toBeCloseTo(2 / x, 12);
  });

  it('are read where the loss is first reached', () => {
    const records = [8, 4, 6, 2, 3].map((x, i) => ({ x, y: i + 1 }));
    expect(firstPassage(records)).toEqual([
      { x: 2, y: 4 },
      { x: 4, y: 2 },
      { x: 8, y: 1 },
    ]);
  });
});
