import { describe, expect, test } from 'vitest';
import { ansatze } from '../../src/ansatze/index.ts';
import { encodedStates } from '../../src/certificate/encoded-states.ts';
import { encodingOf } from '../../src/certificate/encoding.ts';
import { certifiedLimit } from '../../src/certificate/limit.ts';
import { data, parameter } from '../../src/circuit/angle.ts';
import { input } from '../../src/circuit/expression.ts';
import { encodings } from '../../src/encodings/index.ts';
import { buildModel } from '../../src/model/build.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bind, type Model } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { train } from '../../src/train/train.ts';
import { modelOf as circuitModel, sourceOf } from '../helpers/circuits.ts';
import { difference, seed } from '../helpers/numbers.ts';
import { dataOf, generatedData, tfimData } from '../helpers/problems.ts';

const moons = generatedData({ source: 'moons', points: 40, train: 0.5, seed: 3 });

function modelFor(dataset: Dataset, spec: object): Model {
  const filled = { qubits: 3, encoding: {}, ansatz: { kind: 'hea', layers: 3 }, observable: 'Z0', ...spec };
  return buildModel(modelSchema.parse(filled), dataset.features.length, engines.wasm);
}

/** Training MSE after L-BFGS. */
function trained(model: Model, dataset: Dataset, index: number): number {
  const options = { optimizer: 'lbfgs', loss: 'sum', steps: 150, theta0: initialTheta(model, seed, index) } as const;
  const { trainLoss } = train(model, dataset, options).trajectory;
  return (2 * trainLoss[trainLoss.length - 1]) / (dataset.train.length * dataset.outputs);
}

describe('the certificate', () => {
  test.each(ansatze.map(({ kind }) => kind))('no training of %s ends below it', (kind) => {
    for (const dataset of [moons, tfimData()])
      for (const scale of [1, 1.5]) {
        const options = modelSchema.safeParse({
          qubits: 3,
          encoding: {},
          ansatz: { kind, layers: 6 },
          observable: 'Z0',
          scale,
        }).success
          ? { kind, layers: 6 }
          : { kind };
        const model = modelFor(dataset, { ansatz: options, scale });
        const { mse, gap, basis } = certifiedLimit(model, dataset);
        expect(basis).toBe('states');
        expect(gap).toBeLessThanOrEqual(1e-4 * mse! + 1e-6);
        for (const index of [0, 1]) expect(trained(model, dataset, index)).toBeGreaterThan(mse! - gap! - 1e-12);
      }
  });

  test('a universal ansatz comes close to it', () => {
    const model = modelFor(moons, { ansatz: { kind: 'hva', layers: 10 }, scale: 1.5 });
    const { mse, gap } = certifiedLimit(model, moons);
    const reached = Math.min(...[0, 1, 2].map((index) => trained(model, moons, index)));
    expect(mse).toBeGreaterThan(0.1);
    expect(reached).toBeGreaterThan(mse! - gap!);
    expect(reached).toBeLessThan(1.05 * mse!);
  });

  test('several outputs: the mean of theirs', () => {
    const pair: Dataset = {
      ...moons,
      outputs: 2,
      y: Float64Array.from([...moons.y].flatMap((label) => [label, -0.5 * label])),
    };
    const both = certifiedLimit(modelFor(pair, { observable: ['Z0', 'Z1'] }), pair);
    const first = certifiedLimit(modelFor(moons, {}), moons);
    const half: Dataset = { ...moons, y: moons.y.map((label) => -0.5 * label) };
    const second = certifiedLimit(modelFor(half, { observable: 'Z1' }), half);
    expect(both.mse).toBeCloseTo((first.mse! + second.mse!) / 2, 5);
    expect(both.readout!.train).toHaveLength(2 * moons.train.length);
    expect(both.readout!.test).toHaveLength(2 * moons.test.length);
    expect(both.readout!.test.filter((_, k) => k % 2 === 0)).toEqual(first.readout!.test);
  });

  test('more qubits: their states hold those of fewer, and no array of 2^n numbers is needed', () => {
    const found = [4, 12, 20].map((qubits) =>
      certifiedLimit(modelFor(moons, { qubits, ansatz: { kind: 'hea', layers: 1 } }), moons),
    );
    for (let k = 1; k < found.length; k++) expect(found[k].mse! - found[k].gap!).toBeLessThan(found[k - 1].mse!);
    for (const { mse, gap } of found) expect(gap).toBeLessThanOrEqual(1e-4 * mse! + 1e-7);
  });
});

