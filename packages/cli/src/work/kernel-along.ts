import {
  bind,
  type Dataset,
  type Jacobian,
  jacobian,
  kernelChange,
  type Model,
  spectrumOfJacobian,
  type Training,
  takeRows,
} from '@qntk/core';
import { thinned } from '@qntk/report';

/** The tangent kernel of the training points at one record of a run. */
export interface KernelRecord {
  /** On the clock of the run. */
  readonly time: number;
  readonly spectrum: Float64Array;
  readonly rank: number;
  readonly kappa: number | null;
  /** ‖K − K₀‖/‖K₀‖, Frobenius. */
  readonly change: number | null;
  /** Why a figure is null, by its path in the document. */
  readonly reasons: Record<string, string>;
}

/** A kernel costs a Jacobian and its spectrum; this many show the way. */
const mostRecords = 25;

/** Spectrum and change of the kernel at about 25 records of a run, the first and the last among them. */
export function kernelAlong(model: Model, dataset: Dataset, { thetas, trajectory }: Training): KernelRecord[] {
  const inputs = bind(model, takeRows(dataset.X, model.inputs, dataset.train), dataset.train);
  const P = model.parameters;
  let first: Jacobian | undefined;
  return thinned(trajectory.times.length, mostRecords).map((record) => {
    const here = jacobian(model, thetas.slice(record * P, (record + 1) * P), inputs);
    first ??= here;
    const { values, rank, kappa, kappaReason } = spectrumOfJacobian(here.J, here.rows, here.columns);
    const change = kernelChange(first, here);
    return {
      time: trajectory.times[record]!,
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
