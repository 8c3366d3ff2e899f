import { expect, test } from 'vitest';
import { forecastingScores } from '../../src/diagnose/changes.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { buildModel } from '../../src/model/build.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { runSync } from '../../src/progress.ts';
import { engines } from '../../src/simulate/engines.ts';
import { optionsOf } from '../helpers/diagnoses.ts';
import { dataOf, range } from '../helpers/problems.ts';

test('a change whose training leaves all numbers brings nothing, and the diagnosis stands', () => {
  const line = range(20).map((i) => -1.5 + (3 * i) / 19);
  const data = dataOf(line, line.map(Math.sin), range(10));
  const scoresOf = (readout: string) => {
    const spec = { qubits: 2, encoding: {}, ansatz: { kind: 'hea', layers: 2 }, observable: 'Z0', scale: 30, readout };
    const model = buildModel(modelSchema.parse(spec), 1, engines.wasm);
    const plan = { optimizer: 'gd', rate: 10, steps: 100, basis: 'measured' } as const;
    return runSync(forecastingScores(diagnosisProblem(model, data, optionsOf(plan)), 0));
  };
  expect(scoresOf('fixed').trainMse).toBeGreaterThan(0);
  expect(scoresOf('trainable')).toEqual({ trainMse: null, testR2: null });
});
