// What the engine calls: jobs of items, which threads with a memory in common may share out among them.

import {
  CIRCUIT,
  CIRCUIT_AMPLITUDES,
  CIRCUIT_BLOCK,
  CIRCUIT_BLOCK_END,
  CIRCUIT_BLOCK_TABLES,
  CIRCUIT_CONSTANTS,
  CIRCUIT_GAP,
  CIRCUIT_ITEM_CONSTANTS,
  CIRCUIT_LAMBDA,
  CIRCUIT_OUTPUTS,
  CIRCUIT_PSI,
  CIRCUIT_QUBITS,
  CIRCUIT_READINGS,
  CIRCUIT_RESULTS,
  CIRCUIT_ROWS,
  CIRCUIT_SCRATCH,
  CIRCUIT_SERIAL,
  CIRCUIT_SETUP,
  CIRCUIT_SETUP_END,
  CIRCUIT_SLOTS,
  CIRCUIT_TABLES,
  CIRCUIT_WORDS,
  COSINE_SINE_ORDER,
  COSINE_SINE_SCRATCH,
  COSINE_SINE_UNITARY,
  DENSE_BLOCKS,
  DENSE_CIRCUIT,
  DENSE_DERIVATIVES,
  DENSE_DERIVATIVES_WANTED,
  DENSE_DIMENSION,
  DENSE_GENERATOR,
  DENSE_GENERATOR_EACH,
  DENSE_LAYERS,
  DENSE_MATRICES,
  DENSE_MOVING,
  DENSE_PHASES,
  DENSE_PHASES_OF_LAYER,
  DENSE_PLACES,
  DENSE_READOUT,
  DENSE_ROTATIONS,
  DENSE_SPARE,
  DENSE_START,
  DENSE_STATES,
  DENSE_VALUES,
  FACTOR,
  FACTOR_COLUMNS,
  FACTOR_M,
  FACTOR_N,
  FACTOR_NORMS,
  FACTOR_PIVOTS,
  FACTOR_TAU,
  FIT,
  FIT_COUNT,
  FIT_FACTOR,
  FIT_M,
  FIT_MATRICES,
  FIT_N,
  FIT_OVERLAPS,
  FIT_PRODUCT,
  FIT_RESIDUAL,
  FIT_SCRATCH,
  FIT_SHARES,
  FIT_TARGETS,
  FORM_Q,
  JOB_ITEM,
  JOB_ITEM_BYTES,
  JOB_KIND,
  JOB_THREAD_BYTES,
  LANCZOS,
  LANCZOS_BESIDE,
  LANCZOS_DIAGONAL,
  LANCZOS_FROM,
  LANCZOS_MATRIX,
  LANCZOS_ORDER,
  LANCZOS_RESULT,
  LANCZOS_TO,
  LANCZOS_VECTORS,
  MATRIX_PRODUCT,
  MATRIX_VECTOR,
  PRODUCT_A,
  PRODUCT_A_COLUMN,
  PRODUCT_A_ROW,
  PRODUCT_B,
  PRODUCT_B_COLUMN,
  PRODUCT_B_ROW,
  PRODUCT_C,
  PRODUCT_C_ROW,
  PRODUCT_K,
  PRODUCT_LOWER,
  PRODUCT_M,
  PRODUCT_N,
  PRODUCT_NEGATIVE,
  PRODUCT_SCRATCH,
  SECULAR,
  SECULAR_GAPS,
  SECULAR_ORDER,
  SECULAR_PLACES,
  SECULAR_POLES,
  SECULAR_RHO,
  SECULAR_ROOTS,
  SECULAR_SCRATCH,
  SECULAR_VECTORS,
  SECULAR_Z,
  SWEEP,
  SWEEP_COUNT,
  SWEEP_HEADS,
  SWEEP_LENGTH,
  SWEEP_NORMS,
  SWEEP_ORDER,
  SWEEP_OTHER_LENGTH,
  SWEEP_OTHERS,
  SWEEP_RESULT,
  SWEEP_ROWS,
  SWEEP_SCALES,
  SWEEP_TOLERANCE,
  TILE_COLUMNS,
  TILE_ROWS,
  TRIDIAGONAL_BELOW,
  TRIDIAGONAL_DIAGONAL,
  TRIDIAGONAL_MATRIX,
  TRIDIAGONAL_ORDER,
  TRIDIAGONAL_PANEL,
  TRIDIAGONAL_SCRATCH,
  TRIDIAGONAL_TAU,
  TRIDIAGONALISE,
  VECTOR_FACTOR,
  VECTOR_M,
  VECTOR_MATRIX,
  VECTOR_N,
  VECTOR_RESULT,
  VECTOR_TRANSPOSED,
} from '../src/wasm/codes';
import { cosineSine } from './cosine-sine';
import { denseBackward, denseForward, densePlace, denseShape } from './dense';
import { factor, formQ } from './householder';
import { sweep } from './jacobi';
import { lanczosSteps } from './lanczos';
import { fit, matrixVector, transposedMatrixVector } from './matrix-vector';
import { addTile, productOperands } from './product';
import { place, run } from './program';
import { secular } from './secular';
import { configure, plane, psiAt } from './state';
import { tridiagonalise } from './tridiagonal';

