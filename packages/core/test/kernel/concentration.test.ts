import { describe, expect, test } from 'vitest';
import { data, parameter } from '../../src/circuit/angle.ts';
import { compile, rotationOfSlot } from '../../src/circuit/circuit.ts';
import { apply, input } from '../../src/circuit/expression.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { kernelConcentration } from '../../src/kernel/concentration.ts';
import { circuitsPerPoint } from '../../src/kernel/hardware.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { shiftRule } from '../../src/kernel/shift-rule.ts';
import { bind, createModel, type Model } from '../../src/model/model.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';

const draw = random(23);

/** Two qubits, data again before the second layer, a parameter that two gates share and one times a feature. */
function model(text: readonly string[] = ['Z0'], scale = 1.5): Model {
  const operations = [
    { gate: 'ry', wires: [0], angles: [data(input(0))] },
    { gate: 'rx', wires: [1], angles: [parameter(0)] },
    { gate: 'rx', wires: [0], angles: [parameter(0)] },
    { gate: 'cx', wires: [0, 1] },
    { gate: 'crx', wires: [1, 0], angles: [parameter(1)] },
    {
      gate: 'ry',
      wires: [0],
      angles: [{ ...data(input(0)), terms: [{ parameter: 2, factor: apply('*', 2, input(0)) }] }],
    },
  ];
  const circuit = compile({ qubits: 2, inputs: 1, parameters: ['a', 'b', 'c'], start: 'zero', operations });
  return createModel(
    circuit,
    text.map((one) => parseObservable(one, 2)),
    scale,
    engines.reference,
  );
}

const theta = Float64Array.of(0.4, 1.3, -0.7);
const X = Float64Array.of(-1.2, -0.4, 0.3, 0.8, 1.5);

describe('circuits for hardware', () => {
  test('are one and two a shift, in every basis', () => {
    // Two rx of two shifts each, crx of three frequencies, so six, ry of two.
    expect(circuitsPerPoint(model())).toBe(
      1 + 2 + 2 + 2 * shiftRule(rotationOfSlot(model().circuit, 2).spectrum).length + 2,
    );
    expect(circuitsPerPoint(model(['Z0', 'Z0*Z1', 'Z1']))).toBe(circuitsPerPoint(model()));
    expect(circuitsPerPoint(model(['Z0', 'X0', 'X0*Z1']))).toBe(2 * circuitsPerPoint(model()));
  });
});

describe('concentration of a kernel', () => {
  const net = model();
  const inputs = bind(net, X);
  const at = jacobian(net, theta, inputs);
  const entry = (J: Float64Array, i: number, j: number) =>
    [0, 1, 2].reduce((sum, k) => sum + J[3 * i + k] * J[3 * j + k], 0);
  const pairs = [0, 1, 2, 3, 4].flatMap((i) => [0, 1, 2, 3, 4].filter((j) => j > i).map((j) => [i, j] as const));

  test('is the spread of its entries off the diagonal', () => {
    const values = pairs.map(([i, j]) => entry(at.J, i, j));
    const mean = values.reduce((sum, value) => sum + value, 0) / 10;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 10);
    const diagonal = [0, 1, 2, 3, 4].reduce((sum, i) => sum + entry(at.J, i, i), 0) / 5;
    const found = kernelConcentration(net, theta, inputs, at);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.deviation).toBeCloseTo(deviation, 12);
    expect(found.relative).toBeCloseTo(deviation / diagonal, 12);
  });

  test('is seen from as many shots on as are told, by shots themselves', () => {
    const { shots, allShots, deviation } = kernelConcentration(net, theta, inputs, at);
    expect(allShots).toBe(shots! * 5 * circuitsPerPoint(net));
    // Shots of the largest variance there is: each ±1.5, whatever the angle, around the true mean.
    const noisy = (mean: number, count: number) => mean + (1.5 * draw.normal()) / Math.sqrt(count);
    const slots = [
      [0, () => 1],
      [0, () => 1],
      [1, () => 1],
      [2, (x: number) => 2 * x],
    ] as const;
    const trainable = Array.from(net.circuit.trainable, (_, slot) => slot).filter(
      (slot) => net.circuit.trainable[slot],
    );
    const rounds = 3000;
    let error = 0;
    for (let round = 0; round < rounds; round++) {
      const J = at.J.slice();
      X.forEach((x, i) => {
        slots.forEach(([k, slope], s) => {
          for (const { weight } of shiftRule(rotationOfSlot(net.circuit, trainable[s]).spectrum))
            J[3 * i + k] += slope(x) * weight * (noisy(0, shots!) - noisy(0, shots!));
        });
      });
      for (const [i, j] of pairs) error += (entry(J, i, j) - entry(at.J, i, j)) ** 2;
    }
    // Of 30 000 errors, which five points share; the number of shots is rounded up.
    expect(Math.sqrt(error / (10 * rounds)) / deviation).toBeGreaterThan(0.93);
    expect(Math.sqrt(error / (10 * rounds)) / deviation).toBeLessThan(1.03);
  });

  test('a kernel that is the same everywhere is told by no number of shots', () => {
    const same = bind(net, Float64Array.of(1, 1, 1));
    expect(kernelConcentration(net, theta, same, jacobian(net, theta, same))).toMatchObject({
      shots: null,
      allShots: null,
    });
    expect(() => kernelConcentration(net, theta, same, at)).toThrow('J');
  });
});
