import { describe, expect, test } from 'vitest';
import { dop853 } from '../../src/integrate/dop853.ts';
import { createIntegrator, type Observer } from '../../src/integrate/runge-kutta.ts';
import { runSync } from '../../src/progress.ts';
import { grid } from '../helpers/numbers.ts';

/** A turning point whose distance grows: x = e^{t/10}(cos t, sin t). */
const spiral = (x: Float64Array, out: Float64Array) => {
  out[0] = 0.1 * x[0] - x[1];
  out[1] = x[0] + 0.1 * x[1];
};
const times = grid(41, 0, 0.25);

function recorder(count: number) {
  const states: Float64Array[] = Array.from({ length: count });
  const observer: Observer = {
    accept: () => true,
    record(index, x) {
      states[index] = x.slice();
      return true;
    },
  };
  return { states, observer };
}

function worst(tolerance: number): { error: number; evaluations: number } {
  const { states, observer } = recorder(times.length);
  const { evaluations } = runSync(
    createIntegrator(dop853, spiral, 2)(Float64Array.of(1, 0), times, tolerance, observer),
  );
  const errors = states.map(([a, b], k) => {
    const size = Math.exp(times[k] / 10);
    return Math.hypot(a - size * Math.cos(times[k]), b - size * Math.sin(times[k]));
  });
  return { error: Math.max(...errors), evaluations };
}

describe('the method of order 8', () => {
  test.each([1e-6, 1e-8, 1e-10, 1e-12])('is as right as asked at every time, tolerance %d', (tolerance) => {
    // Some dozens of steps add up, and the interpolant is one order lower than the step.
    expect(worst(tolerance).error).toBeLessThan(100 * tolerance);
  });

  test('is of order 8: 10⁸ times the accuracy takes about ten times the steps', () => {
    const ratio = worst(1e-13).evaluations / worst(1e-5).evaluations;
    expect(ratio).toBeGreaterThan(5);
    expect(ratio).toBeLessThan(15);
  });

  test('takes times before the first step, repeated ones, and none at all', () => {
    const few = Float64Array.of(0, 0, 1e-9, 1e-9);
    const { states, observer } = recorder(4);
    runSync(createIntegrator(dop853, spiral, 2)(Float64Array.of(1, 0), few, 1e-8, observer));
    expect(states.map(([a]) => a)).toEqual([1, 1, expect.closeTo(1, 8), expect.closeTo(1, 8)]);
    const nothing = recorder(0);
    runSync(createIntegrator(dop853, spiral, 2)(Float64Array.of(1, 0), new Float64Array(0), 1e-8, nothing.observer));
    const still = recorder(1);
    runSync(createIntegrator(dop853, () => {}, 1)(Float64Array.of(3), Float64Array.of(5), 1e-8, still.observer));
    expect(still.states).toEqual([Float64Array.of(3)]);
  });

  test('repeats a step that the observer refuses, with half the length', () => {
    const free = recorder(times.length);
    const follow = createIntegrator(dop853, spiral, 2);
    const { steps } = runSync(follow(Float64Array.of(1, 0), times, 1e-9, free.observer));
    const picky = recorder(times.length);
    let [asked, told] = [0, 0];
    const { steps: more } = runSync(
      follow(Float64Array.of(1, 0), times, 1e-9, {
        accept: () => ++asked % 3 !== 0,
        record: (index, x) => picky.observer.record(index, x) && ++told % 5 !== 0,
      }),
    );
    expect(more).toBeGreaterThan(steps);
    picky.states.forEach((state, k) => {
      expect(Math.hypot(state[0] - free.states[k][0], state[1] - free.states[k][1])).toBeLessThan(1e-7);
    });
  });

  test('keeps what the observer puts back', () => {
    // Without growth the distance is 1; the observer says so after every step.
    const turn = (x: Float64Array, out: Float64Array) => {
      out[0] = -x[1];
      out[1] = x[0];
    };
    let left = 0;
    const end = recorder(1);
    runSync(
      createIntegrator(dop853, turn, 2)(Float64Array.of(1, 0), Float64Array.of(1000), 1e-3, {
        accept(x) {
          const size = Math.hypot(x[0], x[1]);
          left = Math.max(left, Math.abs(size - 1));
          x[0] /= size;
          x[1] /= size;
          return true;
        },
        record: end.observer.record,
      }),
    );
    expect(left).toBeGreaterThan(1e-10);
    expect(Math.abs(Math.hypot(end.states[0][0], end.states[0][1]) - 1)).toBeLessThan(1e-15);
  });

  test('says where a solution ends in a pole', () => {
    const square = (x: Float64Array, out: Float64Array) => {
      out[0] = x[0] * x[0];
    };
    const { observer } = recorder(1);
    expect(() =>
      runSync(createIntegrator(dop853, square, 1)(Float64Array.of(1), Float64Array.of(2), 1e-8, observer)),
    ).toThrow(/cannot be followed beyond t = (1|0\.99)/);
  });
});