/** Bytes from what thread 0 has for itself to this thread's. */
let shift: usize = 0;
/** The call whose setup this thread has run. */
let serial: u32 = 0;

/** Word number `index` of a header. */
function word(job: usize, index: usize): u32 {
  return load<u32>(job + (index << 2));
}

/** Makes this thread ready for a job's items. */
export function enter(job: usize, thread: usize): void {
  shift = thread * word(job, JOB_THREAD_BYTES);
  if (word(job, JOB_KIND) !== CIRCUIT) return;
  if (serial === word(job, CIRCUIT_SERIAL)) return;
  serial = word(job, CIRCUIT_SERIAL);
  prepareItem(job, 0, 1);
  run(word(job, CIRCUIT_SETUP), word(job, CIRCUIT_SETUP_END));
}

/** Does one item of a job. */
export function item(job: usize, index: usize): void {
  const offset = index * word(job, JOB_ITEM_BYTES);
  const kind = word(job, JOB_KIND);
  if (kind === CIRCUIT) circuitItem(job, offset);
  else if (kind === DENSE_CIRCUIT) denseItem(job, offset);
  else if (kind === MATRIX_PRODUCT) productItem(job, index);
  else if (kind === TRIDIAGONALISE) tridiagonalItem(job);
  else if (kind === SWEEP) sweepItem(job);
  else if (kind === LANCZOS) lanczosItem(job);
  else if (kind === MATRIX_VECTOR) vectorItem(job);
  else if (kind === FIT) fitItem(job);
  else if (kind === SECULAR) secularItem(job);
  else if (kind === FACTOR)
    factor(
      word(job, FACTOR_COLUMNS),
      word(job, FACTOR_M),
      word(job, FACTOR_N),
      word(job, FACTOR_TAU),
      word(job, FACTOR_PIVOTS),
      word(job, FACTOR_NORMS),
    );
  else if (kind === FORM_Q)
    formQ(word(job, FACTOR_COLUMNS), word(job, FACTOR_M), word(job, FACTOR_N), word(job, FACTOR_TAU));
  else
    cosineSine(
      word(job, COSINE_SINE_UNITARY) + offset,
      word(job, COSINE_SINE_ORDER),
      word(job, COSINE_SINE_SCRATCH) + shift,
    );
}

/** Its first word, the number of points or columns. */
function widthOf(job: usize, offset: usize): usize {
  return load<u32>(word(job, JOB_ITEM) + offset);
}

function circuitItem(job: usize, offset: usize): void {
  prepareItem(job, offset, widthOf(job, offset));
  const amplitudes = word(job, CIRCUIT_AMPLITUDES);
  if (amplitudes !== 0 && amplitudes !== psiAt(0)) memory.copy(psiAt(0), amplitudes + offset, plane << 1);
  run(word(job, CIRCUIT_BLOCK), word(job, CIRCUIT_BLOCK_END));
}

function prepareItem(job: usize, offset: usize, width: usize): void {
  configure(
    width,
    word(job, CIRCUIT_QUBITS),
    i32(word(job, CIRCUIT_OUTPUTS)),
    word(job, CIRCUIT_GAP),
    word(job, CIRCUIT_PSI) + shift,
    word(job, CIRCUIT_LAMBDA) + shift,
    word(job, CIRCUIT_READINGS) + offset,
  );
  const own = word(job, CIRCUIT_ITEM_CONSTANTS);
  place(
    own === 0 ? word(job, CIRCUIT_CONSTANTS) : own + offset,
    word(job, CIRCUIT_ROWS) + offset,
    word(job, CIRCUIT_WORDS),
    word(job, CIRCUIT_TABLES) + shift,
    word(job, CIRCUIT_BLOCK_TABLES) + shift,
    word(job, CIRCUIT_SCRATCH) + shift,
    word(job, CIRCUIT_RESULTS) + offset,
    word(job, CIRCUIT_SLOTS),
  );
}

