import { expect, test } from 'vitest';
import { heisenberg } from '../../../src/dynamics/finite/heisenberg.ts';
import { densityMatrix, independentInputs } from '../../../src/dynamics/finite/input-states.ts';
import { limitOf } from '../../../src/dynamics/finite/limit-of-network.ts';
import { finiteFlow } from '../../../src/dynamics/finite/run.ts';
import { fullLimit, fullOutputs } from '../../../src/dynamics/limit/reference.ts';
import { followLimit } from '../../../src/dynamics/limit/run.ts';
import type { Random } from '../../../src/random/random.ts';
import { difference, grid } from '../../helpers/numbers.ts';
import { problemOf } from './setting.ts';

const seed = 20_261_128;
const times = grid(3, 0, 0.4);

test('the limit of a network is the d × d equation from its M(0), for any readout and inputs', () => {
  const overlapping = (draw: Random) => ({ inputs: independentInputs(6, 3, draw) });
  for (const inputs of [() => ({}), overlapping]) {
    const problem = problemOf([6, 3, 5, 1.3], [seed], inputs, [1, 0.2, -1]);
    const { network, labels, theta0 } = problem;
    const { problem: limit, start } = limitOf(problem);
    const M = heisenberg(network, theta0).readout;
    const states = [0, 1, 2].map((j) => densityMatrix(network.inputs, j));
    const wanted = fullLimit({ M, states, labels }, times, 1e-10).map((now) => [...fullOutputs(now, states)]);
    const { outputs, kernels } = followLimit(limit, start, times);
    expect(difference(outputs, wanted.flat())).toBeLessThan(1e-8);
    const run = finiteFlow(problem, Float64Array.of(0));
    expect(difference(kernels.subarray(0, 9), run.kernels[0].asymptotic)).toBeLessThan(1e-11);
  }
});
