import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { limitProblem, mixtures, orthonormalInputs, overlappingInputs } from '../../../src/dynamics/limit/problem.ts';
import { followLimit } from '../../../src/dynamics/limit/run.ts';
import { stateOfProjections } from '../../../src/dynamics/limit/state.ts';
import { type Eigenspace, readoutFrom } from '../../../src/dynamics/readout.ts';
import { orthonormalise } from '../../../src/random/haar.ts';
import { difference } from '../../helpers/numbers.ts';
import { gramOf, inner, type Vectors } from './problems.ts';

/** A whole run of the d × d equation, by SciPy (oracles/generate.py). */
interface Oracle {
  readonly name: string;
  readonly inputs: 'orthonormal' | 'overlapping' | 'mixed';
  readonly levels: readonly Eigenspace[];
  readonly weights: number[];
  readonly sample: number[];
  readonly labels: number[];
  readonly outputs: number[][];
  readonly lambdaMin: number[];
}
const { dimension, times, cases } = JSON.parse(
  readFileSync(new URL('oracles/limit.json', import.meta.url), 'utf8'),
) as { dimension: number; times: number[]; cases: Oracle[] };

/** generate.py's `vectors`, flat. */
function vectorsOf(count: number, orthonormal: boolean): Vectors {
  const d = dimension;
  const flat = new Float64Array(2 * count * d);
  for (let j = 0; j < count; j++)
    for (let a = 0; a < d; a++) {
      const phase = ((a + 1) * (a + 3 * j + 2) * (j + 2)) % 1009;
      flat[2 * (j * d + a)] = Math.cos(phase);
      flat[2 * (j * d + a) + 1] = Math.sin(2 * phase + a);
    }
  const rows = Array.from({ length: count }, (_, j) => flat.subarray(2 * j * d, 2 * (j + 1) * d));
  if (orthonormal) orthonormalise(flat, count);
  else for (const row of rows) row.set(row.map((entry) => entry / Math.sqrt(inner(row, row)[0])));
  return rows;
}

test.each(cases)('d = 128, sixteen columns, a whole run: $name', (oracle) => {
  const vectors = vectorsOf(oracle.weights.length, oracle.inputs === 'orthonormal');
  const gram = gramOf(vectors);
  const inputs =
    oracle.inputs === 'orthonormal'
      ? orthonormalInputs(vectors.length)
      : oracle.inputs === 'overlapping'
        ? overlappingInputs(gram)
        : mixtures(gram, oracle.weights, oracle.sample);
  const problem = limitProblem(readoutFrom(oracle.levels), inputs, oracle.labels);
  // M(0) is diagonal, so that projections are stretches of the amplitudes.
  let end = 0;
  const projections = oracle.levels.map((level) => {
    const from = end;
    end += level.dimension;
    return gramOf(vectors.map((v) => v.subarray(2 * from, 2 * end)));
  });
  const run = followLimit(problem, stateOfProjections(problem, projections), Float64Array.from(times), 1e-13);
  expect(difference(run.outputs, oracle.outputs.flat())).toBeLessThan(1e-10);
  expect(difference(run.lambdaMin, oracle.lambdaMin)).toBeLessThan(1e-10);
});
