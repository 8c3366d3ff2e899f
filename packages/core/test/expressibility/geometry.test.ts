import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Angle, data, parameter } from '../../src/circuit/angle.ts';
import { compile, type Operation } from '../../src/circuit/circuit.ts';
import { apply, input } from '../../src/circuit/expression.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { circuitCapability } from '../../src/expressibility/capability.ts';
import { haarDivergence } from '../../src/expressibility/divergence.ts';
import { meyerWallach } from '../../src/expressibility/entanglement.ts';
import { quantumFisher } from '../../src/expressibility/fisher.ts';
import { fidelity, statesAt } from '../../src/expressibility/states.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { spectrumOfJacobian } from '../../src/kernel/spectrum.ts';
import { bind, createModel, type Model } from '../../src/model/model.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { circuitOf, oracles } from '../oracles/oracles.ts';

const draw = random(19);

function modelOf(qubits: number, operations: readonly Operation[], parameters: number, inputs = 0): Model {
  const names = Array.from({ length: parameters }, (_, k) => `t${k}`);
  const circuit = compile({ qubits, inputs, parameters: names, start: 'zero', operations });
  return createModel(circuit, [parseObservable('Z0', qubits)], 1, engines.reference);
}

const gate = (name: string, wires: number[], ...angles: Angle[]): Operation => ({ gate: name, wires, angles });
const nothing = new Float64Array(0);

/** The first column of a random unitary. */
const haarState = (dimension: number) => haarUnitary(dimension, draw).slice(0, 2 * dimension);

describe('divergence from Haar-random fidelities', () => {
  test('of Haar-random states is what a finite sample adds, at several dimensions', () => {
    for (const dimension of [2, 4, 16]) {
      const sample = Float64Array.from({ length: 4000 }, () => fidelity(haarState(dimension), haarState(dimension)));
      const { value, bias } = haarDivergence(sample, dimension);
      // 2·samples·D is χ² with as many degrees of freedom as bins that are occupied, less one: five deviations.
      const deviation = Math.sqrt(2 * (bias * 8000)) / 8000;
      expect(Math.abs(value - bias)).toBeLessThan(5 * deviation);
    }
  });

  test('of a circuit that does nothing is (N − 1)·ln(bins)', () => {
    expect(haarDivergence(new Float64Array(500).fill(1), 2).value).toBeCloseTo(Math.log(75), 12);
    expect(haarDivergence(new Float64Array(500).fill(1), 2 ** 5).value).toBeCloseTo(31 * Math.log(75), 9);
    expect(haarDivergence(new Float64Array(500).fill(1), 2).bias).toBe(0);
  });

  test('of RZ behind H is that of the arcsine law, ln(4/π), as Sim et al. 2019 have about 0.2', () => {
    const { value, bias } = circuitCapability(
      modelOf(1, [gate('h', [0]), gate('rz', [0], parameter(0))], 1),
      { ...oneOf(1), points: 1 },
      { seed: 3, pairs: 20_000 },
    ).expressibility;
    // Binning takes away from the divergence, most at the ends, where the law is singular.
    const below = (bin: number) => (2 / Math.PI) * Math.asin(Math.sqrt(bin / 75));
    const shares = Array.from({ length: 75 }, (_, bin) => below(bin + 1) - below(bin));
    const binned = shares.reduce((sum, share) => sum + share * Math.log(75 * share), 0);
    expect(binned).toBeLessThan(Math.log(4 / Math.PI));
    // The logarithm of share over share deviates by 0.7: four deviations of its mean over 20 000.
    expect(Math.abs(value - bias - binned)).toBeLessThan(0.02);
  });

  test('fidelities, dimensions and bins that are none are refused', () => {
    expect(() => haarDivergence(nothing, 2)).toThrow('at least one');
    expect(() => haarDivergence(Float64Array.of(0.5, 1.5), 2)).toThrow('1.5');
    expect(() => haarDivergence(Float64Array.of(0.5), 1)).toThrow('dimension');
    expect(() => haarDivergence(Float64Array.of(0.5), 2, 1)).toThrow('bins');
  });
});

/** Inputs of a model without features. */
function oneOf(qubits: number) {
  return bind(modelOf(qubits, [], 0), nothing);
}

describe('Meyer–Wallach measure', () => {
  test('is 0 of products, 1 of GHZ, 8/9 of W of three qubits and (N − 2)/(N + 1) of Haar-random states', () => {
    const product = modelOf(
      3,
      [0, 1, 2].flatMap((q) => [gate('ry', [q], parameter(q)), gate('rz', [q], parameter(q))]),
      3,
    );
    expect(meyerWallach(statesAt(product, Float64Array.of(0.3, 2, -1), oneOf(3)))).toBeCloseTo(0, 12);
    const ghz = modelOf(4, [gate('h', [0]), gate('cx', [0, 1]), gate('cx', [1, 2]), gate('cx', [2, 3])], 0);
    expect(meyerWallach(statesAt(ghz, nothing, oneOf(4)))).toBeCloseTo(1, 12);
    const w = new Float64Array(16);
    for (const k of [1, 2, 4]) w[2 * k] = 1 / Math.sqrt(3);
    expect(meyerWallach(w)).toBeCloseTo(8 / 9, 12);
    const measures = Array.from({ length: 3000 }, () => meyerWallach(haarState(8)));
    const mean = measures.reduce((sum, value) => sum + value, 0) / measures.length;
    const deviation = Math.sqrt(measures.reduce((sum, value) => sum + (value - mean) ** 2, 0) / measures.length);
    expect(Math.abs(mean - 6 / 9)).toBeLessThan((4 * deviation) / Math.sqrt(measures.length));
  });

  test('of a circuit is a mean over its states', () => {
    const { entanglement } = circuitCapability(
      modelOf(2, [gate('rx', [0], parameter(0)), gate('cx', [0, 1])], 1),
      oneOf(2),
      { seed: 1, pairs: 2000 },
    );
    // Q = sin²θ: half in the mean, a deviation of √(1/8).
    expect(entanglement.mean).toBeCloseTo(0.5, 1.5);
    expect(entanglement.std).toBeCloseTo(Math.sqrt(1 / 8), 1.5);
  });
});