describe('encoded states', () => {
  test.each(encodings.map(({ kind }) => kind))('%s: overlaps are those of unit vectors', (kind) => {
    const model = modelFor(moons, { encoding: { kind } });
    const encoding = encodingOf(model);
    if ('reason' in encoding) throw new Error(encoding.reason);
    const inputs = bind(model, moons.X.slice(0, 10));
    const states = encodedStates(model.circuit, encoding.gates, inputs)!;
    for (let j = 0; j < 5; j++) {
      const overlaps = states.overlapsWith(j);
      expect(overlaps[2 * j]).toBeCloseTo(1, 12);
      expect(overlaps[2 * j + 1]).toBeCloseTo(0, 12);
      for (let i = 0; i < 5; i++) {
        const mirrored = states.overlapsWith(i);
        expect(overlaps[2 * i]).toBeCloseTo(mirrored[2 * j], 12);
        expect(overlaps[2 * i + 1]).toBeCloseTo(-mirrored[2 * j + 1], 12);
      }
    }
  });

  test('RY(x) on three qubits: the product of three cosines', () => {
    const model = modelFor(moons, {});
    const encoding = encodingOf(model) as { gates: number[] };
    const x = moons.X.slice(0, 12);
    const overlaps = encodedStates(model.circuit, encoding.gates, bind(model, x))!.overlapsWith(2);
    const expected = Float64Array.from({ length: 6 }, (_, i) =>
      [0, 1, 0].reduce((all, f) => all * Math.cos((x[2 * i + f] - x[4 + f]) / 2), 1),
    );
    expect(
      difference(
        overlaps.filter((_, k) => k % 2 === 0),
        expected,
      ),
    ).toBeLessThan(1e-14);
  });

  test('a network’s own outputs as labels can be fitted', () => {
    const model = modelFor(moons, { encoding: { kind: 'zz-feature-map' }, scale: 0.9 });
    const theta0 = initialTheta(model, seed, 0);
    const { trajectory } = train(model, moons, { optimizer: 'gd', loss: 'mean', steps: 0, theta0 });
    const y = new Float64Array(moons.y.length);
    moons.train.forEach((row, i) => {
      y[row] = trajectory.train[i];
    });
    expect(certifiedLimit(model, { ...moons, y }).mse).toBeLessThan(1e-5);
  });

  test('trained gates on other qubits do not stand before an input', () => {
    const source = sourceOf(2, 1, [
      { gate: 'ry', wires: [1], angles: [parameter(0)] },
      { gate: 'ry', wires: [0], angles: [data(input(0))] },
      { gate: 'cz', wires: [0, 1] },
      { gate: 'ry', wires: [0], angles: [parameter(1)] },
    ]);
    expect(encodingOf(circuitModel(source, ['Z0'], engines.wasm))).toEqual({ gates: [1] });
  });
});

describe('without states', () => {
  const line = dataOf([0, 0, 1, 2], [1, 0, 3, -0.5]);

  test.each([
    ['re-uploading', { encoding: { reupload: true } }, /behind trained gates/],
    ['trained scaling', { encoding: { scaling: 'trainable' } }, /inputs and parameters at once/],
    ['trained readout', { readout: 'trainable' }, /weights of the readout/],
  ])('%s: what no function of the inputs can do, and why no more', (_, spec, reason) => {
    const limit = certifiedLimit(modelFor(line, spec), line);
    // The pair at x = 0 leaves ¼ each; with a range of ±1 the label 3 is missed by 2.
    const range = 'readout' in spec ? 0 : 4;
    expect(limit).toEqual({
      mse: (0.5 + range) / 4,
      gap: 0,
      basis: 'labels',
      noise: 0.5 / 4,
      outOfRange: range / 4,
      reason: expect.stringMatching(reason),
    });
  });

  test('where that forbids nothing there is no certificate', () => {
    const easy = dataOf([0, 1, 2], [0.5, 0, -0.5]);
    const limit = certifiedLimit(modelFor(easy, { encoding: { reupload: true } }), easy);
    expect(limit).toEqual({
      mse: null,
      gap: null,
      basis: null,
      noise: 0,
      outOfRange: 0,
      reason: expect.any(String),
    });
  });

  test('more dimensions than can be decomposed', () => {
    const draw = random(seed, 9);
    const x = Array.from({ length: 300 }, () => draw.uniform(-3, 3));
    const many = dataOf(x, x.map(Math.sin));
    const model = modelFor(many, { qubits: 9, encoding: { frequency: 'high' }, ansatz: { kind: 'hea', layers: 1 } });
    expect(certifiedLimit(model, many).reason).toMatch(/more than 256 dimensions/);
  });
});
