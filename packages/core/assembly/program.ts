// The interpreter of the engine's instruction stream: one call a block of points, no call a gate. The stream is
// written by src/simulate/wasm/compile/program.ts.

import {
  BUILD,
  BUILD_EACH,
  BUILD_WEIGHTS,
  BUTTERFLY,
  COLLECT,
  LOOP,
  OBSERVE,
  ON_PSI,
  PERMUTE,
  PRODUCT,
  READ_TABLE,
  READ1,
  ROTATE_EACH,
  ROTATE1,
  ROTATE2,
  SPLIT3,
  TABLE,
  TABLE_EACH,
} from '../src/wasm/codes';
import { collect } from './collect';
import {
  applyTable,
  applyTableEach,
  buildTable,
  buildTableEach,
  butterfly,
  split3,
  total,
  undoTable,
  undoTableEach,
} from './diagonal';
import { applyDense, permute, productState } from './move';
import { addPauli, applyWeights, buildWeights, realInner } from './observe';
import { read1, rotate1, rotate2, rotateEach, undoRotation2 } from './rotate';
import { accumulate, first, lambdaAt, last, outputs, plane, psiAt, qubits, readingAt, restrict, row } from './state';

let constants: usize = 0;
let blockConstants: usize = 0;
let words: usize = 0;
let tables: usize = 0;
let blockTables: usize = 0;
let scratch: usize = 0;
let results: usize = 0;
let slots: usize = 0;

/** Sets where the numbers an instruction refers to begin. */
export function place(
  constantBase: usize,
  blockConstantBase: usize,
  wordBase: usize,
  tableBase: usize,
  blockTableBase: usize,
  scratchBase: usize,
  resultBase: usize,
  slotCount: usize,
): void {
  constants = constantBase;
  blockConstants = blockConstantBase;
  words = wordBase;
  tables = tableBase;
  blockTables = blockTableBase;
  scratch = scratchBase;
  results = resultBase;
  slots = slotCount;
}

/** Word number `index` of the instruction at `pc`. */
function word(pc: usize, index: i32): i32 {
  return load<i32>(pc + 4 * usize(index));
}

/** Constant number `index`. */
function constant(index: i32): f64 {
  return load<f64>(constants + 8 * usize(index));
}

/** Row number `index` of the block's own constants. */
function blockConstant(index: i32): usize {
  return blockConstants + row * usize(index);
}

function tableAt(index: i32): usize {
  return tables + (usize(index) << (qubits + 4));
}

function blockTableAt(index: i32): usize {
  return blockTables + 2 * plane * usize(index);
}

/** Executes the instructions in [pc, end). The first word of each is its code, the second its length in words. */
export function run(pc: usize, end: usize): void {
  while (pc < end) {
    const code = word(pc, 0);
    if (code === LOOP) loop(pc);
    else if (code < BUILD && code !== PRODUCT) transform(pc, code);
    else if (code >= READ1) read(pc, code);
    else prepare(pc, code);
    pc += 4 * usize(word(pc, 1));
  }
}

/** Executes the instructions inside chunk by chunk, each of 2^q rows, so that a chunk is in the cache for all of them. */
function loop(pc: usize): void {
  const chunk = row << usize(word(pc, 2));
  const end = pc + 4 * usize(word(pc, 1));
  for (let from: usize = 0; from < plane; from += chunk) {
    restrict(from, from + chunk);
    run(pc + 12, end);
  }
  restrict(0, plane);
}

/** Instructions that take a state to another: ψ, or the λ of every output. */
function transform(pc: usize, code: i32): void {
  const from = word(pc, 3);
  const to = word(pc, 4);
  if (word(pc, 2) === ON_PSI) {
    apply(pc, code, psiAt(from), psiAt(to));
    return;
  }
  for (let output = 0; output < outputs; output++) apply(pc, code, lambdaAt(from, output), lambdaAt(to, output));
}

function apply(pc: usize, code: i32, src: usize, dst: usize): void {
  const sign = f64(word(pc, 5));
  const a = word(pc, 6);
  if (code <= ROTATE2) {
    rotateState(pc, code, src, dst, sign, a);
  } else if (code === ROTATE_EACH) {
    rotateEach(src, dst, plane << 1, usize(word(pc, 7)), blockConstant(a), sign);
  } else if (code === TABLE) {
    applyTable(src, dst, tableAt(a), sign);
  } else if (code === TABLE_EACH) {
    applyTableEach(src, dst, blockTableAt(a), sign);
  } else if (code === PERMUTE) {
    permute(src, dst, words + 4 * usize(a), sign < 0);
  } else {
    const offsets = words + 4 * usize(word(pc, 9));
    applyDense(src, dst, usize(word(pc, 7)), usize(word(pc, 8)), offsets, constants + 8 * usize(a), scratch);
  }
}