describe('quantum Fisher information', () => {
  const fisher = (operations: Operation[], theta: number[], qubits = 1) =>
    quantumFisher(modelOf(qubits, operations, theta.length), Float64Array.from(theta), oneOf(qubits));

  test('of rotations of one qubit', () => {
    const rx = gate('rx', [0], parameter(0));
    expect(fisher([rx], [0.4]).rank).toBe(1);
    expect(fisher([rx], [0.4]).values[0]).toBeCloseTo(1, 12);
    // A phase of |0⟩ is no change.
    expect(fisher([gate('rz', [0], parameter(0))], [0.4]).rank).toBe(0);
    const two = fisher([rx, gate('rz', [0], parameter(1))], [0.4, 1]);
    expect([...two.values]).toEqual([expect.closeTo(1, 12), expect.closeTo(Math.sin(0.4) ** 2, 12)]);
    // No circuit of one qubit moves its state in more than two directions.
    const many = Array.from({ length: 6 }, (_, k) => gate(k % 2 ? 'rx' : 'ry', [0], parameter(k)));
    expect(fisher(many, [1, 2, 3, 4, 5, 6]).rank).toBe(2);
  });

  test('parameters that are one are one direction', () => {
    const rx = (index: number) => gate('rx', [0], parameter(index));
    expect(fisher([rx(0), rx(1), rx(0)], [0.3, 0.5]).values[0]).toBeCloseTo(5, 12);
    expect(fisher([rx(0), rx(1), rx(0)], [0.3, 0.5]).rank).toBe(1);
  });

  test('of many layers reaches 2(2ⁿ − 1) of one point, and more of several', () => {
    const layered = Array.from({ length: 12 }, (_, l) => [
      gate('ry', [0], l === 2 ? { ...parameter(4 * l), offset: apply('*', 2, input(0)) } : parameter(4 * l)),
      gate('ry', [1], parameter(4 * l + 1)),
      gate('rz', [0], parameter(4 * l + 2)),
      gate('rz', [1], parameter(4 * l + 3)),
      gate('cx', [0, 1]),
    ]).flat();
    const model = modelOf(2, layered, 48, 1);
    const theta = Float64Array.from({ length: 48 }, () => draw.uniform(0, 7));
    expect(quantumFisher(model, theta, bind(model, Float64Array.of(0.3))).rank).toBe(6);
    expect(quantumFisher(model, theta, bind(model, Float64Array.of(0.3, 1, -2))).rank).toBeGreaterThan(10);
  });

  test('its rank bounds that of the tangent kernel', () => {
    const layers = [0, 1].flatMap((l) => [
      gate('rx', [0], data(input(0))),
      ...[0, 1, 2].map((q) => gate('ry', [q], parameter(3 * l + q))),
      gate('cz', [0, 1]),
      gate('cz', [1, 2]),
    ]);
    const model = modelOf(3, layers, 6, 1);
    const theta = Float64Array.from({ length: 6 }, () => draw.uniform(0, 7));
    const inputs = bind(
      model,
      Float64Array.from({ length: 9 }, (_, i) => i / 3),
    );
    const { J } = jacobian(model, theta, inputs);
    expect(spectrumOfJacobian(J, 9, 6).rank).toBeLessThanOrEqual(quantumFisher(model, theta, inputs).rank);
  });
});

describe('by PennyLane 0.45.1', () => {
  const { made_by: _, ...found } = JSON.parse(readFileSync(new URL('pennylane.json', import.meta.url), 'utf8'));

  test.each(Object.keys(found))('%s', (name) => {
    const oracle = oracles.find((one) => one.name === name)!;
    const model = createModel(compile(circuitOf(oracle)), [parseObservable('Z0', oracle.qubits)], 1, engines.reference);
    const theta = Float64Array.from(oracle.theta);
    const inputs = bind(model, Float64Array.from(oracle.X.flat()));
    const states = statesAt(model, theta, inputs);
    const size = states.length / inputs.points;
    found[name].purities.forEach((purities: number[], i: number) => {
      const mean = purities.reduce((sum, value) => sum + value, 0) / purities.length;
      expect(meyerWallach(states.subarray(i * size, (i + 1) * size))).toBeCloseTo(2 * (1 - mean), 10);
    });
    const { values, rank } = quantumFisher(model, theta, inputs);
    found[name].fisher.forEach((value: number, k: number) => {
      expect(values[k] ?? 0).toBeCloseTo(value, 9);
    });
    expect(rank).toBe(found[name].fisher.filter((value: number) => value > 1e-10).length);
  });
});
