import { limitProblem, orthonormalInputs } from '../packages/core/src/dynamics/limit/problem.ts';
import { limitFollower, limitTimes } from '../packages/core/src/dynamics/limit/run.ts';
import { haarState, stateOfProjections } from '../packages/core/src/dynamics/limit/state.ts';
import { readoutOf } from '../packages/core/src/dynamics/readout.ts';
import { orthonormalise } from '../packages/core/src/random/haar.ts';
import { random } from '../packages/core/src/random/random.ts';
import type { Case, Peers } from './case.ts';

const gamma = 2;

const shapes = [
  [32, 4],
  [128, 16],
  [512, 16],
  [2 ** 50, 16],
];

/** A run of You et al.'s over-parameterised limit: outputs, kernels and their least eigenvalues at 101 times. */
export const limitCases: readonly Case[] = shapes.map(([d, m]) => ({
  name: `limit-c-${d}-${m}`,
  prepare() {
    const problem = problemOf(d, m);
    const start = haarState(problem, random(1, d, m));
    const follow = limitFollower(problem);
    const times = limitTimes(problem.readout);
    return () => follow(start, times);
  },
  ...(d <= 512 ? { peers: peersOf(d, m) } : {}),
}));

function problemOf(d: number, m: number) {
  const labels = Float64Array.from({ length: m }, (_, j) => (j % 2 ? -1 : 1));
  return limitProblem(readoutOf(d, [1, -1], gamma), orthonormalInputs(m), labels);
}

/** The d × d equation from M(0) diagonal and m Haar-random orthonormal inputs. */
function peersOf(d: number, m: number): Peers {
  const problem = problemOf(d, m);
  const times = limitTimes(problem.readout);
  const states = () => {
    const draw = random(2, d, m);
    const rows = Float64Array.from({ length: 2 * d * m }, () => draw.normal());
    orthonormalise(rows, m);
    return rows;
  };
  return {
    scripts: ['numpy_limit.py', 'numpy_limit_lowrank.py'],
    problem: () => ({
      readout: Array.from({ length: d }, (_, k) => (k < d / 2 ? gamma : -gamma)),
      states: [...states()],
      y: [...problem.labels],
      times: [...times],
      // Scaled so that their outputs are about as accurate as ours.
      tolerance: 1e-12,
    }),
    answer() {
      const rows = states();
      const projections = [0, d / 2].map((from) => overlaps(rows, m, d, from, from + d / 2));
      const { outputs } = limitFollower(problem)(stateOfProjections(problem, projections), times);
      return [...outputs];
    },
  };
}

/** ⟨row i|row j⟩ over some coordinates. */
function overlaps(rows: Float64Array, m: number, d: number, from: number, to: number): Float64Array {
  const out = new Float64Array(2 * m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++)
      for (let a = from; a < to; a++) {
        const [p, q, at] = [2 * (i * d + a), 2 * (j * d + a), 2 * (i * m + j)];
        out[at] += rows[p] * rows[q] + rows[p + 1] * rows[q + 1];
        out[at + 1] += rows[p] * rows[q + 1] - rows[p + 1] * rows[q];
      }
  return out;
}