function rotateState(pc: usize, code: i32, src: usize, dst: usize, sign: f64, at: i32): void {
  if (last - first === plane) {
    rotateRange(pc, code, src, dst, plane << 1, sign, at);
  } else {
    rotateRange(pc, code, src + first, dst + first, last - first, sign, at);
    rotateRange(pc, code, src + plane + first, dst + plane + first, last - first, sign, at);
  }
}

function rotateRange(pc: usize, code: i32, src: usize, dst: usize, size: usize, sign: f64, at: i32): void {
  const q1 = usize(word(pc, 7));
  const cos = constant(at);
  const sin = sign * constant(at + 1);
  if (code === ROTATE1) rotate1(src, dst, size, q1, cos, sin);
  else rotate2(src, dst, size, q1, usize(word(pc, 8)), cos, sin, sign * constant(at + 2));
}

function prepare(pc: usize, code: i32): void {
  const index = word(pc, 2);
  const count = word(pc, 3);
  if (code === PRODUCT) {
    productState(psiAt(index), blockConstant(count));
  } else if (code === BUILD) {
    buildTable(tableAt(index), pc + 16, count, constants);
  } else if (code === BUILD_EACH) {
    buildTableEach(blockTableAt(index), pc + 16, count, blockConstants);
  } else if (code === BUILD_WEIGHTS) {
    buildWeights(tableAt(index), pc + 16, count, constants);
  } else if (code === OBSERVE) {
    observe(pc);
  } else if (code === COLLECT) {
    collect(pc + 16, index, constants + 8 * usize(count), results, slots);
  } else {
    for (let output = 0; output < outputs; output++)
      realInner(psiAt(index), lambdaAt(0, output), readingAt(count, output));
  }
}

/**
 * λ of one output: words ψ, output, table of the diagonal part or −1, number of other terms, then (x, z, constant) of
 * each.
 */
function observe(pc: usize): void {
  const psi = psiAt(word(pc, 2));
  const lambda = lambdaAt(0, word(pc, 3));
  const table = word(pc, 4);
  if (table >= 0) applyWeights(psi, lambda, tableAt(table));
  else memory.fill(lambda, 0, plane << 1);
  for (let term = 0; term < word(pc, 5); term++) {
    const at = pc + 24 + 12 * usize(term);
    const c = word(at, 2);
    addPauli(psi, lambda, usize(word(at, 0)), word(at, 1), constant(c), constant(c + 1));
  }
}

/**
 * Derivatives, from ψ and the λ of every output. All but READ1 also take λ back through the gates they belong to.
 * Words: ψ, λ, first reading, then what the gates need.
 */
function read(pc: usize, code: i32): void {
  const psi = psiAt(word(pc, 2));
  for (let output = 0; output < outputs; output++) {
    const lambda = lambdaAt(word(pc, 3), output);
    if (code >= READ_TABLE) readTable(pc, code, psi, lambda, output);
    else readRotations(pc, code, psi, lambda, output);
  }
}

function readRotations(pc: usize, code: i32, psi: usize, lambda: usize, output: i32): void {
  if (last - first === plane) {
    readRange(pc, code, psi, lambda, plane << 1, output);
    return;
  }
  accumulate(first > 0);
  readRange(pc, code, psi + first, lambda + first, last - first, output);
  accumulate(true);
  readRange(pc, code, psi + plane + first, lambda + plane + first, last - first, output);
  accumulate(false);
}

function readRange(pc: usize, code: i32, psi: usize, lambda: usize, size: usize, output: i32): void {
  const reading = word(pc, 4);
  const q1 = usize(word(pc, 5));
  const to = readingAt(reading, output);
  if (code === READ1) {
    read1(psi, lambda, size, q1, to);
    return;
  }
  const at = word(pc, 7);
  const q2 = usize(word(pc, 6));
  const cos = constant(at);
  undoRotation2(
    psi,
    lambda,
    size,
    q1,
    q2,
    cos,
    -constant(at + 1),
    -constant(at + 2),
    to,
    readingAt(reading + 1, output),
  );
}

/** Signed sums of w, as a list of operations on arrays in scratch memory, seven words each. */
function readTable(pc: usize, code: i32, psi: usize, lambda: usize, output: i32): void {
  const table = word(pc, 4);
  if (code === READ_TABLE) undoTable(psi, lambda, tableAt(table), scratch);
  else undoTableEach(psi, lambda, blockTableAt(table), scratch);
  const end = pc + 4 * usize(word(pc, 1));
  for (let at = pc + 20; at < end; at += 28) {
    const operation = word(at, 0);
    const src = scratch + row * usize(word(at, 1));
    const q = usize(word(at, 2));
    const dst = scratch + row * usize(word(at, 3));
    if (operation === BUTTERFLY) {
      butterfly(src, dst, q, f64(word(at, 4)));
    } else if (operation === SPLIT3) {
      const low = readingAt(word(at, 4), output);
      split3(src, dst, q, low, readingAt(word(at, 5), output), readingAt(word(at, 6), output));
    } else {
      total(src, q, readingAt(word(at, 4), output));
    }
  }
}
