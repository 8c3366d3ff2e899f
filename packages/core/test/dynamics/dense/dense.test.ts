import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DenseCircuit, DenseJacobian } from '../../../src/dynamics/dense/dense.ts';
import { denseReference } from '../../../src/dynamics/dense/reference.ts';
import { createDenseWasm, denseWasm } from '../../../src/dynamics/dense/wasm.ts';
import { haarUnitary } from '../../../src/random/haar.ts';
import { type Random, random } from '../../../src/random/random.ts';
import { createMachine } from '../../../src/wasm/machine.ts';

const seed = 4711;

/** p Haar unitaries; M₀ and H (or one H a layer) of as many distinct eigenvalues as asked for. */
function circuitOf(d: number, p: number, distinct: number, draw: Random, own = false): DenseCircuit {
  const values = Array.from({ length: distinct }, () => draw.normal());
  // Of each eigenvalue as many as of the others, where that is possible, in any order.
  const diagonal = (length = d) => Float64Array.from(draw.permutation(length), (k) => values[k % distinct]);
  return {
    dimension: d,
    unitaries: Array.from({ length: p }, () => haarUnitary(d, draw)),
    generator: diagonal(own ? p * d : d),
    readout: diagonal(),
  };
}

/** m orthonormal states where that many fit, else just normalised ones: rows of Haar unitaries. */
function statesOf(d: number, m: number, draw: Random): Float64Array {
  const rows = Array.from({ length: m }, () => haarUnitary(d, draw).subarray(0, 2 * d));
  return Float64Array.from(rows.flatMap((row) => [...row]));
}

const anglesOf = (p: number, draw: Random) => Float64Array.from({ length: p }, () => draw.uniform(0, 2 * Math.PI));

const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function expectEqual(found: Float64Array, wanted: Float64Array): void {
  expect(found.length).toBe(wanted.length);
  const difference = largest(found.map((value, i) => value - wanted[i]));
  expect(difference).toBeLessThanOrEqual(1e-12 * Math.max(1, largest(wanted)));
}

describe('dense circuits', () => {
  test('Haar unitaries are unitary, and traces have the moments of the ensemble', () => {
    const draw = random(seed);
    const n = 6;
    const traces = Array.from({ length: 400 }, () => {
      const u = haarUnitary(n, draw);
      for (let r = 0; r < n; r++)
        for (let s = 0; s < n; s++) {
          let re = 0;
          let im = 0;
          for (let c = 0; c < n; c++) {
            const [a, b] = [2 * (r * n + c), 2 * (s * n + c)];
            re += u[a] * u[b] + u[a + 1] * u[b + 1];
            im += u[a + 1] * u[b] - u[a] * u[b + 1];
          }
          expect(Math.hypot(re - (r === s ? 1 : 0), im)).toBeLessThan(1e-14 * n);
        }
      let [re, im] = [0, 0];
      for (let r = 0; r < n; r++) {
        re += u[2 * (r * n + r)];
        im += u[2 * (r * n + r) + 1];
      }
      return [re, im];
    });
    // E tr = 0 and E|tr|² = 1 with variance 1 (Diaconis and Shahshahani 1994): five standard errors.
    const error = 5 / Math.sqrt(traces.length);
    const mean = (f: (trace: number[]) => number) => traces.reduce((sum, t) => sum + f(t), 0) / traces.length;
    expect(Math.abs(mean(([re]) => re))).toBeLessThan(error);
    expect(Math.abs(mean(([, im]) => im))).toBeLessThan(error);
    expect(Math.abs(mean(([re, im]) => re * re + im * im) - 1)).toBeLessThan(error);
  });

  test('outputs of a two-level circuit are known', () => {
    // H = Z between two Hadamards: ⟨Z⟩ = cos 2θ, as exp(−iθZ) has no half.
    const h = Math.SQRT1_2;
    const circuit: DenseCircuit = {
      dimension: 2,
      unitaries: [Float64Array.of(h, 0, h, 0, h, 0, -h, 0)],
      generator: Float64Array.of(1, -1),
      readout: Float64Array.of(1.5, -1.5),
    };
    for (const engine of [denseReference, denseWasm, createDenseWasm(createMachine())]) {
      const { f, J } = engine.prepare(circuit, Float64Array.of(h, 0, h, 0)).jacobian(Float64Array.of(0.3));
      expect(f[0]).toBeCloseTo(1.5 * Math.cos(0.6), 14);
      expect(J[0]).toBeCloseTo(-3 * Math.sin(0.6), 14);
    }
  });

  test.each([false, true])('the reference derivative is that of the outputs, own generators: %s', (own) => {
    const draw = random(seed, 1);
    const simulator = denseReference.prepare(circuitOf(5, 4, 5, draw, own), statesOf(5, 3, draw));
    const theta = anglesOf(4, draw);
    const { f, J } = simulator.jacobian(theta);
    expectEqual(simulator.outputs(theta), f);
    for (let l = 0; l < 4; l++) {
      const moved = (by: number) => simulator.outputs(theta.with(l, theta[l] + by));
      const [plus, minus] = [moved(1e-5), moved(-1e-5)];
      for (let j = 0; j < 3; j++) expect(J[j * 4 + l]).toBeCloseTo((plus[j] - minus[j]) / 2e-5, 8);
    }
  });

  test('the fast engine equals the reference, whatever the shape', () => {
    const shape = fc.record({
      d: fc.integer({ min: 1, max: 22 }),
      m: fc.integer({ min: 1, max: 9 }),
      p: fc.integer({ min: 0, max: 5 }),
      distinct: fc.integer({ min: 1, max: 3 }),
      own: fc.boolean(),
      word: fc.integer(),
    });
    fc.assert(
      fc.property(shape, ({ d, m, p, distinct, own, word }) => {
        const draw = random(seed, word);
        const circuit = circuitOf(d, p, distinct, draw, own);
        const states = statesOf(d, m, draw);
        const fast = denseWasm.prepare(circuit, states);
        const slow = denseReference.prepare(circuit, states);
        // Twice: nothing is left behind by a call.
        for (const theta of [anglesOf(p, draw), anglesOf(p, draw)]) {
          const found: DenseJacobian = fast.jacobian(theta);
          const wanted = slow.jacobian(theta);
          expectEqual(found.f, wanted.f);
          expectEqual(found.J, wanted.J);
          expectEqual(fast.outputs(theta), wanted.f);
          expectEqual(fast.states(theta), slow.states(theta));
        }
      }),
      { seed, numRuns: 200 },
    );
  });

  test.each([
    [32, 4, 80],
    [64, 4, 20],
    [32, 1, 60],
  ])('the fast engine equals the reference at d = %i, m = %i, p = %i', (d, m, p) => {
    const draw = random(seed, d, m, p);
    const circuit = circuitOf(d, p, 2, draw);
    const states = statesOf(d, m, draw);
    const theta = anglesOf(p, draw);
    const found = denseWasm.prepare(circuit, states).jacobian(theta);
    const wanted = denseReference.prepare(circuit, states).jacobian(theta);
    expectEqual(found.f, wanted.f);
    expectEqual(found.J, wanted.J);
  });
});
