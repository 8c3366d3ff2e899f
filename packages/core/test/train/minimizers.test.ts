import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CurvaturePair, lbfgs, lbfgsMinimizer, newton, remembered } from '../../src/optimize/lbfgs.ts';
import { lineSearch } from '../../src/optimize/line-search.ts';
import { type Minimum, minimize, type Objective } from '../../src/optimize/objective.ts';
import { random } from '../../src/random/random.ts';
import { adam } from '../../src/train/adam.ts';
import { batches } from '../../src/train/batches.ts';
import { descend, type FirstOrderRule } from '../../src/train/descend.ts';
import { type DescentSettings, gradientDescent } from '../../src/train/gd.ts';

const seed = 20250;

function descended(
  objective: Objective,
  theta0: Float64Array,
  { steps, ...settings }: DescentSettings & { readonly steps: number },
): Minimum {
  return minimize(descend(theta0, { steps }, gradientDescent(settings)), objective);
}

/** Drives a generator that asks for nothing. */
function finished<Result>(work: Generator<never, Result>): Result {
  const step = work.next();
  if (!step.done) throw new Error('it asks');
  return step.value;
}

const norm = (x: Float64Array) => Math.hypot(...x);
const inner = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);

/** Σ 100(x_{i+1} − x_i²)² + (1 − x_i)². */
const rosenbrock: Objective = (x) => {
  let loss = 0;
  const gradient = new Float64Array(x.length);
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i + 1] - x[i] ** 2;
    const b = 1 - x[i];
    loss += 100 * a * a + b * b;
    gradient[i] += -400 * a * x[i] - 2 * b;
    gradient[i + 1] += 200 * a;
  }
  return { loss, gradient };
};

/** least + ½ Σ λ_i (x_i − 1)². */
const quadratic =
  (lambdas: readonly number[], least = 0): Objective =>
  (x) => ({
    loss: least + lambdas.reduce((sum, lambda, i) => sum + 0.5 * lambda * (x[i] - 1) ** 2, 0),
    gradient: x.map((value, i) => lambdas[i] * (value - 1)),
  });

const spread = (n: number, kappa: number) => Array.from({ length: n }, (_, i) => kappa ** (i / (n - 1)));

/** H·g of H ← (1 − ρsyᵀ)H(1 − ρysᵀ) + ρssᵀ from H = (sᵀy/yᵀy)·1, as a recursion on vectors. */
function denseBfgs(pairs: readonly CurvaturePair[], g: Float64Array): Float64Array {
  const last = pairs.at(-1);
  const size = last ? inner(last.s, last.y) / inner(last.y, last.y) : 1;
  const times = (k: number, v: Float64Array): Float64Array => {
    if (k < 0) return v.map((value) => size * value);
    const { s, y, rho } = pairs[k];
    const sv = inner(s, v);
    const middle = times(
      k - 1,
      v.map((value, i) => value - rho * y[i] * sv),
    );
    const ym = inner(y, middle);
    return middle.map((value, i) => value - rho * s[i] * ym + rho * s[i] * sv);
  };
  return times(pairs.length - 1, g);
}

function counted(objective: Objective): { objective: Objective; calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    objective: (x) => {
      calls++;
      return objective(x);
    },
  };
}

