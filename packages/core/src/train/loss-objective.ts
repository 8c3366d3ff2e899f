import { jacobian } from '../kernel/jacobian.ts';
import { dot, multiplyVector, norm, transposeMultiplyVector } from '../linalg/matrix.ts';
import { random } from '../linalg/random.ts';
import { type LossKind, lossOf, lossWeight, residual } from '../model/loss.ts';
import type { Model } from '../model/model.ts';
import type { Evaluation } from './objective.ts';
import type { Points } from './points.ts';

/** The training loss L(θ) = w/2·Σ r² with r = y − f(θ), and its gradient −w·Jᵀr. */
export function lossObjective(
  model: Model,
  points: Points,
  kind: LossKind,
): (theta: Float64Array) => Required<Evaluation> {
  const weight = lossWeight(kind, points.count);
  return (theta) => {
    let loss = 0;
    let at = 0;
    const outputs = new Float64Array(points.count * model.outputs);
    const gradient = new Float64Array(model.parameters);
    for (const { inputs, y } of points.blocks) {
      const { f, J, rows, columns } = jacobian(model, theta, inputs);
      outputs.set(f, at);
      at += rows;
      const r = residual(y, f);
      loss += lossOf('sum', r, points.count);
      const part = transposeMultiplyVector(J, r, rows, columns);
      for (let i = 0; i < columns; i++) gradient[i] -= weight * part[i];
    }
    return { loss: weight * loss, gradient, outputs };
  };
}

/** Power iteration stops when the eigenvalue moves by less than this share, far below the margin it is used with. */
const enough = 1e-4;
const mostIterations = 200;

/** λmax of K = JJᵀ at θ, from the same JᵀJ by power iteration; it approaches from below. */
export function largestEigenvalue(model: Model, theta: Float64Array, points: Points): number {
  const jacobians = points.blocks.map(({ inputs }) => jacobian(model, theta, inputs));
  const draw = random(1);
  let v = Float64Array.from({ length: model.parameters }, () => draw.normal());
  let lambda = 0;
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const image = new Float64Array(v.length);
    for (const { J, rows, columns } of jacobians) {
      const part = transposeMultiplyVector(J, multiplyVector(J, v, rows, columns), rows, columns);
      for (let i = 0; i < columns; i++) image[i] += part[i];
    }
    const next = dot(v, 0, image, 0, v.length) / dot(v, 0, v, 0, v.length);
    const length = norm(image);
    if (!(length > 0)) return 0;
    v = image.map((value) => value / length);
    if (Math.abs(next - lambda) <= enough * next) return next;
    lambda = next;
  }
  return lambda;
}
