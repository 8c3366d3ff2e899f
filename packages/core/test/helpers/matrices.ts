// Complex matrices as rows of [re, im] pairs: plain and slow, written apart from src/linalg/complex.ts so that the two
// can be held against each other.

export type Pair = readonly [number, number];
export type Rows = Pair[][];

/** Rows from entries that are real numbers or pairs. */
export const rows = (...entries: (number | Pair)[][]): Rows =>
  entries.map((row) => row.map((entry) => (typeof entry === 'number' ? [entry, 0] : entry)));

/** e^{iφ}. */
export const turn = (phi: number): Pair => [Math.cos(phi), Math.sin(phi)];

export const times = ([a, b]: Pair, [c, d]: Pair): Pair => [a * c - b * d, a * d + b * c];

export const plus = ([a, b]: Pair, [c, d]: Pair): Pair => [a + c, b + d];

/** n × n with ones on the diagonal. */
export const unit = (n: number): Rows =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j): Pair => [i === j ? 1 : 0, 0]));

/** A·B. */
export const multiply = (a: Rows, b: Rows): Rows =>
  a.map((row) => b[0].map((_, j) => row.reduce<Pair>((sum, entry, k) => plus(sum, times(entry, b[k][j])), [0, 0])));

/** A + B. */
export const add = (a: Rows, b: Rows): Rows => a.map((row, i) => row.map((entry, j) => plus(entry, b[i][j])));

/** factor·A. */
export const scale = (factor: number | Pair, a: Rows): Rows => {
  const pair: Pair = typeof factor === 'number' ? [factor, 0] : factor;
  return a.map((row) => row.map((entry) => times(pair, entry)));
};

/** Conjugate transpose. */
export const dagger = (a: Rows): Rows => a[0].map((_, j) => a.map((row): Pair => [row[j][0], -row[j][1]]));

/** A ⊗ B: B on the less significant bits. */
export const tensor = (a: Rows, b: Rows): Rows =>
  a.flatMap((high) => b.map((low) => high.flatMap((x) => low.map((y) => times(x, y)))));

/** Largest |Aᵢⱼ − Bᵢⱼ|. */
export const distance = (a: Rows, b: Rows): number =>
  Math.max(...a.flatMap((row, i) => row.map(([re, im], j) => Math.hypot(re - b[i][j][0], im - b[i][j][1]))));

/** Rows of an interleaved matrix of the library. */
export function rowsOf(matrix: Float64Array): Rows {
  const n = Math.sqrt(matrix.length / 2);
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j): Pair => [matrix[2 * (i * n + j)], matrix[2 * (i * n + j) + 1]]),
  );
}

/** e^A by its Taylor series: halved until it is small, then squared as often. */
export function exponential(a: Rows): Rows {
  const size = Math.max(...a.map((row) => row.reduce((sum, [re, im]) => sum + Math.hypot(re, im), 0)));
  const halvings = Math.max(0, Math.ceil(Math.log2(size || 1)) + 2);
  const small = scale(2 ** -halvings, a);
  let term = unit(a.length);
  let sum = term;
  for (let k = 1; k < 20; k++) {
    term = scale(1 / k, multiply(term, small));
    sum = add(sum, term);
  }
  for (let k = 0; k < halvings; k++) sum = multiply(sum, sum);
  return sum;
}

/** A matrix on `wires` (the first least significant) as one on all qubits. */
export function embed(matrix: Rows, wires: readonly number[], qubits: number): Rows {
  const mask = wires.reduce((bits, wire) => bits | (1 << wire), 0);
  const local = (index: number) => wires.reduce((k, wire, bit) => k | (((index >> wire) & 1) << bit), 0);
  return Array.from({ length: 2 ** qubits }, (_, i) =>
    Array.from(
      { length: 2 ** qubits },
      (__, j): Pair => ((i & ~mask) === (j & ~mask) ? matrix[local(i)][local(j)] : [0, 0]),
    ),
  );
}

/** The Pauli matrices by letter. */
export const paulis: Record<string, Rows> = {
  I: unit(2),
  X: rows([0, 1], [1, 0]),
  Y: rows([0, [0, -1]], [[0, 1], 0]),
  Z: rows([1, 0], [0, -1]),
};
