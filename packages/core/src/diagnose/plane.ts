import { planePoints, planeSide } from '../cost/commands.ts';
import { InputError } from '../errors.ts';
import { inLabelUnits, labelUnitsOf } from '../model/label-units.ts';
import { bind, outputs } from '../model/model.ts';
import type { Plane } from './diagnosis.ts';
import type { DiagnosisProblem } from './problem.ts';

/** Beyond the outermost points, as a share of their span. */
const margin = 0.04;
/** Digits of an output: a figure shows no more, and a document has thousands of them. */
const digits = 4;

/**
 * The outputs of a network at θ over the plane of two features, for a figure; undefined where there are not two, where one is
 * constant, where data are amplitudes, and where an angle of the circuit has no value somewhere between the points.
 */
export function planeAt({ model, dataset }: DiagnosisProblem, theta: Float64Array): Plane | undefined {
  if (dataset.features.length !== 2 || dataset.states || model.circuit.source.start !== 'zero') return undefined;
  const [x, y] = [0, 1].map((feature) => gridAlong(dataset.X.filter((_, k) => k % 2 === feature)));
  if (!x || !y) return undefined;
  const points = new Float64Array(2 * planePoints);
  y.forEach((second, j) => {
    x.forEach((first, i) => {
      points.set([first, second], 2 * (j * planeSide + i));
    });
  });
  const found = outputsIfAny(() => outputs(model, theta, bind(model, points)));
  if (!found) return undefined;
  const values = inLabelUnits(found, labelUnitsOf(dataset));
  return { x, y, outputs: Array.from(values, (value) => Number(value.toPrecision(digits))) };
}

/** Middles of cells of equal width over the values and a little more; undefined where these are all the same. */
function gridAlong(values: Float64Array): number[] | undefined {
  const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  if (!(most > least)) return undefined;
  const [low, span] = [least - margin * (most - least), (1 + 2 * margin) * (most - least)];
  return Array.from({ length: planeSide }, (_, k) => low + (span * (k + 0.5)) / planeSide);
}

/** An angle such as 1/x is defined at every point of the data and perhaps not between them. */
function outputsIfAny(work: () => Float64Array): Float64Array | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
