import { finiteFlow, heisenberg, type InputStates } from '@qntk/core';
import { describe, expect, test } from 'vitest';
import { add, multiply, type Rows, rowsOf, scale, tensor, unit } from '../../../packages/core/test/helpers/matrices.ts';
import { difference, largest } from '../../../packages/core/test/helpers/numbers.ts';
import { twirl, twirlDeviation, twirlDistance } from '../src/lemmas/twirl.ts';
import { problemOf } from '../src/problem.ts';

const seed = 20_261_125;

const trace = (a: Rows) => a.reduce((sum, row, i) => sum + row[i][0], 0);
const commutator = (a: Rows, b: Rows) => scale([0, 1], add(multiply(a, b), scale(-1, multiply(b, a))));
const swap = (d: number): Rows =>
  Array.from({ length: d * d }, (_, i) =>
    Array.from({ length: d * d }, (__, j): [number, number] => [i === (j % d) * d + Math.floor(j / d) ? 1 : 0, 0]),
  );

/** |v_j⟩⟨v_j| of a pure input. */
const projector = ({ columns, dimension: d }: InputStates, j: number): Rows =>
  Array.from({ length: d }, (_, r) =>
    Array.from({ length: d }, (__, c): [number, number] => {
      const [a, b] = [2 * (j * d + r), 2 * (j * d + c)];
      return [
        columns[a] * columns[b] + columns[a + 1] * columns[b + 1],
        columns[a + 1] * columns[b] - columns[a] * columns[b + 1],
      ];
    }),
  );

/** ‖A‖_op of a Hermitian matrix: the limit of ‖A^(2^k)‖_F^(1/2^k). */
function operatorNorm(a: Rows): number {
  let logarithm = 0;
  let power = a;
  for (let k = 0; k < 60; k++) {
    const size = Math.hypot(...power.flat(2));
    logarithm += Math.log(size) / 2 ** k;
    const unitPower = scale(1 / size, power);
    power = multiply(unitPower, unitPower);
  }
  return Math.exp(logarithm);
}

describe('Y and Δ of App. B', () => {
  const setting = { d: 3, m: 2, p: 4, gamma: 1.5, eigenvalues: [1, 0, -1] };
  const { network, labels, theta0 } = problemOf(setting, [seed]);
  const y = twirl(network, theta0);
  const delta = add(rowsOf(y), scale(-1, add(swap(3), scale(-1 / 3, unit(9)))));

  test('Y is the sum of H ⊗ H over pZ', () => {
    const sum = heisenberg(network, theta0)
      .generators.map(rowsOf)
      .map((h) => tensor(h, h))
      .reduce(add);
    expect(difference(rowsOf(y).flat(2), scale(1 / network.strength, sum).flat(2))).toBeLessThan(1e-12);
  });

  test('Δ is what K_pert is made of: tr(i[M,ρ_i] ⊗ i[M,ρ_j] Δ), Lemma 4.1', () => {
    const M = rowsOf(heisenberg(network, theta0).readout);
    const moved = [0, 1].map((j) => commutator(M, projector(network.inputs, j)));
    const wanted = moved.flatMap((a) => moved.map((b) => trace(multiply(tensor(a, b), delta))));
    const [{ perturbation }] = finiteFlow({ network, labels, theta0 }, Float64Array.of(0)).kernels;
    expect(difference(perturbation, wanted)).toBeLessThan(1e-12 * largest(wanted));
  });

  test('‖Δ‖ is the largest eigenvalue in absolute value', () => {
    expect(twirlDeviation(y)).toBeCloseTo(operatorNorm(delta), 10);
    expect(twirlDistance(y, y)).toBe(0);
  });

  test('a dimension of more than 32 is refused', () => {
    const large = problemOf({ d: 34, m: 1, p: 1, gamma: 1 }, [seed]);
    expect(() => twirl(large.network, large.theta0)).toThrow(/at most 32/);
  });
});
