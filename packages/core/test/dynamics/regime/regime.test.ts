import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitDecay } from '../../../src/dynamics/regime/decay.ts';
import { conservedCharge, regimeOfRanges } from '../../../src/dynamics/regime/regime.ts';
import { solve } from '../../../src/integrate/solve.ts';

/** One sample in the over-parameterised limit: dŷ/dt = 2(γ² − ŷ²)(y − ŷ), and its loss ½(y − ŷ)². */
function oneSample(gamma: number, y: number, end: number, count = 200) {
  const times = Float64Array.from({ length: count }, (_, k) => (end * (k + 1)) / count);
  const { states } = solve(
    ([f]) => Float64Array.of(2 * (gamma ** 2 - f ** 2) * (y - f)),
    Float64Array.of(0),
    times,
    1e-13,
  );
  const outputs = states.map(([f]) => f);
  return { times, outputs, losses: outputs.map((f) => 0.5 * (y - f) ** 2) };
}

describe('a regime by where the labels lie', () => {
  const range = (gamma: number) => ({ low: -gamma, high: gamma });
  test.each([
    [1.01, 'exponential'],
    [1, 'sublinear'],
    [0.99, 'stagnant'],
  ])('labels ±1 and γ = %d: %s', (gamma, regime) => {
    const found = regimeOfRanges([1, -1, 0.3], [range(gamma)]);
    expect(found.regime).toBe(regime);
    expect(found.enough!.above).toBeCloseTo(1 / gamma, 14);
    expect(found.enough!.below).toBeNull();
  });

  test('scaled to the factor it names, and a little more or less, it is the regime it names', () => {
    const number = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 5 }), number, number, (labels, low, high) => {
        const mixed = labels.map((label, i) => (i % 2 ? -label : label));
        const { enough } = regimeOfRanges(mixed, [{ low: -low, high }]);
        const at = (s: number) => regimeOfRanges(mixed, [{ low: -s * low, high: s * high }]).regime;
        expect([0.999, 1, 1.001].map((s) => at(s * enough!.above))).toEqual(['stagnant', 'sublinear', 'exponential']);
      }),
      { seed: 41 },
    );
  });

  test('no scale moves an edge at 0, and none turns its sign', () => {
    expect(regimeOfRanges([0, 0.5], [{ low: 0, high: 1 }])).toEqual({ regime: 'sublinear', enough: null });
    expect(regimeOfRanges([-0.1], [{ low: 0, high: 1 }])).toEqual({ regime: 'stagnant', enough: null });
    expect(regimeOfRanges([-1], [{ low: 1, high: 2 }])).toEqual({ regime: 'stagnant', enough: null });
  });

  test('each output has its own range', () => {
    const ranges = [
      { low: -1, high: 1 },
      { low: -3, high: 3 },
    ];
    expect(regimeOfRanges([0.5, 2, -0.5, 0], ranges)).toMatchObject({
      regime: 'exponential',
      enough: { above: 2 / 3 },
    });
    expect(regimeOfRanges([2, 0.5], ranges).regime).toBe('stagnant');
  });

  test('a range on one side of 0 is left by too large a scale as well', () => {
    expect(regimeOfRanges([3], [{ low: 1, high: 2 }]).enough).toEqual({ above: 1.5, below: 3 });
    expect(regimeOfRanges([1, 3], [{ low: 1, high: 2 }]).enough).toBeNull();
  });
});

describe('the fit of a loss curve', () => {
  const grid = Array.from({ length: 120 }, (_, k) => 0.1 * 1.05 ** k);
  test.each([0.3, 2, 3.7])('finds the exponent %d of a power law, whatever its origin', (alpha) => {
    for (const origin of [-0.05, 0, 3]) {
      const { regime, exponent } = fitDecay(
        grid,
        grid.map((t) => 7 * (t + origin) ** -alpha),
      )!;
      expect(regime).toBe('sublinear');
      // Rates are differences over steps of 5 %: off by 0.05²/12.
      expect(Math.abs(exponent!.value / alpha - 1)).toBeLessThan(3e-4);
    }
  });

  test('finds the rate of an exponential to rounding, and no exponent', () => {
    const { regime, rate, exponent } = fitDecay(
      grid,
      grid.map((t) => 3 * Math.exp(-0.7 * t)),
    )!;
    expect([regime, exponent]).toEqual(['exponential', null]);
    expect(rate.value).toBeCloseTo(0.7, 12);
    expect(rate.uncertainty).toBeLessThan(1e-12);
  });

  test('two exponentials are no power law', () => {
    const two = grid.map((t) => Math.exp(-1.5 * t) + 1e-6 * Math.exp(-0.5 * t));
    expect(fitDecay(grid, two)).toMatchObject({ regime: 'exponential', exponent: null });
  });

  test('a limit above 0 is where it stagnates, however far it fell before', () => {
    expect(
      fitDecay(
        grid,
        grid.map((t) => Math.exp(-t) + 1e-6),
      )!.regime,
    ).toBe('stagnant');
  });

  test('stops where losses are rounding', () => {
    const curve = grid.map((t) => Math.exp(-4 * t) + 1e-30);
    expect(fitDecay(grid, curve)!.rate.value).toBeCloseTo(4, 4);
  });

  test('few records have no fit', () => {
    expect(fitDecay([1, 2, 3], [3, 2, 1])).toBeNull();
  });
});

describe('one sample in the limit', () => {
  test.each([1.2, 2, 4])('γ = %d: the terminal rate is 4(γ² − 1) within its uncertainty', (gamma) => {
    const { times, losses } = oneSample(gamma, 1, 30 / (gamma ** 2 - 1));
    const { regime, rate } = fitDecay(times, losses)!;
    expect(regime).toBe('exponential');
    expect(Math.abs(rate.value - 4 * (gamma ** 2 - 1))).toBeLessThan(rate.uncertainty + 1e-6);
    expect(rate.uncertainty).toBeLessThan(0.01 * rate.value);
  });

  test('γ = 1: L = 1/(32t²), the exponent is 2 within its uncertainty', () => {
    const { times, losses } = oneSample(1, 1, 1000);
    const { regime, exponent } = fitDecay(times, losses)!;
    expect(regime).toBe('sublinear');
    expect(Math.abs(exponent!.value - 2)).toBeLessThan(exponent!.uncertainty);
    expect(exponent!.uncertainty).toBeLessThan(0.01);
  });

  test('γ < 1: stagnant', () => {
    const { times, losses } = oneSample(0.8, 1, 50);
    expect(losses.at(-1)).toBeCloseTo(0.5 * 0.2 ** 2, 12);
    expect(fitDecay(times, losses)!.regime).toBe('stagnant');
  });

  // K = 2(γ² − ŷ²) and dK/dt = −2με give μ = −2ŷK, so that C = 2(γ² − y²) + 2ε²: constant to second order in what is left.
  test.each([
    [2, 6],
    [1, 0],
    [0.8, 4 * 0.8 * (0.8 - 1)],
  ])('γ = %d: C = K − 2λε ends at %d', (gamma, charge) => {
    const { outputs } = oneSample(gamma, 1, 2000);
    const found = outputs.map((f) => {
      const kernel = 2 * (gamma ** 2 - f ** 2);
      return conservedCharge(kernel, -2 * f * kernel, f - 1);
    });
    expect(found.at(-1)).toBeCloseTo(charge, 6);
  });
});
