import { describe, expect, test } from 'vitest';
import { compile } from '../../src/circuit/circuit.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { jacobianMethods } from '../../src/kernel/jacobian.ts';
import { bind, createModel } from '../../src/model/model.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import {
  add,
  dagger,
  distance,
  embed,
  exponential,
  multiply,
  type Pair,
  paulis,
  plus,
  type Rows,
  rows,
  rowsOf,
  scale,
  tensor,
  times,
  turn,
  unit,
} from '../helpers/matrices.ts';
import { difference } from '../helpers/numbers.ts';
import { differenceUpToPhase, unitaryOf } from '../helpers/unitary.ts';

/** Built-in gates by the language's own formulas, with any power that has one meaning: phases in (−π, π]. */
interface Base {
  call: string;
  qubits: number;
  power(k: number): Rows;
}

const { X, Y, Z } = paulis;
const half = Math.SQRT1_2;
const H = rows([half, half], [half, -half]);

/** G with G² = 1: (1 + G)/2 + e^{iπk}·(1 − G)/2. */
const involution = (call: string, G: Rows): Base => ({
  call,
  qubits: Math.log2(G.length),
  power: (k) => {
    const one = unit(G.length);
    const odd = Number.isInteger(k) ? [k % 2 === 0 ? 1 : -1, 0] : turn(Math.PI * k);
    return add(scale(0.5, add(one, G)), scale(times([0.5, 0], odd as unknown as Pair), add(one, scale(-1, G))));
  },
});
/** Phase φ on what the involution G has with eigenvalue −1. */
const phased = (call: string, G: Rows, phi: number): Base => ({
  call,
  qubits: 1,
  power: (k) => involution('', G).power((k * phi) / Math.PI),
});
const rotation = (call: string, G: Rows, angle: number): Base => ({
  call,
  qubits: Math.log2(G.length),
  power: (k) => exponential(scale([0, (-angle * k) / 2], G)),
});
const gphase = (angle: number): Base => ({ call: `gphase(${angle})`, qubits: 0, power: (k) => [[turn(k * angle)]] });
const swap = rows([1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]);

/** The built-in gate of the specification, its phase included, to whole powers. */
function U(theta: number, phi: number, lambda: number): Base {
  const [a, b] = [plus([1, 0], turn(theta)), plus([1, 0], times([-1, 0], turn(theta)))];
  const matrix = scale(0.5, [
    [a, times([0, -1], times(turn(lambda), b))],
    [times([0, 1], times(turn(phi), b)), times(turn(phi + lambda), a)],
  ]);
  return { call: `U(${theta}, ${phi}, ${lambda})`, qubits: 1, power: (k) => wholePower(matrix, k) };
}

function wholePower(matrix: Rows, k: number): Rows {
  const base = k < 0 ? dagger(matrix) : matrix;
  return Array.from({ length: Math.abs(k) }).reduce<Rows>((product) => multiply(base, product), unit(matrix.length));
}

const broken: Base[] = [
  involution('x', X),
  involution('y', Y),
  involution('z', Z),
  involution('h', H),
  involution('swap', swap),
  phased('s', Z, Math.PI / 2),
  phased('sdg', Z, -Math.PI / 2),
  phased('t', Z, Math.PI / 4),
  phased('tdg', Z, -Math.PI / 4),
  phased('sx', X, Math.PI / 2),
  phased('p(0.7)', Z, 0.7),
  rotation('rx(0.7)', X, 0.7),
  rotation('ry(-1.1)', Y, -1.1),
  rotation('rz(2.3)', Z, 2.3),
  rotation('rzz(0.4)', tensor(Z, Z), 0.4),
  rotation('rxx(-0.9)', tensor(X, X), -0.9),
  gphase(0.8),
];
const whole: Base[] = [
  ...broken,
  U(0.3, 1.1, -0.6),
  { call: 'id', qubits: 1, power: () => unit(2) },
  { call: 'own(0.3)', qubits: 2, power: (k) => wholePower(own(0.3), k) },
  {
    call: 'u2(0.4, -0.2)',
    qubits: 1,
    power: (k) => wholePower(scale(turn(-0.1 - Math.PI / 4), U(Math.PI / 2, 0.4, -0.2).power(1)), k),
  },
  { call: 'cu(0.3, 0.5, -0.7, 1.1)', qubits: 2, power: (k) => wholePower(cu(0.3, 0.5, -0.7, 1.1), k) },
];