function denseItem(job: usize, offset: usize): void {
  const layers = word(job, DENSE_LAYERS);
  denseShape(
    word(job, DENSE_DIMENSION),
    word(job, DENSE_BLOCKS),
    widthOf(job, offset),
    word(job, DENSE_PHASES_OF_LAYER),
    word(job, DENSE_GENERATOR_EACH),
  );
  densePlace(
    word(job, DENSE_MATRICES),
    word(job, DENSE_ROTATIONS),
    word(job, DENSE_PHASES),
    word(job, DENSE_PLACES),
    word(job, DENSE_GENERATOR),
    word(job, DENSE_READOUT),
    word(job, DENSE_START) + offset,
    word(job, DENSE_STATES) + offset,
    word(job, DENSE_MOVING) + offset,
    word(job, DENSE_SPARE) + offset,
  );
  denseForward(layers, word(job, DENSE_VALUES) + offset);
  if (word(job, DENSE_DERIVATIVES_WANTED)) denseBackward(layers, word(job, DENSE_DERIVATIVES) + offset);
}

function productItem(job: usize, index: usize): void {
  productOperands(
    word(job, PRODUCT_A),
    word(job, PRODUCT_A_ROW),
    word(job, PRODUCT_A_COLUMN),
    word(job, PRODUCT_B),
    word(job, PRODUCT_B_ROW),
    word(job, PRODUCT_B_COLUMN),
    word(job, PRODUCT_C),
    word(job, PRODUCT_C_ROW),
  );
  const n: usize = word(job, PRODUCT_N);
  const across = (n + TILE_COLUMNS - 1) / TILE_COLUMNS;
  addTile(
    (index / across) * TILE_ROWS,
    (index % across) * TILE_COLUMNS,
    word(job, PRODUCT_M),
    word(job, PRODUCT_K),
    n,
    word(job, PRODUCT_NEGATIVE) ? -1 : 1,
    word(job, PRODUCT_LOWER) !== 0,
    word(job, PRODUCT_SCRATCH) + shift,
  );
}

function tridiagonalItem(job: usize): void {
  tridiagonalise(
    word(job, TRIDIAGONAL_MATRIX),
    word(job, TRIDIAGONAL_ORDER),
    word(job, TRIDIAGONAL_DIAGONAL),
    word(job, TRIDIAGONAL_BELOW),
    word(job, TRIDIAGONAL_TAU),
    word(job, TRIDIAGONAL_PANEL),
    word(job, TRIDIAGONAL_SCRATCH),
  );
}

function sweepItem(job: usize): void {
  const rotated = sweep(
    word(job, SWEEP_ROWS),
    word(job, SWEEP_LENGTH),
    word(job, SWEEP_OTHERS),
    word(job, SWEEP_OTHER_LENGTH),
    word(job, SWEEP_SCALES),
    word(job, SWEEP_NORMS),
    word(job, SWEEP_ORDER),
    word(job, SWEEP_COUNT),
    word(job, SWEEP_HEADS),
    load<f64>(job + (SWEEP_TOLERANCE << 2)),
  );
  store<u32>(job + (SWEEP_RESULT << 2), u32(rotated));
}

function lanczosItem(job: usize): void {
  const found = lanczosSteps(
    word(job, LANCZOS_MATRIX),
    word(job, LANCZOS_ORDER),
    word(job, LANCZOS_VECTORS),
    word(job, LANCZOS_DIAGONAL),
    word(job, LANCZOS_BESIDE),
    word(job, LANCZOS_FROM),
    word(job, LANCZOS_TO),
  );
  store<u32>(job + (LANCZOS_RESULT << 2), u32(found));
}

function vectorItem(job: usize): void {
  const matrix = word(job, VECTOR_MATRIX);
  const m = word(job, VECTOR_M);
  const n = word(job, VECTOR_N);
  const factor = word(job, VECTOR_FACTOR);
  const result = word(job, VECTOR_RESULT);
  if (word(job, VECTOR_TRANSPOSED)) transposedMatrixVector(matrix, m, n, factor, result);
  else matrixVector(matrix, m, n, factor, result);
}

function fitItem(job: usize): void {
  fit(
    word(job, FIT_MATRICES),
    word(job, FIT_COUNT),
    word(job, FIT_M),
    word(job, FIT_N),
    word(job, FIT_FACTOR),
    word(job, FIT_SHARES),
    word(job, FIT_TARGETS),
    word(job, FIT_RESIDUAL),
    word(job, FIT_PRODUCT),
    word(job, FIT_OVERLAPS),
    word(job, FIT_SCRATCH),
  );
}

function secularItem(job: usize): void {
  secular(
    i32(word(job, SECULAR_ORDER)),
    load<f64>(job + (SECULAR_RHO << 2)),
    word(job, SECULAR_POLES),
    word(job, SECULAR_Z),
    word(job, SECULAR_PLACES),
    word(job, SECULAR_ROOTS),
    word(job, SECULAR_GAPS),
    word(job, SECULAR_VECTORS),
    word(job, SECULAR_SCRATCH),
  );
}
