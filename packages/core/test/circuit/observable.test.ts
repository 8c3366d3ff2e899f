import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitCount, parseObservable } from '../../src/circuit/observable.ts';
import { observableRange } from '../../src/circuit/range.ts';
import { InputError } from '../../src/errors.ts';
import { symmetricEigen } from '../../src/linalg/eigen.ts';
import { random } from '../../src/random/random.ts';
import { randomSum } from '../helpers/circuits.ts';
import { add, paulis, type Rows, scale, tensor, unit } from '../helpers/matrices.ts';
import { runs, seed } from '../helpers/numbers.ts';

describe('a sum of Pauli products is read', () => {
  const cases: [text: string, terms: [coefficient: number, x: number, z: number][]][] = [
    ['Z0', [[1, 0, 1]]],
    ['-Z1', [[-1, 0, 2]]],
    ['+ X2', [[1, 4, 0]]],
    ['Y1', [[1, 2, 2]]],
    [
      '0.5*Z0*Z1 - X2',
      [
        [0.5, 0, 3],
        [-1, 4, 0],
      ],
    ],
    [
      ' 2 * X0 * Y1+3*Z2 ',
      [
        [2, 3, 2],
        [3, 0, 4],
      ],
    ],
    ['.25*Z0', [[0.25, 0, 1]]],
    ['1.*Z0', [[1, 0, 1]]],
    [
      '1e-3*Z0 - 2.5E+2*X1',
      [
        [1e-3, 0, 1],
        [-250, 2, 0],
      ],
    ],
    ['x0*y1*z2', [[1, 3, 6]]],
    ['2.5', [[2.5, 0, 0]]],
    [
      'Z0 - 1',
      [
        [1, 0, 1],
        [-1, 0, 0],
      ],
    ],
    ['I1', [[1, 0, 0]]],
    ['3*I0*Z2', [[3, 0, 4]]],
    [
      'Z0 + Z0',
      [
        [1, 0, 1],
        [1, 0, 1],
      ],
    ],
  ];
  test.each(cases)('"%s"', (text, terms) => {
    const observable = parseObservable(text, 3);
    expect(observable.terms).toEqual(terms.map(([coefficient, x, z]) => ({ coefficient, x, z })));
    expect(observable).toMatchObject({ text, qubits: 3 });
  });

  test('mean-Z is the mean over all qubits', () => {
    const third = 1 / 3;
    expect(parseObservable(' mean-Z ', 3).terms).toEqual([1, 2, 4].map((z) => ({ coefficient: third, x: 0, z })));
  });
});

describe('what is none is refused with the column', () => {
  const cases: [text: string, column: number][] = [
    ['', 1],
    ['  ', 1],
    ['W0', 1],
    ['Z', 1],
    ['mean-X', 1],
    ['Z0 Z1', 3],
    ['Z0 +', 3],
    ['Z0 + Q1', 3],
    ['Z0 + + Z1', 3],
    ['2Z0', 1],
    ['2*', 1],
    ['2*3*Z0', 1],
    ['Z0*', 3],
    ['Z0*2', 3],
    ['0.5*Z0 - 2 X1', 7],
    ['Z0 - (X1)', 3],
    ['1e999*Z0', 1],
    ['Z0 - 1e999*X1', 3],
  ];
  test.each(cases)('"%s" at %d', (text, column) => {
    expect(() => parseObservable(text, 3)).toThrow(InputError);
    expect(() => parseObservable(text, 3)).toThrow(
      `observable: found "${text}", which cannot be read from column ${column}, expected a sum of Pauli products such as "0.5*Z0*Z1 - X2", or "mean-Z"`,
    );
  });

  test('a qubit that does not exist', () => {
    expect(() => parseObservable('Z0 + X3', 3)).toThrow(
      'observable: found qubit 3 in "Z0 + X3", expected qubits 0 to 2',
    );
    expect(() => parseObservable('I7', 3)).toThrow('found qubit 7');
  });

  test('a qubit twice in a product', () => {
    expect(() => parseObservable('X1*Z1', 3)).toThrow('observable: found qubit 1 twice in one product of "X1*Z1"');
    expect(() => parseObservable('I1*Z1', 3)).toThrow('found qubit 1 twice');
  });
});

test('bitCount counts', () => {
  for (const word of [0, 1, 6, 255, 2 ** 30 + 5])
    expect(bitCount(word)).toBe(word.toString(2).replaceAll('0', '').length);
});