const definitions = `
gate rzz(θ) a, b { cx a, b; rz(θ) b; cx a, b; }
gate rxx(θ) a, b { h a; h b; cx a, b; rz(θ) b; cx a, b; h b; h a; }
gate own(θ) a, b { h a; ctrl @ U(θ, 0.2, θ/2) b, a; gphase(2*θ); negctrl @ inv @ s a, b; }
`;
function own(theta: number): Rows {
  const steps = [
    embed(H, [0], 2),
    controlled(U(theta, 0.2, theta / 2).power(1), [true], [1, 0], 2),
    scale(turn(2 * theta), unit(4)),
    controlled(phased('', Z, -Math.PI / 2).power(1), [false], [0, 1], 2),
  ];
  return steps.reduce((product, step) => multiply(step, product));
}
/** p(γ − θ/2) on the control and the controlled U, as the standard library has it. */
function cu(theta: number, phi: number, lambda: number, gamma: number): Rows {
  const onControl = embed(phased('', Z, gamma - theta / 2).power(1), [0], 2);
  return multiply(onControl, controlled(U(theta, phi, lambda).power(1), [true], [0, 1], 2));
}

/** A gate on the last wires where the first are as `controls` says, on n qubits. */
function controlled(matrix: Rows, controls: readonly boolean[], wires: readonly number[], n: number): Rows {
  const order = matrix.length * 2 ** controls.length;
  const wanted = controls.reduce((bits, on, k) => bits | (on ? 1 << k : 0), 0);
  const mask = 2 ** controls.length - 1;
  const all = unit(order).map((row, i) =>
    row.map(
      (entry, j): Pair =>
        (i & mask) === wanted && (j & mask) === wanted ? matrix[i >> controls.length][j >> controls.length] : entry,
    ),
  );
  return embed(all, wires, n);
}

function unitary(statement: string, qubits: number): { found: Float64Array; gates: string[] } {
  const text = `OPENQASM 3.0;\ninclude "stdgates.inc";\n${definitions}qubit[${qubits}] q;\n${statement}\n`;
  const { source } = readOpenqasm(text, { name: 'modifiers.qasm' });
  const none = new Float64Array(0);
  return { found: unitaryOf(source, none, none), gates: source.operations.map(({ gate }) => gate) };
}

function flat(matrix: Rows): Float64Array {
  return Float64Array.from(matrix.flat(2));
}

const seed = 20_261_121;
const draw = random(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(draw.uniform() * list.length)];

/** A random statement, its modifiers from the inside out, and the matrix it stands for. */
function randomCall(n: number) {
  const base = pick(whole);
  const canBreak = broken.includes(base);
  const words: string[] = [];
  let k = 1;
  const controls: boolean[] = [];
  for (let count = Math.floor(draw.uniform() * 4); count > 0; count--) {
    const kind = pick(['inv', 'pow', 'ctrl', 'negctrl', 'ctrl(2)']);
    const more = kind === 'ctrl(2)' ? 2 : 1;
    if (kind === 'inv' || kind === 'pow') {
      // A broken power comes last, as (G²)^½ need not be G.
      const power = kind === 'inv' ? -1 : pick([-2, 0, 2, 3]);
      words.unshift(kind === 'inv' ? 'inv' : `pow(${power})`);
      k *= power;
    } else if (controls.length + more + base.qubits <= n) {
      words.unshift(kind);
      controls.unshift(...Array(more).fill(kind !== 'negctrl'));
    }
  }
  if (canBreak && Math.abs(k) === 1 && k > 0 && draw.uniform() < 0.5) {
    k = pick([0.3, -0.7, 0.5]);
    words.push(`pow(${k})`);
  }
  if (controls.length + base.qubits === 0) {
    words.unshift('ctrl');
    controls.unshift(true);
  }
  const wires = Array.from({ length: n }, (_, q) => q)
    .sort(() => draw.uniform() - 0.5)
    .slice(0, controls.length + base.qubits);
  const statement = `${words.map((word) => `${word} @ `).join('')}${base.call} ${wires.map((q) => `q[${q}]`).join(', ')};`;
  return { statement, expected: controlled(base.power(k), controls, wires, n) };
}

