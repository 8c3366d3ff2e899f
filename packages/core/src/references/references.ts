import { standardUnits } from '../data/standardise.ts';
import { symmetricEigen } from '../linalg/eigen.ts';
import { gram, multiply, multiplyTransposed, transposeGram } from '../linalg/matrix.ts';
import { checkFinite } from '../magnitude.ts';
import { checkDataset } from '../model/checks.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { fitKernelRidge, type KernelModes, predictKernelRidge } from './kernel-ridge.ts';

/** Most training points that a reference is fitted on; of more, as many are spread evenly over them. */
export const mostPoints = 500;

/** What stands beside a network's scores: outputs on the test rows of models that need no quantum computer. */
export interface References {
  /** The mean of the training labels. */
  readonly constant: Float64Array;
  /** Ridge regression on the features; null, with a reason, where it cannot be fitted. */
  readonly ridge: Float64Array | null;
  /** Kernel ridge regression with a Gaussian kernel, k = exp(−|z − z′|²/2ℓ²); null as above. */
  readonly rbf: Float64Array | null;
  readonly reason: string | null;
  /** Points that they were fitted on. */
  readonly points: number;
}

/**
 * Fits the references to the training rows and applies them to the test rows; outputs are rows × outputs.
 *
 * Features are those of the model, each to mean 0 and deviation 1 over the training rows. Regularisation and the length ℓ
 * (times ¼ to 4 of the median distance) are those with the least error of leave-one-out, so that no test label has a part.
 *
 * @throws InputError where the data set is not sound.
 */
export function fitReferences(dataset: Dataset): References {
  checkDataset(dataset);
  checkFinite('X', dataset.X);
  const rows = spread(dataset.train, mostPoints);
  const points = rows.length;
  const { outputs } = dataset;
  const y = takeRows(dataset.y, outputs, rows);
  const constant = constantOutputs(y, outputs, dataset.test.length);
  const reason = unsuitable(dataset);
  if (reason !== null) return { constant, ridge: null, rbf: null, reason, points };
  const { train, test } = standardised(dataset, rows);
  const labels = { y, outputs };
  return { constant, ridge: linear(train, test, labels), rbf: gaussian(train, test, labels), reason: null, points };
}

/** Labels, points × outputs. */
interface Labels {
  readonly y: Float64Array;
  readonly outputs: number;
}

/** Features, rows × width. */
interface Features {
  readonly values: Float64Array;
  readonly rows: number;
  readonly width: number;
}

function unsuitable({ states, train }: Dataset): string | null {
  if (states) return 'the points are quantum states, not features';
  return train.length < 2 ? 'one training point is not enough' : null;
}

function spread(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]);
}

/** Features to mean 0 and deviation 1 over the training rows, the same factors for the test rows. */
function standardised({ X, features, test }: Dataset, rows: Int32Array): { train: Features; test: Features } {
  const width = features.length;
  const train = takeRows(X, width, rows);
  const others = takeRows(X, width, test);
  for (let feature = 0; feature < width; feature++) {
    const { mean, deviation } = standardUnits(Float64Array.from(rows, (row) => X[row * width + feature]));
    for (const values of [train, others])
      for (let i = feature; i < values.length; i += width) values[i] = (values[i] - mean) / deviation;
  }
  return {
    train: { values: train, rows: rows.length, width },
    test: { values: others, rows: test.length, width },
  };
}

function constantOutputs(y: Float64Array, outputs: number, rows: number): Float64Array {
  const mean = new Float64Array(outputs);
  y.forEach((value, i) => {
    mean[i % outputs] += (value * outputs) / y.length;
  });
  return Float64Array.from({ length: rows * outputs }, (_, i) => mean[i % outputs]);
}

function linear(train: Features, test: Features, { y, outputs }: Labels): Float64Array {
  const model = fitKernelRidge(linearModes(train), y, outputs);
  return predictKernelRidge(
    model,
    multiplyTransposed(test.values, train.values, test.rows, train.width, train.rows),
    test.rows,
  );
}

/** Modes of ZZᵀ from the smaller of ZᵀZ and ZZᵀ. */
function linearModes({ values: Z, rows, width }: Features): KernelModes {
  if (rows <= width) return modesOf(gram(Z, rows, width), rows);
  const { values, vectors } = symmetricEigen(transposeGram(Z, rows, width), width);
  const rank = values.findIndex((value) => !(value > values[0] * width * Number.EPSILON));
  const found = rank < 0 ? width : rank;
  const columns = new Float64Array(rows * found);
  const images = multiply(Z, vectors, rows, width, width);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < found; k++) columns[i * found + k] = images[i * width + k] / Math.sqrt(values[k]);
  return { points: rows, values: values.slice(0, found), columns };
}

function modesOf(kernel: Float64Array, points: number): KernelModes {
  const { values, vectors } = symmetricEigen(kernel, points);
  return { points, values: values.map((value) => Math.max(value, 0)), columns: vectors };
}

/** Lengths tried, in units of the median distance between training points. */
const lengths = [0.25, 0.5, 1, 2, 4];

function gaussian(train: Features, test: Features, { y, outputs }: Labels): Float64Array {
  const squares = squaredDistances(train, train);
  const median = medianOf(squares.filter((_, i) => i % train.rows < Math.floor(i / train.rows)));
  const unit = median > 0 ? median : 1;
  const fits = lengths.map((length) => {
    const kernel = (distances: Float64Array) => distances.map((square) => Math.exp(-square / (2 * unit * length ** 2)));
    return { kernel, model: fitKernelRidge(modesOf(kernel(squares), train.rows), y, outputs) };
  });
  const { kernel, model } = fits.reduce((best, fit) =>
    fit.model.leaveOneOutMse < best.model.leaveOneOutMse ? fit : best,
  );
  return predictKernelRidge(model, kernel(squaredDistances(test, train)), test.rows);
}

/** |a − b|² of every row of one with every row of the other. */
function squaredDistances(a: Features, b: Features): Float64Array {
  const out = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      for (let k = 0; k < a.width; k++) sum += (a.values[i * a.width + k] - b.values[j * b.width + k]) ** 2;
      out[i * b.rows + j] = sum;
    }
  }
  return out;
}

function medianOf(values: Float64Array): number {
  return values.sort()[Math.floor(values.length / 2)];
}