/** The observable as a matrix, straight from its text: qubit 0 is the least significant bit. */
function dense(text: string, qubits: number): Rows {
  const terms = text
    .replaceAll(' ', '')
    .replaceAll('-', '+-')
    .split('+')
    .filter((term) => term !== '');
  return terms.reduce<Rows>(
    (sum, term) => {
      const factors = term.replace(/^-/, '').split('*');
      const numbers = factors.filter((factor) => !/^[IXYZ]/.test(factor)).map(Number);
      const letters = Array.from(
        { length: qubits },
        (_, q) => factors.find((f) => /^[IXYZ]/.test(f) && f.slice(1) === `${q}`)?.[0] ?? 'I',
      );
      const product = letters.reduce<Rows>((matrix, letter) => tensor(paulis[letter], matrix), unit(1));
      return add(sum, scale((term.startsWith('-') ? -1 : 1) * numbers.reduce((a, b) => a * b, 1), product));
    },
    scale(0, unit(2 ** qubits)),
  );
}

/** Extreme eigenvalues of a Hermitian matrix H = A + iB from its real form [[A, −B], [B, A]]. */
function extremes(matrix: Rows): [low: number, high: number] {
  const d = matrix.length;
  const real = Float64Array.from({ length: 4 * d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / (2 * d)), at % (2 * d)];
    const [re, im] = matrix[i % d][j % d];
    return i < d === j < d ? re : i < d ? -im : im;
  });
  const { values } = symmetricEigen(real, 2 * d);
  return [values[2 * d - 1], values[0]];
}

function expectExact(text: string, qubits: number): void {
  const [low, high] = extremes(dense(text, qubits));
  const range = observableRange(parseObservable(text, qubits));
  expect(range.exact).toBe(true);
  // Coefficients are at most 2, there are at most five: eigenvalues are right to some ε·10.
  expect(Math.abs(range.low - low)).toBeLessThan(1e-13);
  expect(Math.abs(range.high - high)).toBeLessThan(1e-13);
}

describe('range', () => {
  const cases = fc.record({ words: fc.nat(), qubits: fc.integer({ min: 1, max: 5 }), diagonal: fc.boolean() });
  test(`of a random sum on up to 5 qubits is that of its eigenvalues (seed ${seed})`, () => {
    const law = fc.property(cases, ({ words, qubits, diagonal }) => {
      const draw = random(words);
      const text = randomSum(draw, qubits, diagonal ? 'Z' : 'XYZ');
      expectExact(draw.integer(2) ? `${text} - 1.25` : text, qubits);
    });
    fc.assert(law, { seed, numRuns: runs(50) });
  });

  test.each([
    'Z0',
    'Y2',
    '-0.7*X0*Y1*Z2',
    'Z0 + 3',
    '2.5',
    'Z0 - Z0',
    'Z0 + Z0 - 3*Z0',
    'X0*X1 + Y0*Y1 + Z0*Z1',
    'Y0*Y1 + 0.5*Y0*Y1*Y2',
    'Y0*Y1*Y2 + 0.5*Y0 + 0.25*Y1*Y2',
  ])('of %s', (text) => expectExact(text, 3));

  test('of mean-Z, and of all products that share no qubit, is exact on any number of qubits', () => {
    for (const qubits of [1, 2, 5, 20, 25]) {
      const { low, high, exact } = observableRange(parseObservable('mean-Z', qubits));
      expect([exact, low, high]).toEqual([true, expect.closeTo(-1, 14), expect.closeTo(1, 14)]);
    }
    expect(observableRange(parseObservable('2*X0*Y9 - Z12 + 0.5*X24 + 3', 25))).toEqual({
      low: -0.5,
      high: 6.5,
      exact: true,
    });
    expectExact('2*X0*Y3 - Z1 + 0.5*X4 + 3', 5);
  });

  test('of Z products that share qubits is found by going through the basis', () => {
    // A ring of 13 with antiferromagnetic bonds: one bond has to be left unsatisfied.
    const ring = Array.from({ length: 13 }, (_, q) => `Z${q}*Z${(q + 1) % 13}`).join(' + ');
    expect(observableRange(parseObservable(ring, 13))).toEqual({ low: -11, high: 13, exact: true });
  });

  test('follows the qubits that are acted on, not all', () => {
    // X20·X21 + Z20·Z21 has eigenvalues ±2 and 0 like its twin on qubits 0 and 1.
    for (const [text, edge] of [
      ['X20*X21 + Z20*Z21', 2],
      ['X20 + Z20', Math.SQRT2],
    ] as const) {
      const { low, high, exact } = observableRange(parseObservable(text, 25));
      expect([exact, low, high]).toEqual([true, expect.closeTo(-edge, 14), expect.closeTo(edge, 14)]);
    }
  });

  test('is a bound from outside where it is not computed', () => {
    // (X + Z) on eight qubits: eigenvalues ±8√2; the bound is ±16.
    const text = Array.from({ length: 8 }, (_, q) => `X${q} + Z${q}`).join(' + ');
    const range = observableRange(parseObservable(`${text} + 0.5`, 8));
    expect(range).toEqual({ low: -15.5, high: 16.5, exact: false });
    expect(range.high).toBeGreaterThan(8 * Math.SQRT2 + 0.5);
    expect(range.low).toBeLessThan(-8 * Math.SQRT2 + 0.5);
  });
});
