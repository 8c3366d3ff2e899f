import { kernelChange } from '../kernel/change.ts';
import { type Jacobian, jacobian } from '../kernel/jacobian.ts';
import { spectrumOfJacobian } from '../kernel/spectrum.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { bind, type Model } from '../model/model.ts';
import type { Training } from './training.ts';

/** The tangent kernel of the training points at one record of a run. */
export interface KernelRecord {
  /** On the clock of the run. */
  readonly time: number;
  /** Eigenvalues, descending. */
  readonly spectrum: Float64Array;
  readonly rank: number;
  readonly kappa: number | null;
  /** ‖K − K₀‖/‖K₀‖, Frobenius; K₀ is the kernel at the start. */
  readonly change: number | null;
  /** Why a number is null, by its path where the records are `kernel` of a document. */
  readonly reasons: Record<string, string>;
}

/** A kernel costs a Jacobian and its spectrum; this many show the way. */
const mostRecords = 25;

/**
 * Spectrum and change of the kernel along a run of `train`: at about 25 of its records, evenly spread, the first and the last
 * among them.
 */
export function kernelAlong(
  model: Model,
  dataset: Dataset,
  { thetas, trajectory }: Pick<Training, 'thetas' | 'trajectory'>,
): KernelRecord[] {
  const inputs = bind(model, takeRows(dataset.X, model.inputs, dataset.train), dataset.train);
  const P = model.parameters;
  let first: Jacobian | undefined;
  return evenly(trajectory.times.length).map((record) => {
    const here = jacobian(model, thetas.slice(record * P, (record + 1) * P), inputs);
    first ??= here;
    const { values, rank, kappa, kappaReason } = spectrumOfJacobian(here.J, here.rows, here.columns);
    const change = kernelChange(first, here);
    return {
      time: trajectory.times[record],
      spectrum: values,
      rank,
      kappa,
      change,
      reasons: {
        ...(kappaReason !== undefined && { 'kernel.kappa': kappaReason }),
        ...(change === null && { 'kernel.change': 'the kernel is 0 at the start' }),
      },
    };
  });
}

function evenly(count: number): number[] {
  const most = Math.min(count, mostRecords);
  return Array.from({ length: most }, (_, k) => (most < 2 ? 0 : Math.round((k * (count - 1)) / (most - 1))));
}