describe('modifiers', () => {
  test(`are the matrices they stand for, seed ${seed}`, () => {
    for (let round = 0; round < 250; round++) {
      const { statement, expected } = randomCall(4);
      const { found } = unitary(statement, 4);
      expect(differenceUpToPhase(found, flat(expected)), statement).toBeLessThan(1e-12);
    }
  });

  test.each([3, 4, 5, 6, 7])('%d controls', (m) => {
    const wires = Array.from({ length: m + 1 }, (_, q) => q).reverse();
    const operands = wires.map((q) => `q[${q}]`).join(', ');
    for (const base of [involution('x', X), phased('p(0.7)', Z, 0.7), rotation('ry(-1.1)', Y, -1.1)]) {
      if (m > 5 && base.call !== 'x') continue;
      const { found } = unitary(`ctrl(${m}) @ ${base.call} ${operands};`, m + 1);
      const expected = controlled(base.power(1), Array(m).fill(true), wires, m + 1);
      expect(differenceUpToPhase(found, flat(expected)), base.call).toBeLessThan(1e-12);
    }
  });

  test('many controls train the same by every engine', () => {
    const text = `OPENQASM 3.0; include "stdgates.inc"; ${definitions} input float a; input float b; qubit[7] q; h q;
      ctrl(3) @ rx(a*b) q[0], q[2], q[4], q[1]; ctrl(4) @ x q[6], q[5], q[3], q[1], q[0]; ry(b) q;
      ctrl(2) @ negctrl(3) @ p(a) q[0], q[1], q[2], q[3], q[4], q[5]; ctrl(6) @ x q[0], q[1], q[2], q[3], q[4], q[5], q[6]; pow(0.3) @ ctrl @ own(0.3) q[1], q[2], q[3];`;
    const { source } = readOpenqasm(text, { name: 'many.qasm' });
    const theta = Float64Array.of(0.9, 0.4);
    const [reference, wasm] = [engines.reference, engines.wasm].map((engine) => {
      const model = createModel(
        compile(source),
        [parseObservable('Z0*X1 + Z6', 7), parseObservable('Y3', 7)],
        1,
        engine,
      );
      return jacobianMethods.adjoint(model, theta, bind(model, new Float64Array(0)));
    });
    expect(Math.hypot(...reference.J)).toBeGreaterThan(0.01);
    expect(difference(wasm.f, reference.f)).toBeLessThan(1e-12);
    expect(difference(wasm.J, reference.J)).toBeLessThan(1e-12);
  });

  test('few controls are gates of the table', () => {
    const gatesOf = (statement: string) => unitary(statement, 3).gates;
    expect(gatesOf('ctrl @ x q[0], q[1]; ctrl(2) @ x q[0], q[1], q[2]; ctrl @ rx(1) q[0], q[1];')).toEqual([
      'cx',
      'ccx',
      'crx',
    ]);
    expect(gatesOf('inv @ s q[0]; pow(2) @ x q[0]; inv @ sx q[0]; pow(-1) @ h q[0];')).toEqual(['sdg', 'sxdg', 'h']);
    expect(gatesOf('rzz(1) q[0], q[1]; rxx(1) q[0], q[1]; gphase(1);')).toEqual(['rzz', 'rxx']);
  });

  test('a broken power of a definition is the principal root of its matrix', () => {
    const gate = 'own(0.3)';
    const { found: root } = unitary(`pow(0.5) @ ${gate} q[0], q[1];`, 2);
    // Under a control, where its phase counts too; three thirds are the whole.
    const { found: thirds } = unitary(`ctrl @ pow(1/3) @ ${gate} q[0], q[1], q[2];`.repeat(3), 3);
    expect(distance(rowsOf(thirds), controlled(own(0.3), [true], [0, 1, 2], 3))).toBeLessThan(1e-12);
    const squared = multiply(rowsOf(root), rowsOf(root));
    expect(differenceUpToPhase(flat(squared), flat(own(0.3)))).toBeLessThan(1e-12);
    // Phases in (−π/2, π/2]: no vector has a negative real part of z†Rz.
    const real = rowsOf(root);
    for (let round = 0; round < 50; round++) {
      const z = Array.from({ length: 4 }, (): Pair => [draw.normal(), draw.normal()]);
      const value = real.reduce<Pair>(
        (sum, row, i) =>
          plus(
            sum,
            row.reduce<Pair>((inner, entry, j) => plus(inner, times(times([z[i][0], -z[i][1]], entry), z[j])), [0, 0]),
          ),
        [0, 0],
      );
      expect(value[0]).toBeGreaterThan(-1e-12);
    }
  });

  test.each([0.1, 0.3, 0.7, 1.9])('its phases of π stay π, however they are rounded: turned by %d', (angle) => {
    const gate = `gate turned a, b { ry(-${angle}) a; cx a, b; p(-pi) a; cx a, b; ry(${angle}) a; }`;
    const text = `OPENQASM 3.0; include "stdgates.inc"; ${gate} qubit[3] q; ctrl @ pow(0.5) @ turned q[0], q[1], q[2];`;
    const none = new Float64Array(0);
    const found = rowsOf(unitaryOf(readOpenqasm(text, { name: 'turned.qasm' }).source, none, none));
    const basis = rotation('', Y, angle).power(1);
    const root = multiply(basis, multiply(phased('', Z, Math.PI / 2).power(1), dagger(basis)));
    expect(distance(found, controlled(root, [true], [0, 1], 3))).toBeLessThan(1e-12);
  });

  test('a power of a power is taken step by step', () => {
    const { found } = unitary('pow(0.5) @ pow(2) @ x q[0];', 1);
    expect(distance(rowsOf(found), unit(2))).toBeLessThan(1e-12);
    const { found: whole } = unitary('pow(2) @ pow(0.5) @ x q[0];', 1);
    expect(distance(rowsOf(whole), X)).toBeLessThan(1e-12);
  });
});
