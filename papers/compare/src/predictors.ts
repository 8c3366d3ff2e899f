import {
  bind,
  circuitCapability,
  effectiveDimension,
  initialTheta,
  jacobian,
  kernelAlignment,
  kernelConcentration,
  quantumFisher,
  spectrumOfJacobian,
  takeRows,
} from '@qntk/core';
import { datasetOf, modelOf } from './candidates.ts';

/** Of all initialisations, as where they are trained. */
const seed = 7;
/** Points whose states are differentiated, and pairs of random states: enough to rank circuits. */
const [fisherPoints, pairs] = [8, 500];

/** What stands beside a candidate that nobody has trained, on one data set from one initialisation. */
export interface Predictors {
  readonly set: string;
  readonly candidate: number;
  readonly seed: number;
  /** Of the kernel at θ₀ on the training rows; κ of a singular one is null. */
  readonly kappa: number | null;
  readonly alignment: number | null;
  readonly dimension: number | null;
  readonly concentration: number | null;
  readonly shots: number | null;
  readonly fisher: number;
  /** Of random parameters; of the first initialisation alone, as they have nothing to do with any. */
  readonly expressibility?: number;
  readonly entanglement?: number;
}

export function predictorsOf(folder: string, run: Pick<Predictors, 'set' | 'candidate' | 'seed'>): Predictors {
  const dataset = datasetOf(folder, run.set);
  const model = modelOf(run.candidate, dataset);
  const theta0 = initialTheta(model, seed, run.seed);
  const inputsOf = (rows: Int32Array) => bind(model, takeRows(dataset.X, dataset.features.length, rows));
  const inputs = inputsOf(dataset.train);
  const first = jacobian(model, theta0, inputs);
  const spectrum = spectrumOfJacobian(first.J, first.rows, first.columns);
  const { relative, shots } = kernelConcentration(model, theta0, inputs, first);
  const fisher = quantumFisher(model, theta0, inputsOf(dataset.train.slice(0, fisherPoints)));
  const capability = run.seed === 0 ? circuitCapability(model, inputs, { seed, pairs }) : undefined;
  return {
    ...run,
    kappa: shortened(spectrum.kappa),
    alignment: shortened(kernelAlignment(spectrum, takeRows(dataset.y, 1, dataset.train))),
    dimension: shortened(effectiveDimension(spectrum)),
    concentration: shortened(relative),
    shots: shortened(shots),
    fisher: fisher.rank,
    ...(capability && {
      expressibility: shortened(capability.expressibility.value)!,
      entanglement: shortened(capability.entanglement.mean)!,
    }),
  };
}

const shortened = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(4)));
