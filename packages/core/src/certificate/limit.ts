import { checkFits } from '../model/checks.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { bindRows, type Model } from '../model/model.ts';
import { column } from '../model/scores.ts';
import { counted } from '../wording.ts';
import { bestReadout } from './best-readout.ts';
import { coordinatesOf } from './coordinates.ts';
import { readoutEigenvalues } from './eigenvalues.ts';
import { encodedStates } from './encoded-states.ts';
import { encodingOf } from './encoding.ts';
import { type LabelErrors, labelErrors } from './labels.ts';

/**
 * What training cannot get below, certainly. Mean squared errors over training points and outputs.
 *
 * `states`: holds for every circuit behind this encoding, whatever its gates and angles · `labels`: for every function of the
 * inputs within the readout's range.
 */
export interface CertifiedLimit extends LabelErrors {
  /** The least error that was found to be possible; null where nothing is known to be impossible. */
  readonly mse: number | null;
  /** No training ends below mse − gap. */
  readonly gap: number | null;
  readonly basis: 'states' | 'labels' | null;
  /** Why there is no certificate, or none from the states; null where there is one. */
  readonly reason: string | null;
  /** Outputs of the best readouts of the encoded states, points × outputs; of the basis `states` alone. */
  readonly readout?: { readonly train: Float64Array; readonly test: Float64Array };
}

/** Dimensions of the span of the training states up to which matrices on it are decomposed. */
const mostDimensions = 256;

/**
 * A lower bound of the training error for every ansatz. Where inputs enter before all trained gates, a network is
 * ŷᵢ = tr(ρᵢM) with fixed states ρᵢ and M unitarily equivalent to γO; over the convex hull of all such M least squares is a
 * convex problem. Several outputs are bounded one by one, each with a circuit of its own.
 *
 * @throws InputError where data and model do not fit together.
 */
export function certifiedLimit(model: Model, dataset: Dataset): CertifiedLimit {
  checkFits(model, dataset);
  const y = takeRows(dataset.y, dataset.outputs, dataset.train);
  const found = statesOf(model, dataset);
  const labels = labelErrors(model, dataset);
  if ('reason' in found) {
    const mse = labels.noise + labels.outOfRange;
    // A sum of squares is never negative: a bound of 0 says nothing.
    const known = mse > 0 ? ({ mse, gap: 0, basis: 'labels' } as const) : { mse: null, gap: null, basis: null };
    return { ...known, ...labels, reason: found.reason };
  }
  const { coordinates, dimension } = found;
  const bests = model.observables.map((observable, o) => {
    const eigenvalues = readoutEigenvalues(observable, model.scale, coordinates.rank);
    return bestReadout(coordinates, eigenvalues, column(y, model.outputs, o), dimension);
  });
  const outputs = new Float64Array(bests[0].outputs.length * bests.length);
  bests.forEach((best, o) => {
    best.outputs.forEach((value, i) => {
      outputs[i * bests.length + o] = value;
    });
  });
  const train = dataset.train.length * bests.length;
  return {
    mse: mean(bests.map(({ mse }) => mse)),
    gap: mean(bests.map(({ gap }) => gap)),
    basis: 'states',
    reason: null,
    ...labels,
    readout: { train: outputs.slice(0, train), test: outputs.slice(train) },
  };
}

function statesOf(model: Model, dataset: Dataset) {
  const encoding = encodingOf(model);
  if ('reason' in encoding) return encoding;
  const rows = Int32Array.from([...dataset.train, ...dataset.test]);
  const inputs = bindRows(model, dataset, rows);
  const states = encodedStates(model.circuit, encoding.gates, inputs);
  const coordinates = states && coordinatesOf(states, dataset.train.length, mostDimensions);
  if (!states || !coordinates)
    return { reason: `the encoded states span more than ${counted(mostDimensions, 'dimension')}` };
  return { coordinates, dimension: states.dimension };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
