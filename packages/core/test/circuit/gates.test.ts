import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixed } from '../../src/circuit/angle.ts';
import { evaluate } from '../../src/circuit/expression.ts';
import { angleCount, type CompositeGate, type FixedGate, gates, type RotationGate } from '../../src/circuit/gates.ts';
import {
  add,
  dagger,
  distance,
  embed,
  exponential,
  multiply,
  type Pair,
  paulis,
  type Rows,
  rows,
  rowsOf,
  scale,
  tensor,
  turn,
  unit,
} from '../helpers/matrices.ts';
import { runs, seed } from '../helpers/numbers.ts';

const all = [...gates.values()];
const fixedGates = all.filter((gate): gate is FixedGate => gate.kind === 'fixed');
const rotations = all.filter((gate): gate is RotationGate => gate.kind === 'rotation');
const composites = all.filter((gate): gate is CompositeGate => gate.kind === 'composite');

/** Entries are of size 1 and sums have at most 8 of them, a Taylor series a few squarings more: some hundred ε. */
const exact = 1e-13;
const angles = fc.double({ min: -7, max: 7, noNaN: true });
const parameters = { seed, numRuns: runs(50) };

/** Σ of scaled parts, as spectral sums are written. */
const shifted = (matrix: Rows, by: number): Rows => add(matrix, scale(-by, unit(matrix.length)));

/** A composite gate as the product of its parts at fixed angles. */
function productOfParts(gate: CompositeGate, values: readonly number[]): Rows {
  return gate.parts(values.map(fixed)).reduce(
    (sofar, part) => {
      const value = evaluate(part.angle.offset, new Float64Array(0));
      const matrix = part.gate.kind === 'rotation' ? part.gate.matrix(value) : part.gate.matrix;
      return multiply(embed(rowsOf(matrix), part.wires, gate.qubits), sofar);
    },
    unit(2 ** gate.qubits),
  );
}

test('names are those gates are known by, each once', () => {
  expect([...gates.keys()]).toEqual(all.map((gate) => gate.name));
  expect(new Set(all.map((gate) => gate.openqasm)).size).toBe(all.length);
  const wanted =
    'x y z h s sdg t tdg sx sxdg p rx ry rz u rot cx cy cz ch swap crx cry crz cp cu rxx ryy rzz ccx cswap'.split(' ');
  for (const name of wanted) expect(gates.has(name), name).toBe(true);
});

test.each(all)('$name has a name in OpenQASM, a label a wire, and knows its angles', (gate) => {
  expect(gate.openqasm).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
  expect(gate.drawing).toHaveLength(gate.qubits);
  for (const label of gate.drawing) expect(label.trim()).not.toBe('');
  expect(angleCount(gate)).toBe(
    { fixed: 0, rotation: 1, composite: gate.kind === 'composite' ? gate.angles : 0 }[gate.kind],
  );
});

test.each(fixedGates)('$name is unitary', (gate) => {
  const matrix = rowsOf(gate.matrix);
  expect(matrix).toHaveLength(2 ** gate.qubits);
  expect(distance(multiply(matrix, dagger(matrix)), unit(matrix.length))).toBeLessThan(exact);
});

describe.each(rotations)('rotation $name', (gate) => {
  const generator = rowsOf(gate.generator);
  const at = (angle: number) => rowsOf(gate.matrix(angle));

  test('the generator is Hermitian and fits the qubits', () => {
    expect(generator).toHaveLength(2 ** gate.qubits);
    expect(distance(generator, dagger(generator))).toBe(0);
  });

  test('the spectrum is that of the generator, ascending, each eigenvalue once', () => {
    expect([...new Set(gate.spectrum)].sort((a, b) => a - b)).toEqual([...gate.spectrum]);
    // Every eigenvalue is in the list: the polynomial with these roots annihilates G …
    const product = gate.spectrum.reduce(
      (sofar, value) => multiply(sofar, shifted(generator, value)),
      unit(generator.length),
    );
    expect(distance(product, scale(0, product))).toBeLessThan(exact);
    // … and every one in the list is an eigenvalue: no factor can be left out.
    for (const value of gate.spectrum) {
      const others = gate.spectrum.filter((other) => other !== value);
      const rest = others.reduce((sofar, other) => multiply(sofar, shifted(generator, other)), unit(generator.length));
      expect(distance(rest, scale(0, rest)), `projector of ${value}`).toBeGreaterThan(0.1);
    }
  });

  test(`is exp(−iθG), unitary, and adds its angles (seed ${seed})`, () => {
    const law = fc.property(angles, angles, (a, b) => {
      expect(distance(at(a), exponential(scale([0, -a], generator)))).toBeLessThan(exact);
      expect(distance(multiply(at(a), dagger(at(a))), unit(generator.length))).toBeLessThan(exact);
      expect(distance(multiply(at(a), at(b)), at(a + b))).toBeLessThan(exact);
    });
    fc.assert(law, parameters);
  });

  test('its derivative is −iG·matrix', () => {
    // Central differences: h²‖G‖³/6 + ε/h, at h = 1e-5 about 2e-11 each where ‖G‖ ≤ 1.
    const h = 1e-5;
    for (const angle of [-2.3, 0, 0.4, 3]) {
      const slope = scale(1 / (2 * h), add(at(angle + h), scale(-1, at(angle - h))));
      expect(distance(slope, scale([0, -1], multiply(generator, at(angle))))).toBeLessThan(1e-10);
    }
  });
});

// From here on: what textbooks print. Controlled gates act on wires (control, target), the control being the less
// significant bit, so that basis states are ordered 00, 10 (control 1), 01 (target 1), 11.

