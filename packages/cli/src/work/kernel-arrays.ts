import { gram, jacobian, preparePoints } from '@qntk/core';
import type { RealArray } from '../files/npy.ts';
import type { Problem } from '../spec/problem.ts';

export type KernelArrays = Record<'X' | 'y' | 'theta' | 'f' | 'J' | 'K', RealArray>;

/**
 * Everything linear training theory needs at one θ, on all rows of the data in their order. M points, F features, P
 * parameters; with O > 1 outputs y and f are M × O, J is M × O × P and K is M·O × M·O.
 */
export function kernelArrays(
  { model, dataset }: Pick<Problem, 'model' | 'dataset'>,
  theta: Float64Array,
): KernelArrays {
  const { outputs, parameters } = model;
  const M = dataset.y.length / outputs;
  const f = new Float64Array(M * outputs);
  const J = new Float64Array(M * outputs * parameters);
  let row = 0;
  for (const { inputs } of preparePoints(
    model,
    dataset,
    Int32Array.from({ length: M }, (_, i) => i),
  ).blocks) {
    const block = jacobian(model, theta, inputs);
    f.set(block.f, row);
    J.set(block.J, row * parameters);
    row += block.rows;
  }
  const perPoint = outputs === 1 ? [M] : [M, outputs];
  return {
    X: { shape: [M, dataset.features.length], data: dataset.X },
    y: { shape: perPoint, data: dataset.y },
    theta: { shape: [parameters], data: theta },
    f: { shape: perPoint, data: f },
    J: { shape: [...perPoint, parameters], data: J },
    K: { shape: [M * outputs, M * outputs], data: gram(J, M * outputs, parameters) },
  };
}
