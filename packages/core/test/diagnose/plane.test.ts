import { describe, expect, test } from 'vitest';
import type { Plane } from '../../src/diagnose/diagnosis.ts';
import { buildModel } from '../../src/model/build.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { engines } from '../../src/simulate/engines.ts';
import { diagnosisOf, flawsOf } from '../helpers/diagnoses.ts';
import { dataOf, generatedData, modelOf } from '../helpers/problems.ts';

const model = modelOf({ qubits: 3, layers: 3, scale: 1.5, features: 2 });
const moons = generatedData({ source: 'moons', points: 24, noise: 0.1, train: 0.5, seed: 1 });

/** The same training points, and for the test places of a plane. */
function testedOn({ X, y, train, ...rest }: Dataset, plane: Plane, places: readonly (readonly [number, number])[]) {
  const added = places.flatMap(([i, j]) => [plane.x[i]!, plane.y[j]!]);
  const rows = y.length;
  return {
    ...rest,
    train,
    X: Float64Array.from([...X, ...added]),
    y: Float64Array.from([...y, ...places.map((_, k) => (k % 2 ? 1 : -1))]),
    test: Int32Array.from(places, (_, k) => rows + k),
  };
}

describe('the plane of two features', () => {
  test.each([{ basis: 'measured' }, { basis: 'forecast' }, { tolerance: 0.1 }] as const)(
    'has what the first network answers where its training ends: %o',
    (how) => {
      const diagnosis = diagnosisOf(model, moons, how);
      expect(flawsOf(diagnosis)).toEqual([]);
      const [first, second] = diagnosis.seeds;
      expect(second).not.toHaveProperty('plane');
      const plane = first!.plane!;
      const places = [
        [1, 1],
        [5, 17],
        [22, 2],
        [12, 22],
      ] as const;
      const again = diagnosisOf(model, testedOn(moons, plane, places), { ...how, seeds: 1 }).seeds[0]!;
      expect(again.plane).toEqual(plane);
      places.forEach(([i, j], k) => {
        expect(plane.outputs[j * plane.x.length + i]! / again.forecast.test[k]!).toBeCloseTo(1, 3);
      });
    },
  );

  test('holds all points, and a little more', () => {
    const { x, y } = diagnosisOf(model, moons, { seeds: 1 }).seeds[0]!.plane!;
    for (const [feature, grid] of [x, y].entries()) {
      const values = moons.X.filter((_, k) => k % 2 === feature);
      const half = (grid[1]! - grid[0]!) / 2;
      expect(grid[0]! - half).toBeLessThan(Math.min(...values));
      expect(grid.at(-1)! + half).toBeGreaterThan(Math.max(...values));
    }
  });

  test('is left out where there is none, or where the circuit is undefined on it', () => {
    const line = dataOf([-1, 0, 1], [0.1, 0.2, 0.3]);
    expect(diagnosisOf(modelOf({ qubits: 2, layers: 2 }), line).seeds[0]).not.toHaveProperty('plane');
    const [X, y] = [
      [-1, 1, 1, -1, 0.5, 0.2],
      [1, -1, 1],
    ].map((values) => Float64Array.from(values));
    const square: Dataset = { ...line, features: ['a', 'b'], X: X!, y: y! };
    const amplitudes = buildModel(
      modelSchema.parse({
        qubits: 1,
        encoding: { kind: 'amplitude' },
        ansatz: { kind: 'hea', layers: 2 },
        observable: 'Z0',
      }),
      2,
      engines.wasm,
    );
    expect(diagnosisOf(amplitudes, square).seeds[0]).not.toHaveProperty('plane');
    const read = (angle: string) => {
      const text = `input float x_0; input float x_1; input float t; qubit q; ry(${angle}) q; rx(t) q; ry(x_1) q;`;
      const circuit = readOpenqasm(text, { name: 'c.qasm', inputs: ['x_0', 'x_1'] });
      const spec = {
        openqasm: 'c.qasm',
        inputs: ['x_0', 'x_1'],
        observable: 'Z0',
        scale: 1,
        readout: 'fixed' as const,
      };
      return buildModel(spec, 2, engines.wasm, { circuit });
    };
    expect(diagnosisOf(read('x_0'), square).seeds[0]).toHaveProperty('plane');
    // Beyond the outermost points there is no arcsin.
    expect(diagnosisOf(read('arcsin(x_0)'), square).seeds[0]).not.toHaveProperty('plane');
    const constant = { ...square, X: Float64Array.from([1, 1, 1, -1, 1, 0.2]) };
    expect(diagnosisOf(read('x_0'), constant).seeds[0]).not.toHaveProperty('plane');
  });
});