describe('L-BFGS', () => {
  test.each([2, 10, 40])('Rosenbrock in %i dimensions', (n) => {
    const start = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1.2));
    const { objective, calls } = counted(rosenbrock);
    const { theta, loss, iterations, evaluations, stopped } = lbfgs(objective, start, { steps: 500 });
    expect(stopped).toBe('gradient');
    expect(loss).toBeLessThan(1e-20);
    expect(Math.max(...theta.map((value) => Math.abs(value - 1)))).toBeLessThan(1e-9);
    expect(evaluations).toBe(calls());
    expect(evaluations).toBeLessThan(1.6 * iterations + 10);
  });

  test('quadratics with κ = 1e8, also above a least loss beside which decreases of the loss are rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.constantFrom(0, 1, 1e6), fc.integer(), (n, least, word) => {
        const draw = random(word);
        const start = Float64Array.from({ length: n }, () => draw.uniform(-3, 3));
        const objective = quadratic(spread(n, 1e8), least);
        const { gradient, loss, stopped } = lbfgs(objective, start, { steps: 2000 });
        // Near a least loss of 1e6 the loss says nothing about the weak directions below this.
        expect(loss - least).toBeLessThan(1e-9 * Math.max(1, least * 1e-3));
        expect(norm(gradient)).toBeLessThan(1e-9 * norm(objective(start).gradient));
        expect(['gradient', 'round-off']).toContain(stopped);
      }),
      { seed, numRuns: 60 },
    );
  });

  test('directions are those of the dense BFGS formula', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.integer(), (count, word) => {
        const draw = random(word);
        const vector = () => Float64Array.from({ length: 4 }, () => draw.normal());
        const pairs = Array.from({ length: count }, () => {
          const s = vector();
          // Positive curvature along s, as the line search ensures.
          const y = vector().map((value, i) => 0.3 * value + (2 + i) * s[i]);
          return { s, y, rho: 1 / inner(s, y) };
        }).filter(({ rho }) => rho > 0);
        const gradient = vector();
        const found = newton(pairs, gradient);
        const expected = denseBfgs(pairs, gradient);
        found.forEach((value, i) => {
          expect(value).toBeCloseTo(-expected[i], 9);
        });
      }),
      { seed, numRuns: 100 },
    );
  });

  test('the loss never rises visibly and iterations are reported one by one', () => {
    const losses: number[] = [];
    const marks: number[] = [];
    const observe = (iteration: number, theta: Float64Array) => {
      marks.push(iteration);
      losses.push(rosenbrock(theta).loss);
    };
    const { iterations } = lbfgs(rosenbrock, Float64Array.of(-1.2, 1, 2, -1), { steps: 500, observe });
    expect(marks).toEqual(Array.from({ length: iterations + 1 }, (_, k) => k));
    for (let k = 1; k < losses.length; k++) expect(losses[k]).toBeLessThan(losses[k - 1] * (1 + 1e-13));
  });

  test('takes the same path in rotated coordinates', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), (angle) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const turn = (x: Float64Array, sign: number) =>
          Float64Array.of(c * x[0] - sign * s * x[1], sign * s * x[0] + c * x[1]);
        const turned: Objective = (x) => {
          const { loss, gradient } = rosenbrock(turn(x, 1));
          return { loss, gradient: turn(gradient, -1) };
        };
        const start = Float64Array.of(-1.2, 1);
        const straight = lbfgs(rosenbrock, start, { steps: 8 });
        expect(lbfgs(turned, turn(start, -1), { steps: 8 }).loss / straight.loss).toBeCloseTo(1, 8);
      }),
      { seed, numRuns: 30 },
    );
  });

  test('steps past the edge of where the loss is defined are taken back', () => {
    const barrier: Objective = (x) => ({ loss: x[0] - Math.log(x[0]), gradient: Float64Array.of(1 - 1 / x[0]) });
    for (const start of [1e-3, 0.5, 50]) {
      const { theta, stopped } = lbfgs(barrier, Float64Array.of(start), { steps: 100 });
      expect(theta[0]).toBeCloseTo(1, 7);
      expect(stopped).not.toBe('not-finite');
    }
  });

  test('says why it stops', () => {
    const bowl = quadratic([1, 10]);
    expect(lbfgs(bowl, Float64Array.of(1, 1), { steps: 5 })).toMatchObject({ stopped: 'gradient', iterations: 0 });
    expect(lbfgs(rosenbrock, Float64Array.of(-1.2, 1), { steps: 3 })).toMatchObject({
      stopped: 'steps',
      iterations: 3,
    });
    expect(lbfgs(bowl, Float64Array.of(Number.NaN, 1), { steps: 5 }).stopped).toBe('not-finite');
    // A gradient that is pure noise on a flat loss: nothing to gain.
    const flat: Objective = () => ({ loss: 1, gradient: Float64Array.of(1e-17, -1e-17) });
    expect(lbfgs(flat, Float64Array.of(0, 0), { steps: 500 }).stopped).toBe('round-off');
  });
});

