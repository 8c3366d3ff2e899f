import { describe, expect, test } from 'vitest';
import { denseLoss } from '../../src/dynamics/dense/loss.ts';
import { denseReference } from '../../src/dynamics/dense/reference.ts';
import { denseWasm } from '../../src/dynamics/dense/wasm.ts';
import { solve } from '../../src/integrate/solve.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';

/** A turning point whose distance grows: x = e^{t/10}(cos t, sin t). */
const spiral = (x: Float64Array) => Float64Array.of(0.1 * x[0] - x[1], x[0] + 0.1 * x[1]);
const times = Float64Array.from({ length: 41 }, (_, k) => k / 4);

function worst(tolerance: number): { error: number; evaluations: number } {
  const { states, evaluations } = solve(spiral, Float64Array.of(1, 0), times, tolerance);
  const errors = states.map(([a, b], k) => {
    const size = Math.exp(times[k] / 10);
    return Math.hypot(a - size * Math.cos(times[k]), b - size * Math.sin(times[k]));
  });
  return { error: Math.max(...errors), evaluations };
}

describe('Runge-Kutta', () => {
  test.each([1e-4, 1e-6, 1e-8, 1e-10])('is as right as asked at every time, tolerance %d', (tolerance) => {
    // Some dozens of steps add up, and the interpolant is one order lower than the step.
    expect(worst(tolerance).error).toBeLessThan(100 * tolerance);
  });

  test('is of fifth order: a hundred thousand times the accuracy takes about ten times the steps', () => {
    const ratio = worst(1e-11).evaluations / worst(1e-6).evaluations;
    expect(ratio).toBeGreaterThan(5);
    expect(ratio).toBeLessThan(15);
  });

  test('takes times before the first step, and none at all', () => {
    const { states } = solve(spiral, Float64Array.of(1, 0), Float64Array.of(0, 0, 1e-9), 1e-8);
    expect(states.map(([a]) => a)).toEqual([1, 1, expect.closeTo(1, 8)]);
    expect(solve(spiral, Float64Array.of(1, 0), new Float64Array(0), 1e-8).states).toEqual([]);
    const still = solve(() => new Float64Array(1), Float64Array.of(3), Float64Array.of(5), 1e-8);
    expect(still.states).toEqual([Float64Array.of(3)]);
  });

  test('says where a solution ends in a pole', () => {
    const square = (x: Float64Array) => x.map((value) => value * value);
    expect(() => solve(square, Float64Array.of(1), Float64Array.of(2), 1e-8)).toThrow(
      /cannot be followed beyond t = (1|0\.99)/,
    );
  });
});

test('the gradient flow of a dense circuit is the limit of ever smaller Euler steps', () => {
  const draw = random(11);
  const [d, m, p] = [4, 2, 6];
  const circuit = {
    dimension: d,
    unitaries: Array.from({ length: p }, () => haarUnitary(d, draw)),
    generator: Float64Array.of(1, 1, -1, -1),
    readout: Float64Array.of(1, 1, -1, -1),
  };
  const states = haarUnitary(d, draw).slice(0, 2 * d * m);
  const y = Float64Array.of(1, -1);
  const theta0 = Float64Array.from({ length: p }, () => draw.uniform(0, 2 * Math.PI));
  const simulator = denseWasm.prepare(circuit, states);
  const flow = (theta: Float64Array) => denseLoss(simulator.jacobian(theta), y, 'mean').gradient.map((value) => -value);
  const {
    states: [end],
  } = solve(flow, theta0, Float64Array.of(1), 1e-9);
  const loss = (theta: Float64Array) =>
    denseLoss(denseReference.prepare(circuit, states).jacobian(theta), y, 'mean').loss;
  const euler = (steps: number) => {
    let theta = theta0;
    for (let k = 0; k < steps; k++) {
      const slope = flow(theta);
      theta = theta.map((value, i) => value + slope[i] / steps);
    }
    return loss(theta);
  };
  // Euler's error is first order: its extrapolation to no step at all has an error of second order.
  const extrapolated = 2 * euler(4000) - euler(2000);
  expect(Math.abs(extrapolated - loss(end))).toBeLessThan(1e-6 * loss(theta0));
  expect(loss(end)).toBeLessThan(0.5 * loss(theta0));
});
