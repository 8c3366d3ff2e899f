import { describe, expect, test } from 'vitest';
import { finiteDescent, finiteFlow } from '../../src/dynamics/finite-run.ts';
import { grid } from '../helpers/numbers.ts';
import { problemOf } from './finite-setting.ts';

const seed = 20_261_123;

describe('a run', () => {
  test('of descent at ever smaller rates is the flow', () => {
    const problem = problemOf([6, 2, 8, 1.5], [seed]);
    const flow = finiteFlow(problem, grid(5, 0, 0.1));
    // Equal end times: half the rate, twice the steps.
    const off = [200, 400].map((steps) => {
      const rate = (0.4 * 2) / problem.network.strength / steps;
      const run = finiteDescent(problem, rate, Int32Array.of(0, steps / 4, steps / 2, (3 * steps) / 4, steps));
      run.times.forEach((t, k) => {
        expect(t).toBeCloseTo(0.1 * k, 12);
      });
      return run.loss[4] - flow.loss[4];
    });
    expect(flow.loss[4]).toBeLessThan(0.5 * flow.loss[0]);
    // Euler's error is first order: its extrapolation to no step at all has an error of second order.
    expect(Math.abs(off[0])).toBeGreaterThan(1e-4 * flow.loss[4]);
    expect(Math.abs(2 * off[1] - off[0])).toBeLessThan(1e-2 * Math.abs(off[0]));
  });
});
