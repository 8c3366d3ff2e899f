import { checkJacobian, jacobian } from '../kernel/jacobian.ts';
import { lanczos } from '../linalg/lanczos.ts';
import { multiplyVector, transposeGram, transposeMultiplyVector } from '../linalg/matrix.ts';
import { lossOf, residual } from '../model/loss.ts';
import type { Model } from '../model/model.ts';
import type { Evaluation } from '../optimize/objective.ts';
import { random } from '../random/random.ts';
import type { Points } from './points.ts';

/** The training loss L(θ) = w/2·Σ r² with r = y − f(θ), and its gradient −w·Jᵀr, for the weight w. */
export function lossObjective(
  model: Model,
  points: Points,
  weight: number,
): (theta: Float64Array) => Required<Evaluation> {
  return (theta) => {
    let loss = 0;
    let at = 0;
    const outputs = new Float64Array(points.count * model.outputs);
    const gradient = new Float64Array(model.parameters);
    // Parameters that have overflowed have no loss; the minimiser ends there and says so.
    if (!theta.every(Number.isFinite)) return { loss: Number.NaN, gradient, outputs: outputs.fill(Number.NaN) };
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

/** Share of the eigenvalue that its Lanczos residual may leave: its own error is of the order of the square. */
const enough = 1e-6;

/** Numbers of Jacobians that are held: 256 MiB. */
const mostHeld = 2 ** 25;

/** λmax of K = JJᵀ at θ, from the same JᵀJ by Lanczos steps; it approaches from below. */
export function largestEigenvalue(model: Model, theta: Float64Array, points: Points, most = mostHeld): number {
  const imageOf = gramAction(model, theta, points, most);
  const draw = random(1);
  const start = Float64Array.from({ length: model.parameters }, () => draw.normal());
  return Math.max(0, lanczos(imageOf, start, 'outermost', enough).value);
}

/**
 * v ↦ JᵀJ·v: by the Jacobians of all blocks where they fit in memory, else by JᵀJ, summed up block by block.
 *
 * @throws InputError where neither fits.
 */
function gramAction(
  model: Model,
  theta: Float64Array,
  { count, blocks }: Points,
  most: number,
): (v: Float64Array) => Float64Array {
  const P = model.parameters;
  if (count * model.outputs * P <= most || P * P > mostHeld) {
    checkJacobian(model, count);
    const jacobians = blocks.map(({ inputs }) => jacobian(model, theta, inputs));
    return (v) => {
      const image = new Float64Array(P);
      for (const { J, rows } of jacobians)
        add(image, transposeMultiplyVector(J, multiplyVector(J, v, rows, P), rows, P));
      return image;
    };
  }
  const product = new Float64Array(P * P);
  for (const { inputs } of blocks) {
    const { J, rows } = jacobian(model, theta, inputs);
    add(product, transposeGram(J, rows, P));
  }
  return (v) => multiplyVector(product, v, P, P);
}

function add(to: Float64Array, part: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += part[i];
}