const half = 0.5;
const s2 = Math.sqrt(2) / 2;
const [c45, s45]: Pair = turn(Math.PI / 4);
const controlled = ([[a, b], [c, d]]: Rows): Rows => rows([1, 0, 0, 0], [0, a, 0, b], [0, 0, 1, 0], [0, c, 0, d]);
/** Where each basis state goes. */
const permutation = (...images: number[]): Rows =>
  images.map((_, i) => images.map((image): Pair => [image === i ? 1 : 0, 0]));

const textbookFixed: Record<string, Rows> = {
  x: rows([0, 1], [1, 0]),
  y: rows([0, [0, -1]], [[0, 1], 0]),
  z: rows([1, 0], [0, -1]),
  h: rows([s2, s2], [s2, -s2]),
  s: rows([1, 0], [0, [0, 1]]),
  sdg: rows([1, 0], [0, [0, -1]]),
  t: rows([1, 0], [0, [c45, s45]]),
  tdg: rows([1, 0], [0, [c45, -s45]]),
  sx: scale(
    half,
    rows(
      [
        [1, 1],
        [1, -1],
      ],
      [
        [1, -1],
        [1, 1],
      ],
    ),
  ),
  sxdg: scale(
    half,
    rows(
      [
        [1, -1],
        [1, 1],
      ],
      [
        [1, 1],
        [1, -1],
      ],
    ),
  ),
  cx: permutation(0, 3, 2, 1),
  cy: controlled(paulis.Y),
  cz: rows([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, -1]),
  ch: controlled(rows([s2, s2], [s2, -s2])),
  swap: permutation(0, 2, 1, 3),
  ccx: permutation(0, 1, 2, 7, 4, 5, 6, 3),
  cswap: permutation(0, 1, 2, 5, 4, 3, 6, 7),
};

test.each(fixedGates)('$name is the matrix of the textbooks', (gate) => {
  expect(Object.keys(textbookFixed), 'a new gate needs its matrix here').toContain(gate.name);
  expect(distance(rowsOf(gate.matrix), textbookFixed[gate.name])).toBeLessThan(1e-15);
});

test('roots are roots', () => {
  const square = (name: string) => multiply(rowsOf(fixedGate(name)), rowsOf(fixedGate(name)));
  const pairs = { sx: 'x', s: 'z', t: 's', sdg: 'z', tdg: 'sdg', sxdg: 'x' };
  for (const [root, of] of Object.entries(pairs))
    expect(distance(square(root), rowsOf(fixedGate(of)))).toBeLessThan(1e-15);
});

const fixedGate = (name: string) => (gates.get(name) as FixedGate).matrix;

const rx = (a: number): Rows =>
  rows([Math.cos(a / 2), [0, -Math.sin(a / 2)]], [[0, -Math.sin(a / 2)], Math.cos(a / 2)]);
const ry = (a: number): Rows => rows([Math.cos(a / 2), -Math.sin(a / 2)], [Math.sin(a / 2), Math.cos(a / 2)]);
const rz = (a: number): Rows => rows([turn(-a / 2), 0], [0, turn(a / 2)]);
const p = (a: number): Rows => rows([1, 0], [0, turn(a)]);
/** cos(a/2) − i·sin(a/2)·P⊗P. */
const ising =
  (letter: string) =>
  (a: number): Rows =>
    add(scale(Math.cos(a / 2), unit(4)), scale([0, -Math.sin(a / 2)], tensor(paulis[letter], paulis[letter])));
/** U(θ, φ, λ) as Qiskit prints it. */
const u = (theta: number, phi: number, lambda: number): Rows => {
  const [cos, sin] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  return [
    [[cos, 0], scale(-sin, [[turn(lambda)]])[0][0]],
    [scale(sin, [[turn(phi)]])[0][0], scale(cos, [[turn(phi + lambda)]])[0][0]],
  ];
};

const textbookTurns: Record<string, (...angles: number[]) => Rows> = {
  rx,
  ry,
  rz,
  p,
  crx: (a) => controlled(rx(a)),
  cry: (a) => controlled(ry(a)),
  crz: (a) => controlled(rz(a)),
  cp: (a) => controlled(p(a)),
  rxx: ising('X'),
  ryy: ising('Y'),
  rzz: ising('Z'),
  u,
  rot: (phi, theta, omega) => multiply(rz(omega), multiply(ry(theta), rz(phi))),
  cu: (theta, phi, lambda, gamma) => controlled(scale(turn(gamma), u(theta, phi, lambda))),
};

test.each([...rotations, ...composites])(`$name is the matrix of the textbooks at any angle (seed ${seed})`, (gate) => {
  const wanted = textbookTurns[gate.name];
  expect(wanted, 'a new gate needs its matrix here').toBeDefined();
  const law = fc.property(fc.array(angles, { minLength: angleCount(gate), maxLength: angleCount(gate) }), (values) => {
    const found = gate.kind === 'rotation' ? rowsOf(gate.matrix(values[0])) : productOfParts(gate, values);
    expect(distance(found, wanted(...values))).toBeLessThan(exact);
  });
  fc.assert(law, parameters);
});

test.each(composites)('$name passes trained angles on to its parts', (gate) => {
  const given = Array.from({ length: gate.angles }, (_, k) => ({
    offset: fixed(k).offset,
    terms: [{ parameter: k, factor: fixed(1).offset }],
  }));
  const used = gate.parts(given).flatMap((part) => part.angle.terms.map((term) => term.parameter));
  expect([...new Set(used)].sort((a, b) => a - b)).toEqual(given.map((_, k) => k));
});
