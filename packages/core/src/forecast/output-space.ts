import { multiply, transposeMultiply } from '../linalg/matrix.ts';
import { residual } from '../model/loss.ts';
import type { ModelPoint, NetworkModel, Sample } from './process.ts';

/**
 * The space that the outputs of all rows lie in, as functions of θ. A Gaussian process treats all rows alike, so that it is the same of
 * coordinates in an orthonormal basis of that space.
 */
export interface OutputSpace {
  /** A sample in coordinates of the space. */
  coordinates(sample: Sample): Sample;
  /** Coordinates that were found before the space has grown, in those of today. */
  widened(sample: Sample): Sample;
  /** A model of the coordinates as one of all rows. */
  ofRows(model: NetworkModel): Pick<NetworkModel, 'at' | 'fit'>;
}

/** How many points and outputs a basis is for: the outputs of a point have the same directions each. */
interface Shape {
  readonly points: number;
  readonly outputs: number;
}

/**
 * A model of coordinates as one of all rows, points × outputs.
 *
 * @param basis - orthonormal, one direction after the other, each of as many numbers as there are points.
 */
export function modelOfRows(
  model: NetworkModel,
  basis: Float64Array,
  { points, outputs }: Shape,
): Pick<NetworkModel, 'at' | 'fit'> {
  const directions = basis.length / points;
  const ofRows = (values: Float64Array) =>
    transposeMultiply(basis, values, directions, points, values.length / directions);
  const inSpace = (v: Float64Array) => multiply(basis, v, directions, points, outputs);
  return {
    at: (theta) => {
      const point = model.at(theta);
      return {
        f: ofRows(point.f),
        vectorJacobian: (v) => point.vectorJacobian(inSpace(v)),
        jacobian: () => ofRows(point.jacobian()),
      } satisfies ModelPoint;
    },
    // What of y is outside of the space no model reaches, and no gradient feels.
    fit: (theta, y) => {
      const inside = inSpace(y);
      const found = model.fit(theta, inside);
      return { residual: residual(y, ofRows(residual(inside, found.residual))), product: found.product };
    },
  };
}
