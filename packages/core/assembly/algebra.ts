// Items of jobs of dense algebra: their headers, read.

import * as code from '../src/wasm/codes';
import { factorBlock, solveTriangle } from './cholesky';
import { word } from './header';
import { factor, formQ } from './householder';
import { sweep } from './jacobi';
import { lanczosSteps } from './lanczos';
import { addTransposedMatrixVector, fit, matrixVector } from './matrix-vector';
import { addTile, productOperands } from './product';
import { rowProducts } from './row-products';
import { secular } from './secular';
import { tridiagonalise } from './tridiagonal';

/** Does one item of a job; `shift` is bytes from what thread 0 has for itself to what this one has. */
export function algebraItem(job: usize, index: usize, shift: usize): void {
  const kind = word(job, code.JOB_KIND);
  if (kind === code.MATRIX_PRODUCT) productItem(job, index, shift);
  else if (kind === code.TRIDIAGONALISE) tridiagonalItem(job);
  else if (kind === code.SWEEP) sweepItem(job);
  else if (kind === code.LANCZOS) lanczosItem(job);
  else if (kind === code.MATRIX_VECTOR) vectorItem(job);
  else if (kind === code.FIT) fitItem(job);
  else if (kind === code.SECULAR) secularItem(job);
  else if (kind === code.FACTOR) factorItem(job);
  else if (kind === code.FORM_Q) formItem(job);
  else if (kind === code.CHOLESKY) choleskyItem(job);
  else if (kind === code.TRIANGLE) triangleItem(job, index, shift);
  else if (kind === code.ROW_PRODUCTS) rowsItem(job);
}

function factorItem(job: usize): void {
  factor(
    word(job, code.FACTOR_COLUMNS),
    word(job, code.FACTOR_M),
    word(job, code.FACTOR_N),
    word(job, code.FACTOR_TAU),
    word(job, code.FACTOR_PIVOTS),
    word(job, code.FACTOR_NORMS),
  );
}

function formItem(job: usize): void {
  formQ(word(job, code.FACTOR_COLUMNS), word(job, code.FACTOR_M), word(job, code.FACTOR_N), word(job, code.FACTOR_TAU));
}

function choleskyItem(job: usize): void {
  const failed = factorBlock(
    word(job, code.CHOLESKY_MATRIX),
    word(job, code.CHOLESKY_ROW),
    word(job, code.CHOLESKY_ORDER),
  );
  store<u32>(job + (code.CHOLESKY_RESULT << 2), u32(failed));
}

function triangleItem(job: usize, index: usize, shift: usize): void {
  const first = index * code.TRIANGLE_ITEM;
  const bColumn: usize = word(job, code.TRIANGLE_RIGHT_COLUMN);
  solveTriangle(
    word(job, code.TRIANGLE_MATRIX),
    word(job, code.TRIANGLE_ROW),
    word(job, code.TRIANGLE_ORDER),
    word(job, code.TRIANGLE_TRANSPOSED) !== 0,
    word(job, code.TRIANGLE_RIGHT) + first * bColumn,
    word(job, code.TRIANGLE_RIGHT_ROW),
    bColumn,
    min<usize>(code.TRIANGLE_ITEM, word(job, code.TRIANGLE_COLUMNS) - first),
    word(job, code.TRIANGLE_SCRATCH) + shift,
  );
}

function rowsItem(job: usize): void {
  rowProducts(
    word(job, code.ROWS_MATRIX),
    word(job, code.ROWS_M),
    word(job, code.ROWS_N),
    word(job, code.ROWS_OTHERS),
    word(job, code.ROWS_COUNT),
    word(job, code.ROWS_RESULT),
  );
}

