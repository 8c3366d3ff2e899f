import { spectrumOfJacobian } from '../kernel/spectrum.ts';
import { multiply, norm, transpose, transposeMultiply } from '../linalg/matrix.ts';
import { factorFast } from '../linalg/wasm/svd.ts';
import { random } from '../random/random.ts';
import { modelOfRows, type OutputSpace } from './output-space.ts';
import type { NetworkModel, Sample } from './process.ts';

/** Fewer rows are not worth it. */
const leastRows = 32;
/** A space of more dimensions than this share of the rows, or than this number, is not looked for. */
const worthShare = 0.6;
const mostDimensions = 160;
/** What of f and J is outside of the space and smaller than this share of them is rounding. */
const rounding = 1e-12;

/** Dimensions beyond which a space of so many rows is not worth it. */
const mostOf = (rows: number): number => Math.min(mostDimensions, Math.floor(worthShare * rows));

/**
 * The space that the outputs of all rows, as functions of θ, lie in. Where data enter a circuit through few features, outputs are
 * few functions of them (of two features on three qubits each, trigonometric polynomials with 7² terms) whose coefficients depend
 * on θ: columns of J and f of any number of rows are then combinations of as many columns as there are such functions. A
 * Gaussian process treats all rows alike, so that it is the same of the coordinates in an orthonormal basis of that space.
 *
 * The space is that of the samples taken so far; each new one is looked at, and what it has outside joins the basis. Where that
 * makes it too large, as samples of few parameters show only one after the other, rows stay as they are from there on.
 */
export class RowSpace implements OutputSpace {
  readonly #rows: number;
  /** Orthonormal, one vector after the other, dimensions × rows; undefined where the space is not small. */
  #basis: Float64Array | undefined;
  /** The basis that was given up. */
  #former: Float64Array | undefined;

  /** @param first - a sample of all rows. */
  constructor(first: Sample) {
    this.#rows = first.rows;
    this.#basis = smallBasis(first);
  }

  /** The sample in coordinates of the space. */
  coordinates(sample: Sample): Sample {
    if (!this.#basis) return sample;
    const columns = sample.columns + 1;
    const all = withValues(sample);
    const rest = outside(this.#basis, all, this.#rows, columns);
    const size = norm(all);
    if (norm(rest) > rounding * size) {
      const others = directionsOf(rest, { rows: this.#rows, columns, least: (rounding / 10) * size });
      if ((this.#basis.length + others.length) / this.#rows > mostOf(this.#rows)) {
        [this.#former, this.#basis] = [this.#basis, undefined];
        return sample;
      }
      this.#basis = joined(this.#basis, others, this.#rows);
    }
    const rows = this.#basis.length / this.#rows;
    return {
      ...withoutValues(multiply(this.#basis, all, rows, this.#rows, columns), rows, sample.columns),
      theta: sample.theta,
    };
  }

  /** A sample of fewer dimensions, found before others joined, in those of today: all rows where the space was given up. */
  widened(sample: Sample): Sample {
    const rows = this.#basis ? this.#basis.length / this.#rows : this.#rows;
    if (sample.rows === rows) return sample;
    if (this.#former) {
      const basis = this.#former.subarray(0, sample.rows * this.#rows);
      const all = transposeMultiply(basis, withValues(sample), sample.rows, rows, sample.columns + 1);
      return { ...withoutValues(all, rows, sample.columns), theta: sample.theta };
    }
    const longer = (numbers: Float64Array, width: number) => {
      const all = new Float64Array(rows * width);
      all.set(numbers);
      return all;
    };
    return { ...sample, rows, f: longer(sample.f, 1), J: longer(sample.J, sample.columns) };
  }

  /** A model of the coordinates as one of all rows. */
  ofRows(model: NetworkModel): Pick<NetworkModel, 'at' | 'fit'> {
    const basis = this.#basis?.subarray(0, model.rows * this.#rows);
    return basis ? modelOfRows(model, basis, { points: this.#rows, outputs: 1 }) : model;
  }
}

/** A basis of the columns of f and J, of the space of random combinations of these; undefined where it has many dimensions. */
function smallBasis(sample: Sample): Float64Array | undefined {
  const { rows } = sample;
  const columns = sample.columns + 1;
  const most = Math.min(mostOf(rows), columns);
  if (rows < leastRows) return undefined;
  const all = withValues(sample);
  const draw = random(most);
  const combined =
    most === columns
      ? all
      : multiply(
          all,
          Float64Array.from({ length: columns * most }, () => draw.uniform(-1, 1)),
          rows,
          columns,
          most,
        );
  if (most < columns && isFull(combined, rows, most)) return undefined;
  const basis = directionsOf(combined, { rows, columns: most });
  return norm(outside(basis, all, rows, columns)) > rounding * norm(all) ? undefined : basis;
}

/** Whether columns have as many directions as there are columns, by a QR decomposition: a small part of what singular vectors take. */
function isFull(all: Float64Array, rows: number, columns: number): boolean {
  const q = transpose(all, rows, columns);
  factorFast(q, rows, columns);
  const last = columns - 1;
  return Math.abs(q[last * rows + last]) > rounding * Math.abs(q[0]);
}

/** J with f beside it, rows × (P + 1). */
function withValues({ f, J, rows, columns }: Sample): Float64Array {
  const all = new Float64Array(rows * (columns + 1));
  for (let row = 0; row < rows; row++) {
    all.set(J.subarray(row * columns, (row + 1) * columns), row * (columns + 1));
    all[row * (columns + 1) + columns] = f[row];
  }
  return all;
}

/** The two apart. */
function withoutValues(all: Float64Array, rows: number, columns: number): Omit<Sample, 'theta'> {
  const f = new Float64Array(rows);
  const J = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const first = row * (columns + 1);
    J.set(all.subarray(first, first + columns), row * columns);
    f[row] = all[first + columns];
  }
  return { f, J, rows, columns };
}

/** What columns have outside of the basis. */
function outside(basis: Float64Array, all: Float64Array, rows: number, columns: number): Float64Array {
  const dimensions = basis.length / rows;
  const inside = transposeMultiply(basis, multiply(basis, all, dimensions, rows, columns), dimensions, rows, columns);
  return all.map((value, i) => value - inside[i]);
}

/** Orthonormal directions of columns, directions × rows, but for those that have no more than `least` of them. */
function directionsOf(
  all: Float64Array,
  { rows, columns, least = 0 }: { readonly rows: number; readonly columns: number; readonly least?: number },
): Float64Array {
  const { modes, values, rank } = spectrumOfJacobian(all, rows, columns);
  const count = values.subarray(0, rank).filter((value) => Math.sqrt(value) > least).length;
  return transpose(modes, rows, rank).subarray(0, count * rows);
}

/** The basis with other directions. These are what rounding left of a difference, so that they are made orthogonal to it again. */
function joined(basis: Float64Array, others: Float64Array, rows: number): Float64Array {
  const count = others.length / rows;
  const rest = outside(basis, transpose(others, count, rows), rows, count);
  const fresh = directionsOf(rest, { rows, columns: count });
  const all = new Float64Array(basis.length + fresh.length);
  all.set(basis);
  all.set(fresh, basis.length);
  return all;
}
