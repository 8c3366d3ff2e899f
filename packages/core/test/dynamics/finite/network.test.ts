import { describe, expect, test } from 'vitest';
import {
  independentInputs,
  mixedInputs,
  orthogonalInputs,
  pureInputs,
} from '../../../src/dynamics/finite/input-states.ts';
import { kernelParts } from '../../../src/dynamics/finite/kernel-parts.ts';
import {
  defaultGenerator,
  defaultLabels,
  generalNetwork,
  networkJacobian,
  periodicNetwork,
} from '../../../src/dynamics/finite/network.ts';
import { readoutFrom, readoutOf } from '../../../src/dynamics/readout.ts';
import { commutatorKernel } from '../../../src/dynamics/theorems/commutator-kernel.ts';
import { adjoint, type Complex, product } from '../../../src/linalg/complex.ts';
import { gram } from '../../../src/linalg/matrix.ts';
import { haarUnitary } from '../../../src/random/haar.ts';
import { type Random, random } from '../../../src/random/random.ts';
import { add, dagger, exponential, multiply, type Rows, rowsOf, scale } from '../../helpers/matrices.ts';
import { difference, largest } from '../../helpers/numbers.ts';

const seed = 20_261_124;

/** V·diag(values)·V† with a Haar-random V. */
function hermitian(values: readonly number[], draw: Random): Complex {
  const V = haarUnitary(values.length, draw);
  return product(
    V.map((entry, i) => entry * values[(i >> 1) % values.length]),
    adjoint(V),
  );
}

const anglesOf = (p: number, draw: Random) => Float64Array.from({ length: p }, () => draw.uniform(0, 2 * Math.PI));

/** Re tr A. */
const trace = (a: Rows) => a.reduce((sum, row, i) => sum + row[i][0], 0);

/** i[A,B]. */
const commutator = (a: Rows, b: Rows) => scale([0, 1], add(multiply(a, b), scale(-1, multiply(b, a))));

/** U†M₀U of Eq. 1 written out, with matrix exponentials. */
function observed(
  unitaries: readonly Complex[],
  generators: readonly Complex[],
  theta: Float64Array,
  readout: Rows,
): Rows {
  let U = rowsOf(unitaries[0]);
  generators.forEach((generator, l) => {
    U = multiply(exponential(scale([0, -theta[l]], rowsOf(generator))), U);
    U = multiply(rowsOf(unitaries[l + 1]), U);
  });
  return multiply(dagger(U), multiply(readout, U));
}

const diagonal = (values: ArrayLike<number>): Rows =>
  Array.from(values, (value, i) => Array.from(values, (_, j): [number, number] => [i === j ? value : 0, 0]));

/** One network of every kind: three generators of their own, a mixed input between two pure ones. */
function mixedProblem() {
  const draw = random(seed, 1);
  const d = 5;
  const rho = hermitian([0.6, 0.3, 0.1, 0, 0], draw);
  const pure = [hermitian([1, 0, 0, 0, 0], draw), hermitian([1, 0, 0, 0, 0], draw)];
  const matrices = [pure[0], rho, pure[1]];
  const generators = [
    hermitian([2, 1, 0, -1, -2], draw),
    hermitian([1, 1, 0, -1, -1], draw),
    Float64Array.of(3, -1, -1, -1, 0),
  ];
  const unitaries = Array.from({ length: 4 }, () => haarUnitary(d, draw));
  const eigenspaces = [
    { value: 1.5, dimension: 2 },
    { value: 0.2, dimension: 1 },
    { value: -1, dimension: 2 },
  ];
  const network = generalNetwork({
    inputs: mixedInputs(matrices),
    readout: readoutFrom(eigenspaces),
    unitaries,
    generators,
  });
  const theta = anglesOf(3, draw);
  const square = generators.map((g) =>
    g.length === d
      ? Float64Array.from({ length: 2 * d * d }, (_, i) => (i % (2 * d + 2) === 0 ? g[i / (2 * d + 2)] : 0))
      : g,
  );
  const at = (angles: Float64Array) => observed(unitaries, square, angles, diagonal([1.5, 1.5, 0.2, -1, -1]));
  return { network, theta, at, matrices: matrices.map(rowsOf), generators: square };
}