describe('line search', () => {
  /** Curves with a slope of −1 at 0 and a minimum somewhere: far, near, wavy, with a wall. */
  const curves: Record<string, (a: number) => { loss: number; slope: number }> = {
    bowl: (a) => ({ loss: (a - 1) ** 2 / 2, slope: a - 1 }),
    far: (a) => ({ loss: -a + a ** 2 / 2e4, slope: -1 + a / 1e4 }),
    near: (a) => ({ loss: -a + 1e4 * a ** 2, slope: -1 + 2e4 * a }),
    wavy: (a) => ({ loss: -a + a ** 2 / 20 + 0.9 * Math.sin(3 * a) ** 2, slope: -1 + a / 10 + 2.7 * Math.sin(6 * a) }),
    wall: (a) => ({ loss: -a - 0.1 * Math.log(2 - a) + 0.05 * a, slope: -0.95 + 0.1 / (2 - a) }),
  };

  test('ends where both strong Wolfe conditions hold, from any first step', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(curves)),
        fc.double({ min: -6, max: 4, noNaN: true }),
        (name, exponent) => {
          let farthest = 10 ** exponent;
          // biome-ignore lint/correctness/useYield: it answers without asking.
          function* at(step: number) {
            // No leap into the unknown: at most ten times as far as before.
            expect(step).toBeLessThanOrEqual(10 * farthest);
            farthest = Math.max(farthest, step);
            return { step, ...curves[name](step) };
          }
          const start = { step: 0, ...curves[name](0) };
          const found = finished(lineSearch(at, start, 10 ** exponent));
          expect(found).toBeDefined();
          expect(found!.loss).toBeLessThanOrEqual(start.loss + 1e-4 * found!.step * start.slope);
          expect(Math.abs(found!.slope)).toBeLessThanOrEqual(0.9 * Math.abs(start.slope));
        },
      ),
      { seed, numRuns: 300 },
    );
  });
});

describe('gradient descent', () => {
  test('contracts each mode by 1 − ηλ a step', () => {
    const lambdas = [0.1, 1, 3];
    const { theta, evaluations, stopped } = descended(quadratic(lambdas), new Float64Array(3), {
      steps: 25,
      rate: 0.5,
    });
    theta.forEach((value, i) => {
      expect(1 - value).toBeCloseTo((1 - 0.5 * lambdas[i]) ** 25, 14);
    });
    expect({ evaluations, stopped }).toEqual({ evaluations: 26, stopped: 'steps' });
  });

  test('stops where there is no gradient, and where nothing is finite any more', () => {
    const options = { steps: 5000, rate: 3 };
    expect(descended(quadratic([1, 1]), Float64Array.of(1, 1), options)).toMatchObject({
      stopped: 'gradient',
      iterations: 0,
    });
    const { stopped, iterations } = descended(quadratic([1]), Float64Array.of(0), options);
    expect(stopped).toBe('not-finite');
    expect(iterations).toBeLessThan(5000);
  });
});

describe('Adam', () => {
  test('follows PennyLane step by step', () => {
    const oracle = JSON.parse(readFileSync(new URL('pennylane-adam.json', import.meta.url), 'utf8'));
    const objective: Objective = (x) => ({
      loss: x.reduce((sum, value, i) => sum + 10 ** (3 - i) * (value - i) ** 4, 0),
      gradient: x.map((value, i) => 4 * 10 ** (3 - i) * (value - i) ** 3),
    });
    let compared = 0;
    minimize(
      descend(Float64Array.of(1, -2, 0.5), { steps: 20 }, adam({ rate: 0.05 })),
      objective,
      (iteration, theta) => {
        const expected = iteration === 0 ? [1, -2, 0.5] : oracle.steps[iteration - 1];
        compared++;
        theta.forEach((value, i) => {
          // PennyLane adds ε to √v before the correction, the paper's Algorithm 1 after it: of no weight against gradients of 100.
          expect(value).toBeCloseTo(expected[i], 7);
        });
      },
    );
    expect(compared).toBe(21);
  });
});

