// Where the numbers lie. A state is 2^n rows of real parts followed by 2^n rows of imaginary parts; a row holds the
// amplitude of one basis state for every point of the block. A block of one point has rows of a single number: there a
// vector spans two neighbouring rows, that is, qubit 0.

/** Points in the block: 1 or even. */
export let points: usize = 0;
/** Number of qubits. */
export let qubits: usize = 0;
/** Number of observables, and of λ states. */
export let outputs: i32 = 0;
/** Bytes of a row. */
export let row: usize = 0;
/** Bytes from one vector of a column of two points to the next. */
export let step: usize = 0;
/** Bytes of the real (or imaginary) parts of a state. */
export let plane: usize = 0;

/** Range of a plane, in bytes, that instructions work on: all of it, or a chunk that stays in the cache. */
export let first: usize = 0;
export let last: usize = 0;

let adding: bool = false;
let stride: usize = 0;
let states: usize = 0;
let lambdas: usize = 0;
let readings: usize = 0;

/** Sets the shape of the block and where its states and readings begin; `gap` bytes separate neighbouring states. */
export function configure(
  pointCount: usize,
  qubitCount: usize,
  outputCount: i32,
  gap: usize,
  stateBase: usize,
  lambdaBase: usize,
  readingBase: usize,
): void {
  points = pointCount;
  qubits = qubitCount;
  outputs = outputCount;
  row = pointCount << 3;
  step = row < 16 ? 16 : row;
  plane = row << qubitCount;
  last = plane;
  stride = (plane << 1) + gap;
  states = stateBase;
  lambdas = lambdaBase;
  readings = readingBase;
}

/** Restricts the instructions that follow to a range of the planes. */
export function restrict(from: usize, to: usize): void {
  first = from;
  last = to;
}

/** Whether sums are added to what earlier parts of a state have left, or replace it. */
export function accumulate(value: bool): void {
  adding = value;
}

/** Address of buffer `index` of ψ. */
export function psiAt(index: i32): usize {
  return states + stride * usize(index);
}

/** Address of buffer `index`, 0 or 1, of the λ of an output. */
export function lambdaAt(index: i32, output: i32): usize {
  return lambdas + stride * usize(2 * output + index);
}

/** Where a reading (a row, one number a point) of an output goes. */
export function readingAt(index: i32, output: i32): usize {
  return readings + row * usize(index * outputs + output);
}

/** Two numbers, or one and a zero where the row is a single number. */
export function loadRow(at: usize): v128 {
  return row < 16 ? v128.load_zero<f64>(at) : v128.load(at);
}

/** The counterpart of `loadRow`. */
export function storeRow(at: usize, value: v128): void {
  if (row < 16) v128.store_lane<f64>(at, value, 0);
  else v128.store(at, value);
}

/** Stores a column's sums: of two points, or two partial sums of the one point. */
export function storeSums(at: usize, sums: v128): void {
  if (row < 16) {
    const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    store<f64>(at, adding ? load<f64>(at) + sum : sum);
  } else {
    v128.store(at, adding ? f64x2.add(v128.load(at), sums) : sums);
  }
}