describe('networks of any dimension', () => {
  test('Eq. 1 with own generators, diagonal or not, and mixed inputs is the product of matrix exponentials', () => {
    const { network, theta, at, matrices } = mixedProblem();
    const wanted = (angles: Float64Array) => matrices.map((rho) => trace(multiply(rho, at(angles))));
    const { f, J } = networkJacobian(network, theta);
    expect(difference(f, wanted(theta))).toBeLessThan(1e-12);
    for (let l = 0; l < 3; l++) {
      const [plus, minus] = [1e-5, -1e-5].map((by) => wanted(theta.with(l, theta[l] + by)));
      for (let j = 0; j < 3; j++) expect(J[j * 3 + l]).toBeCloseTo((plus[j] - minus[j]) / 2e-5, 7);
    }
  });

  test('Lemma 3.1: the kernel by commutators is JJᵀ', () => {
    const { network, theta } = mixedProblem();
    const { J } = networkJacobian(network, theta);
    const K = gram(J, 3, 3);
    expect(difference(commutatorKernel(network, theta), K)).toBeLessThan(1e-10 * largest(K));
  });

  test('K_asym is tr(i[M,ρ]i[M,ρ]), and K what it and K_pert add up to', () => {
    const { network, theta, at, matrices, generators } = mixedProblem();
    const moved = matrices.map((rho) => commutator(at(theta), rho));
    const wanted = moved.flatMap((a) => moved.map((b) => trace(multiply(a, b))));
    const { asymptotic, kernel, perturbation } = kernelParts(network, theta);
    expect(difference(asymptotic, wanted)).toBeLessThan(1e-12 * largest(wanted));
    expect(
      difference(
        kernel,
        asymptotic.map((value, i) => value + perturbation[i]),
      ),
    ).toBeLessThan(1e-14 * largest(kernel));
    // pZ = Σ tr H²/(d² − 1).
    const strength = generators.reduce((sum, h) => sum + trace(multiply(rowsOf(h), rowsOf(h))), 0) / 24;
    expect(network.strength).toBeCloseTo(strength, 12);
    const { J } = networkJacobian(network, theta);
    expect(
      difference(
        kernel,
        gram(J, 3, 3).map((value) => value / strength),
      ),
    ).toBeLessThan(1e-12 * largest(kernel));
  });

  test.each([
    ['many', 4, 3, 7],
    ['odd', 3, 2, 5],
    ['one', 2, 1, 1],
  ])('Lemma 3.1 of a periodic network: %s', (_, d, m, p) => {
    const draw = random(seed, d);
    const eigenspaces = [
      { value: 2, dimension: d - 1 },
      { value: -1, dimension: 1 },
    ];
    const inputs = independentInputs(d, m, draw);
    const network = periodicNetwork({ inputs, parameters: p, readout: readoutFrom(eigenspaces) }, draw);
    const theta = anglesOf(p, draw);
    const K = gram(networkJacobian(network, theta).J, m, p);
    expect(difference(commutatorKernel(network, theta), K)).toBeLessThan(1e-10 * largest(K));
  });

  test.each([2, 3, 7, 32])('the usual generator of dimension %i has no trace and Z = 1', (d) => {
    const h = defaultGenerator(d);
    expect(h.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(h.reduce((sum, value) => sum + value * value, 0) / (d * d - 1)).toBeCloseTo(1, 12);
    if (d % 2 === 0) expect(h[0]).toBeCloseTo(Math.sqrt(d - 1 / d), 12);
  });

  test('half of the labels are +1', () => {
    expect([...defaultLabels(4)]).toEqual([1, 1, -1, -1]);
    expect([...defaultLabels(1)]).toEqual([1]);
  });
});

describe('what cannot be is refused with a reason', () => {
  const draw = random(seed, 2);
  const inputs = orthogonalInputs(4, 2, draw);
  const readout = readoutOf(4);
  const periodic = (more: object) => () => periodicNetwork({ inputs, parameters: 3, readout, ...more }, draw);
  test.each([
    ['no parameters', periodic({ parameters: 0 }), /parameters: found 0/],
    ['a generator with a trace', periodic({ generator: Float64Array.of(1, 1, 1, -1) }), /trace 2, expected 0/],
    [
      'a generator that is 0',
      periodic({ generator: new Float64Array(4) }),
      /generators\[0\]: found a matrix of norm 0/,
    ],
    ['a generator of another size', periodic({ generator: new Float64Array(5) }), /5 numbers, expected 4 or 32/],
    ['a readout of another size', periodic({ readout: readoutOf(6) }), /dimension 6.*inputs, 4/],
    ['a readout of one value', () => readoutOf(4, [1]), /found the single eigenvalue 1,/],
    ['a balanced readout in an odd dimension', () => readoutOf(5), /d: found 5, expected a multiple of 2/],
    ['γ = 0', () => readoutOf(4, [1, -1], 0), /expected a positive number/],
    [
      'more orthogonal inputs than dimensions',
      () => orthogonalInputs(3, 4, draw),
      /4 orthogonal states in dimension 3/,
    ],
    [
      'an input that is not normalised',
      () => pureInputs(2, Float64Array.of(1, 0, 1, 0)),
      /inputs\[0\]: found a state of norm 2/,
    ],
    [
      'an input of trace 2',
      () => mixedInputs([Float64Array.of(1, 0, 0, 0, 0, 0, 1, 0)]),
      /inputs\[0\]: found a state of trace 2/,
    ],
    ['an input that is negative', () => mixedInputs([Float64Array.of(2, 0, 0, 0, 0, 0, -1, 0)]), /eigenvalue -1/],
    [
      'an input that is not Hermitian',
      () => mixedInputs([Float64Array.of(1, 0, 1, 0, 0, 0, 0, 0)]),
      /inputs\[0\]: .*not Hermitian/,
    ],
    ['no input', () => mixedInputs([]), /found none/],
    [
      'a generator that is not Hermitian',
      periodic({ generator: haarUnitary(4, draw) }),
      /generators\[0\]: .*not Hermitian/,
    ],
    [
      'no generator',
      () => generalNetwork({ inputs, readout, unitaries: [], generators: [] }),
      /generators: found none/,
    ],
    [
      'too few unitaries',
      () => generalNetwork({ inputs, readout, unitaries: [], generators: [inputs.columns] }),
      /expected 2/,
    ],
  ])('%s', (_, attempt, message) => {
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ name: 'InputError' }));
  });
});
