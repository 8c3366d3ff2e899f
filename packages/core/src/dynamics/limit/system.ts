import { densitiesOf, type LimitProblem } from './problem.ts';
import { type LimitState, type Segment, segmentsOf } from './state.ts';
import { addOverlaps, combineRows, mirror } from './tiles.ts';

/** The limit's equation for one problem, with the memory it works in. Sizes are padded to even ones with zeros. */
export interface LimitSystem {
  /** n, padded. */
  readonly n: number;
  /** Numbers of a padded state. */
  readonly size: number;
  /** dX/dt. */
  derivative(x: Float64Array, out: Float64Array): void;
  /** Puts x back onto X†X = 1, to second order in how far it is away; returns that, the largest entry of |X†X − 1|. */
  restore(x: Float64Array): number;
  /** Q†Π_kQ, n × n (padded), one for each eigenspace; the next call overwrites them. */
  projections(x: Float64Array): readonly Float64Array[];
  /** ŷ_j = tr(Mρ_j) of such projections, into `out` from an index on. */
  outputs(projections: readonly Float64Array[], out: Float64Array, from: number): void;
  pad(state: LimitState): Float64Array;
  unpad(x: Float64Array): LimitState;
}

const even = (count: number) => count + (count & 1);

/**
 * With Q the orthonormal columns behind the inputs, X = U(t)Q and M = U†ΛU, the equation dM/dt = [M, [M, Σ_j r_jρ_j]]
 * is that of X: dX/dt = [Λ, X·F·X†]·X = ΛXF − XFG, with F = Q†(Σ_j r_jρ_j)Q and G = Q†MQ = X†ΛX. A row of the state is a
 * column of X, so the derivative's rows are, in the eigenspace of λ_k, those of the state combined by H_k = λ_kF − FG.
 */
export function limitSystem(problem: LimitProblem): LimitSystem {
  const { inputs, labels } = problem;
  const rank = inputs.rank;
  const n = even(rank);
  const given = segmentsOf(problem);
  const segments = padded(given);
  const width = segments[segments.length - 1].to;
  const rowLength = given[given.length - 1].to;
  const size = 2 * n * width;
  const square = () => new Float64Array(2 * n * n);
  const [G, F, FG, H] = [square(), square(), square(), square()];
  const densities = inputs.orthonormal ? undefined : densitiesOf(inputs, n);
  const drive = densities ? generalDrive(labels, densities, n, G, F, FG) : orthonormalDrive(labels, n, G, F, FG);
  const parts = segments.map(square);
  const moved = new Float64Array(size);

  /** G = λ_0 + Σ_k (λ_k − λ_0)·P_k, which spares the largest eigenvalue's P. */
  function measure(x: Float64Array): void {
    G.fill(0);
    for (let j = 0; j < rank; j++) G[2 * (j * n + j)] = segments[0].value;
    for (let k = 1; k < segments.length; k++) {
      const { value, from, to } = segments[k];
      addOverlaps(G, x, n, width, from, to, value - segments[0].value);
    }
    mirror(G, n);
  }

  return {
    n,
    size,
    derivative(x, out) {
      measure(x);
      drive();
      for (let k = 0; k < segments.length; k++) {
        const { value, from, to } = segments[k];
        for (let i = 0; i < H.length; i++) H[i] = value * F[i] - FG[i];
        combineRows(out, H, x, n, width, from, to);
      }
    },
    restore(x) {
      H.fill(0);
      addOverlaps(H, x, n, width, 0, width, 1);
      for (let j = 0; j < rank; j++) H[2 * (j * n + j)] -= 1;
      mirror(H, n);
      let largest = 0;
      for (let i = 0; i < H.length; i++) {
        const size = Math.abs(H[i]);
        // NaN is the largest of all.
        if (!(size <= largest)) largest = size;
        H[i] *= -0.5;
      }
      for (let j = 0; j < n; j++) H[2 * (j * n + j)] += 1;
      combineRows(moved, H, x, n, width, 0, width);
      x.set(moved);
      return largest;
    },
    projections(x) {
      for (let k = 0; k < segments.length; k++) {
        parts[k].fill(0);
        addOverlaps(parts[k], x, n, width, segments[k].from, segments[k].to, 1);
        mirror(parts[k], n);
      }
      return parts;
    },
    outputs(projections, out, from) {
      for (let j = 0; j < inputs.count; j++) {
        let output = 0;
        for (let k = 0; k < segments.length; k++) {
          const share = densities ? realInner(projections[k], densities[j]) : projections[k][2 * (j * n + j)];
          output += segments[k].value * share;
        }
        out[from + j] = output;
      }
    },
    pad(state) {
      const x = new Float64Array(size);
      for (let j = 0; j < rank; j++)
        given.forEach(({ from, to }, k) => {
          const row = state.subarray(2 * (j * rowLength + from), 2 * (j * rowLength + to));
          x.set(row, 2 * (j * width + segments[k].from));
        });
      return x;
    },
    unpad(x) {
      const state = new Float64Array(2 * rank * rowLength);
      for (let j = 0; j < rank; j++)
        given.forEach(({ from, to }, k) => {
          const start = 2 * (j * width + segments[k].from);
          state.set(x.subarray(start, start + 2 * (to - from)), 2 * (j * rowLength + from));
        });
      return state;
    },
  };
}

function padded(segments: readonly Segment[]): readonly Segment[] {
  let end = 0;
  return segments.map(({ value, from, to }) => {
    const start = end;
    end += even(to - from);
    return { value, from: start, to: end };
  });
}

/** F is the diagonal matrix of the residual r_j = y_j − G_jj. */
function orthonormalDrive(labels: Float64Array, n: number, G: Float64Array, F: Float64Array, FG: Float64Array) {
  return () => {
    for (let i = 0; i < labels.length; i++) {
      const row = 2 * i * n;
      const r = labels[i] - G[row + 2 * i];
      F[row + 2 * i] = r;
      for (let at = row; at < row + 2 * n; at++) FG[at] = r * G[at];
    }
  };
}

/** F = Σ_j r_j·Q†ρ_jQ with r_j = y_j − tr(Q†ρ_jQ·G). */
function generalDrive(
  labels: Float64Array,
  densities: readonly Float64Array[],
  n: number,
  G: Float64Array,
  F: Float64Array,
  FG: Float64Array,
) {
  return () => {
    F.fill(0);
    densities.forEach((density, j) => {
      const r = labels[j] - realInner(G, density);
      for (let at = 0; at < F.length; at++) F[at] += r * density[at];
    });
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let re = 0;
        let im = 0;
        for (let k = 0; k < n; k++) {
          const f = 2 * (i * n + k);
          const g = 2 * (k * n + j);
          re += F[f] * G[g] - F[f + 1] * G[g + 1];
          im += F[f] * G[g + 1] + F[f + 1] * G[g];
        }
        FG[2 * (i * n + j)] = re;
        FG[2 * (i * n + j) + 1] = im;
      }
  };
}

/** tr(AB) of Hermitian matrices: the real inner product of their entries. */
function realInner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