function productItem(job: usize, index: usize, shift: usize): void {
  productOperands(
    word(job, code.PRODUCT_A),
    word(job, code.PRODUCT_A_ROW),
    word(job, code.PRODUCT_A_COLUMN),
    word(job, code.PRODUCT_B),
    word(job, code.PRODUCT_B_ROW),
    word(job, code.PRODUCT_B_COLUMN),
    word(job, code.PRODUCT_C),
    word(job, code.PRODUCT_C_ROW),
  );
  const n: usize = word(job, code.PRODUCT_N);
  const across = (n + code.TILE_COLUMNS - 1) / code.TILE_COLUMNS;
  addTile(
    (index / across) * code.TILE_ROWS,
    (index % across) * code.TILE_COLUMNS,
    word(job, code.PRODUCT_M),
    word(job, code.PRODUCT_K),
    n,
    word(job, code.PRODUCT_NEGATIVE) ? -1 : 1,
    word(job, code.PRODUCT_LOWER) !== 0,
    word(job, code.PRODUCT_SCRATCH) + shift,
  );
}

function tridiagonalItem(job: usize): void {
  tridiagonalise(
    word(job, code.TRIDIAGONAL_MATRIX),
    word(job, code.TRIDIAGONAL_ORDER),
    word(job, code.TRIDIAGONAL_DIAGONAL),
    word(job, code.TRIDIAGONAL_BELOW),
    word(job, code.TRIDIAGONAL_TAU),
    word(job, code.TRIDIAGONAL_PANEL),
    word(job, code.TRIDIAGONAL_SCRATCH),
  );
}

function sweepItem(job: usize): void {
  const rotated = sweep(
    word(job, code.SWEEP_ROWS),
    word(job, code.SWEEP_LENGTH),
    word(job, code.SWEEP_OTHERS),
    word(job, code.SWEEP_OTHER_LENGTH),
    word(job, code.SWEEP_SCALES),
    word(job, code.SWEEP_NORMS),
    word(job, code.SWEEP_ORDER),
    word(job, code.SWEEP_COUNT),
    word(job, code.SWEEP_HEADS),
    load<f64>(job + (code.SWEEP_TOLERANCE << 2)),
  );
  store<u32>(job + (code.SWEEP_RESULT << 2), u32(rotated));
}

function lanczosItem(job: usize): void {
  const found = lanczosSteps(
    word(job, code.LANCZOS_MATRIX),
    word(job, code.LANCZOS_ORDER),
    word(job, code.LANCZOS_VECTORS),
    word(job, code.LANCZOS_DIAGONAL),
    word(job, code.LANCZOS_BESIDE),
    word(job, code.LANCZOS_FROM),
    word(job, code.LANCZOS_TO),
  );
  store<u32>(job + (code.LANCZOS_RESULT << 2), u32(found));
}

function vectorItem(job: usize): void {
  const matrix = word(job, code.VECTOR_MATRIX);
  const m = word(job, code.VECTOR_M);
  const n = word(job, code.VECTOR_N);
  const factor = word(job, code.VECTOR_FACTOR);
  const result = word(job, code.VECTOR_RESULT);
  if (word(job, code.VECTOR_TRANSPOSED)) addTransposedMatrixVector(matrix, m, n, factor, result);
  else matrixVector(matrix, m, n, factor, result);
}

function fitItem(job: usize): void {
  fit(
    word(job, code.FIT_MATRICES),
    word(job, code.FIT_COUNT),
    word(job, code.FIT_M),
    word(job, code.FIT_N),
    word(job, code.FIT_BESIDE),
    word(job, code.FIT_WIDTH),
    word(job, code.FIT_FACTOR),
    word(job, code.FIT_SHARES),
    word(job, code.FIT_TARGETS),
    word(job, code.FIT_RESIDUAL),
    word(job, code.FIT_PRODUCT),
    word(job, code.FIT_OVERLAPS),
    word(job, code.FIT_SCRATCH),
  );
}

function secularItem(job: usize): void {
  secular(
    i32(word(job, code.SECULAR_ORDER)),
    load<f64>(job + (code.SECULAR_RHO << 2)),
    word(job, code.SECULAR_POLES),
    word(job, code.SECULAR_Z),
    word(job, code.SECULAR_PLACES),
    word(job, code.SECULAR_ROOTS),
    word(job, code.SECULAR_GAPS),
    word(job, code.SECULAR_VECTORS),
    word(job, code.SECULAR_SCRATCH),
  );
}