describe('momentum', () => {
  test('a mode follows z² = (1 + β − ηλ)z − β', () => {
    // Polyak 1964: on a quadratic 1 − θ obeys e(k + 1) = (1 + β − ηλ)e(k) − βe(k − 1), e(0) = 1, e(1) = 1 − ηλ.
    const [rate, momentum, lambdas] = [0.3, 0.8, [0.05, 1, 4]];
    const { theta } = descended(quadratic(lambdas), new Float64Array(3), { steps: 40, rate, momentum });
    lambdas.forEach((lambda, i) => {
      let [before, now] = [1, 1 - rate * lambda];
      for (let k = 1; k < 40; k++) [before, now] = [now, (1 + momentum - rate * lambda) * now - momentum * before];
      expect(1 - theta[i]).toBeCloseTo(now, 12);
    });
  });

  test('of 0 is plain descent, bit for bit', () => {
    const options = { steps: 30, rate: 1e-4 };
    const from = Float64Array.of(-1.2, 1, 2);
    expect(descended(rosenbrock, from, { ...options, momentum: 0 })).toEqual(descended(rosenbrock, from, options));
  });
});

describe('a minimiser as a generator', () => {
  const from = Float64Array.of(-1.2, 1, 2);
  const kinds = {
    'L-BFGS': () => lbfgsMinimizer(from, { steps: 25 }),
    'gradient descent': () => descend(from, { steps: 25 }, gradientDescent({ rate: 1e-3, momentum: 0.5 })),
    Adam: () => descend(from, { steps: 25 }, adam({ rate: 0.1 })),
  };

  test.each(Object.entries(kinds))('%s asks for what it needs and nothing else', (_, make) => {
    let asked = 0;
    const told: number[] = [];
    const found = minimize(
      make(),
      (theta) => {
        asked++;
        return rosenbrock(theta);
      },
      (iteration, theta, { loss }) => {
        told.push(iteration);
        expect(loss).toBe(rosenbrock(theta).loss);
      },
    );
    expect(asked).toBe(found.evaluations);
    expect(told).toEqual(Array.from({ length: found.iterations + 1 }, (_, k) => k));
  });

  test('L-BFGS goes on with what it remembers as if it had not stopped', () => {
    const places: { theta: Float64Array; loss: number; gradient: Float64Array }[] = [];
    minimize(lbfgsMinimizer(from, { steps: 25 }), rosenbrock, (_, theta, at) => places.push({ theta, ...at }));
    const pairs = places
      .slice(1, 13)
      .reduce<CurvaturePair[]>((known, place, k) => remembered(known, places[k], place), []);
    const again: Float64Array[] = [];
    minimize(lbfgsMinimizer(places[12].theta, { steps: 13, pairs }), rosenbrock, (_, theta) => again.push(theta));
    expect(again).toEqual(places.slice(12).map(({ theta }) => theta));
  });

  test('a state can be gone on from twice', () => {
    for (const rule of [adam({ rate: 0.1 }), gradientDescent({ rate: 1e-3, momentum: 0.9 })] as FirstOrderRule[]) {
      const { state } = rule.move(rule.start(3), rosenbrock(from).gradient);
      const frozen = structuredClone(state);
      const once = rule.move(state, Float64Array.of(1, -2, 3));
      rule.move(state, Float64Array.of(9, 9, 9));
      expect(state).toEqual(frozen);
      expect(rule.move(state, Float64Array.of(1, -2, 3))).toEqual(once);
    }
  });
});

describe('minibatches', () => {
  test('every epoch has every point once, in another order', () => {
    const of = batches(10, { size: 4, seed: 3, index: 1 });
    const epochs = [0, 1, 2].map((epoch) => [0, 1, 2].map((part) => [...of(3 * epoch + part)]));
    for (const parts of epochs) {
      expect(parts.map((part) => part.length)).toEqual([4, 4, 2]);
      expect(parts.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
    // Asked in any order, the same.
    expect([...of(4)]).toEqual(epochs[1][1]);
    expect([...batches(10, { size: 4, seed: 3, index: 2 })(0)]).not.toEqual(epochs[0][0]);
  });

  test.each([0, 11, 2.5, Number.NaN])('of %d among 10 points are refused', (size) => {
    expect(() => batches(10, { size, seed: 1, index: 0 })).toThrow(/training.batch.*from 1 to 10/);
  });
});
