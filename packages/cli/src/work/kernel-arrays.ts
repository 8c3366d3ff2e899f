import { bind, gram, jacobian, takeRows } from '@qntk/core';
import type { NpyArray } from '@qntk/formats';
import type { Problem } from '../spec/problem.ts';

export type KernelArrays = Record<'X' | 'y' | 'theta' | 'f' | 'J', NpyArray> & { readonly K?: NpyArray };

/** Rows of J beyond which K is left out: it would take 128 MiB, and says nothing that J does not. */
const mostKernelRows = 4096;

/** Why there is no K, in words for the user; undefined where there is one. */
export function withoutKernel({ f }: Pick<KernelArrays, 'f'>): string | undefined {
  const rows = f.data.length;
  return rows > mostKernelRows ? `without K: ${rows} × ${rows} numbers are too many, and K = JJᵀ` : undefined;
}

/**
 * Everything linear training theory needs at one θ, on all rows of the data in their order. M points, F features
 * (complex amplitudes where the data are states), P parameters; with O > 1 outputs y and f are M × O, J is M × O × P and
 * K is M·O × M·O. Of more than 4096 rows there is no K. Labels that were standardised are so in y, as the outputs in f are,
 * so that y − f is the residual that K moves.
 */
export function kernelArrays(
  { model, dataset }: Pick<Problem, 'model' | 'dataset'>,
  theta: Float64Array,
): KernelArrays {
  const { outputs, parameters } = model;
  const M = dataset.y.length / outputs;
  const rows = Int32Array.from({ length: M }, (_, i) => i);
  const { f, J } = jacobian(model, theta, bind(model, takeRows(dataset.X, model.inputs, rows), rows));
  const perPoint = outputs === 1 ? [M] : [M, outputs];
  return {
    X: dataset.states
      ? { shape: [M, dataset.features.length / 2], data: dataset.X, complex: true }
      : { shape: [M, dataset.features.length], data: dataset.X },
    y: { shape: perPoint, data: dataset.y },
    theta: { shape: [parameters], data: theta },
    f: { shape: perPoint, data: f },
    J: { shape: [...perPoint, parameters], data: J },
    ...(f.length <= mostKernelRows && {
      K: { shape: [f.length, f.length], data: gram(J, f.length, parameters) },
    }),
  };
}
