// Dense circuits of any dimension: U_p·e^{−iθ_p H}·…·U_1·e^{−iθ_1 H} with a diagonal H, on columns. A state is d rows, one
// a level; a row holds the real parts of all columns, then their imaginary parts. The number of columns is even, and so is
// that of the levels of a block (src/dynamics/dense/wasm.ts pads): levels go two at a time and columns two a vector.
//
// A U is one block, or two blocks behind real rotations between them (src/dynamics/dense/cosine-sine.ts).

let rows: usize = 0;
/** Bytes of the real (or imaginary) half of a row, of a row, of a state, of the rows of a block. */
let half: usize = 0;
let row: usize = 0;
let state: usize = 0;
let block: usize = 0;
/** Bytes of a row of a block's matrix, of all matrices of a layer, and of a layer's rotations: 0 for a single block. */
let matrixRow: usize = 0;
let matrix: usize = 0;
let rotationStep: usize = 0;

let matrices: usize = 0;
let rotations: usize = 0;
let phases: usize = 0;
let phaseStep: usize = 0;
/** Bytes between the generators of two layers: 0 where all layers share one. */
let generatorStep: usize = 0;
let levels: usize = 0;
let generator: usize = 0;
let readout: usize = 0;
let start: usize = 0;
let states: usize = 0;
let moving: usize = 0;
let spare: usize = 0;

/** Sets the shape: levels, blocks, columns, phases of a layer, and whether every layer has an H of its own (1, else 0). */
export function denseShape(rowCount: usize, blocks: usize, columnCount: usize, distinct: usize, own: usize): void {
  const levelsOfBlock = rowCount / blocks;
  rows = rowCount;
  half = columnCount << 3;
  row = half << 1;
  state = rowCount * row;
  block = levelsOfBlock * row;
  matrixRow = levelsOfBlock << 4;
  matrix = rowCount * matrixRow;
  rotationStep = blocks === 1 ? 0 : levelsOfBlock << 5;
  phaseStep = distinct << 4;
  generatorStep = own * (rowCount << 3);
}

/**
 * Sets where the numbers lie: matrices (row-major, interleaved, block after block), cosine and sine of the rotations of
 * each layer, of θ_l·h for each layer and distinct h, the byte offset of each level's pair in a layer of those, the
 * diagonals of H and of the readout, the starting state, p kept states, the one that moves and one to spare.
 */
export function densePlace(
  matrixBase: usize,
  rotationBase: usize,
  phaseBase: usize,
  levelBase: usize,
  generatorBase: usize,
  readoutBase: usize,
  startBase: usize,
  stateBase: usize,
  movingBase: usize,
  spareBase: usize,
): void {
  matrices = matrixBase;
  rotations = rotationBase;
  phases = phaseBase;
  levels = levelBase;
  generator = generatorBase;
  readout = readoutBase;
  start = startBase;
  states = stateBase;
  moving = movingBase;
  spare = spareBase;
}

/** Takes the starting state through all layers, keeps the state behind each phase, and writes one value a column. */
export function denseForward(layers: usize, values: usize): void {
  memory.copy(moving, start, state);
  for (let l: usize = 0; l < layers; l++) {
    const kept = states + l * state;
    const table = rotations + l * rotationStep;
    applyPhases(moving, kept, phases + l * phaseStep);
    if (rotationStep === 0) {
      multiply(matrices + l * matrix, matrixRow, 16, kept, moving);
    } else {
      rotate(table + (rotationStep >> 1), row, 1, kept, spare);
      rotate(table, 0, 1, spare, spare);
      multiply(matrices + l * matrix, matrixRow, 16, spare, moving);
    }
  }
  for (let j: usize = 0; j < half; j += 16) v128.store(values + j, expectation(j));
}

/**
 * Takes μ, the complex conjugate of λ = M₀ψ, back and writes 2·Im⟨λ|Hψ⟩ of each layer, one value a column. What U† and
 * e^{iθH} do to λ, U's transpose and e^{−iθH} do to μ.
 */
export function denseBackward(layers: usize, derivatives: usize): void {
  startBack();
  for (let l = layers; l > 0; ) {
    l--;
    const table = rotations + l * rotationStep;
    multiply(matrices + l * matrix, 16, matrixRow, moving, spare);
    if (rotationStep !== 0) {
      rotate(table, 0, -1, spare, spare);
      rotate(table + (rotationStep >> 1), row, -1, spare, spare);
    }
    read(states + l * state, spare, generator + l * generatorStep, derivatives + l * half);
    applyPhases(spare, moving, phases + l * phaseStep);
  }
}

/** Σ_k M₀,k |ψ_k|² of two columns. */
function expectation(j: usize): v128 {
  let sum = f64x2.splat(0);
  for (let k: usize = 0; k < rows; k++) {
    const at = moving + k * row + j;
    const x = v128.load(at);
    const y = v128.load(at + half);
    const size = f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
    sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(readout + (k << 3)), size));
  }
  return sum;
}

/** From ψ to the complex conjugate of M₀ψ, in place. */
function startBack(): void {
  for (let k: usize = 0; k < rows; k++) {
    const weight = v128.load_splat<f64>(readout + (k << 3));
    for (let j = moving + k * row; j < moving + k * row + half; j += 16) {
      v128.store(j, f64x2.mul(weight, v128.load(j)));
      v128.store(j + half, f64x2.neg(f64x2.mul(weight, v128.load(j + half))));
    }
  }
}

/** dst ← e^{−iθH}·src. */
function applyPhases(src: usize, dst: usize, table: usize): void {
  for (let k: usize = 0; k < rows; k++) {
    const phase = table + usize(load<u32>(levels + (k << 2)));
    const c = v128.load_splat<f64>(phase);
    const s = v128.load_splat<f64>(phase + 8);
    for (let j = k * row; j < k * row + half; j += 16) {
      const x = v128.load(src + j);
      const y = v128.load(src + half + j);
      v128.store(dst + j, f64x2.add(f64x2.mul(c, x), f64x2.mul(s, y)));
      v128.store(dst + half + j, f64x2.sub(f64x2.mul(c, y), f64x2.mul(s, x)));
    }
  }
}

/** Writes 2·Im(μᵀHψ) of each column. */
function read(psi: usize, mu: usize, h: usize, to: usize): void {
  for (let j: usize = 0; j < half; j += 16) {
    let sum = f64x2.splat(0);
    for (let k: usize = 0; k < rows; k++) {
      const at = k * row + j;
      const real = f64x2.mul(v128.load(mu + at), v128.load(psi + half + at));
      const w = f64x2.add(real, f64x2.mul(v128.load(mu + half + at), v128.load(psi + at)));
      sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(h + (k << 3)), w));
    }
    v128.store(to + j, f64x2.add(sum, sum));
  }
}

/**
 * Rotates every level of the second block with one of the first: the same for `shift` 0, for a shift of one row the next,
 * and the last with the first. `table` has cosine and sine of each level of the second block.
 */
function rotate(table: usize, shift: usize, sign: f64, src: usize, dst: usize): void {
  let a = shift;
  for (let b = block; b < state; b += row, a += row, table += 16) {
    if (a === block) a = 0;
    rotateRows(v128.load_splat<f64>(table), f64x2.splat(sign * load<f64>(table + 8)), src, dst, a, b);
  }
}

function rotateRows(c: v128, s: v128, src: usize, dst: usize, a: usize, b: usize): void {
  for (let j: usize = 0; j < row; j += 16) {
    const x = v128.load(src + a + j);
    const y = v128.load(src + b + j);
    v128.store(dst + a + j, f64x2.sub(f64x2.mul(c, x), f64x2.mul(s, y)));
    v128.store(dst + b + j, f64x2.add(f64x2.mul(s, x), f64x2.mul(c, y)));
  }
}

/**
 * dst ← the blocks times src: two levels of the result at a time, four columns where there are as many. `out` and `step`
 * are the bytes from an entry to the one for the next level of the result and of src.
 */
function multiply(u: usize, out: usize, step: usize, src: usize, dst: usize): void {
  for (const end = src + state; src < end; src += block, u += (block / row) * matrixRow) {
    let at = u;
    for (const done = dst + block; dst < done; dst += row << 1, at += out << 1) {
      let j: usize = 0;
      for (; j + 32 <= half; j += 32) fourColumns(at, out, step, src + j, dst + j);
      if (j < half) twoColumns(at, out, step, src + j, dst + j);
    }
  }
}

function fourColumns(u: usize, out: usize, step: usize, src: usize, dst: usize): void {
  let ax0 = f64x2.splat(0);
  let ax1 = f64x2.splat(0);
  let ay0 = f64x2.splat(0);
  let ay1 = f64x2.splat(0);
  let bx0 = f64x2.splat(0);
  let bx1 = f64x2.splat(0);
  let by0 = f64x2.splat(0);
  let by1 = f64x2.splat(0);
  for (const end = src + block; src < end; u += step, src += row) {
    const x0 = v128.load(src);
    const x1 = v128.load(src, 16);
    const y0 = v128.load(src + half);
    const y1 = v128.load(src + half, 16);
    const ar = v128.load_splat<f64>(u);
    ax0 = f64x2.add(ax0, f64x2.mul(ar, x0));
    ax1 = f64x2.add(ax1, f64x2.mul(ar, x1));
    ay0 = f64x2.add(ay0, f64x2.mul(ar, y0));
    ay1 = f64x2.add(ay1, f64x2.mul(ar, y1));
    const ai = v128.load_splat<f64>(u, 8);
    ax0 = f64x2.sub(ax0, f64x2.mul(ai, y0));
    ax1 = f64x2.sub(ax1, f64x2.mul(ai, y1));
    ay0 = f64x2.add(ay0, f64x2.mul(ai, x0));
    ay1 = f64x2.add(ay1, f64x2.mul(ai, x1));
    const br = v128.load_splat<f64>(u + out);
    bx0 = f64x2.add(bx0, f64x2.mul(br, x0));
    bx1 = f64x2.add(bx1, f64x2.mul(br, x1));
    by0 = f64x2.add(by0, f64x2.mul(br, y0));
    by1 = f64x2.add(by1, f64x2.mul(br, y1));
    const bi = v128.load_splat<f64>(u + out, 8);
    bx0 = f64x2.sub(bx0, f64x2.mul(bi, y0));
    bx1 = f64x2.sub(bx1, f64x2.mul(bi, y1));
    by0 = f64x2.add(by0, f64x2.mul(bi, x0));
    by1 = f64x2.add(by1, f64x2.mul(bi, x1));
  }
  v128.store(dst, ax0);
  v128.store(dst, ax1, 16);
  v128.store(dst + half, ay0);
  v128.store(dst + half, ay1, 16);
  v128.store(dst + row, bx0);
  v128.store(dst + row, bx1, 16);
  v128.store(dst + row + half, by0);
  v128.store(dst + row + half, by1, 16);
}

/** The same for two columns, in the same order of operations. */
function twoColumns(u: usize, out: usize, step: usize, src: usize, dst: usize): void {
  let ax = f64x2.splat(0);
  let ay = f64x2.splat(0);
  let bx = f64x2.splat(0);
  let by = f64x2.splat(0);
  for (const end = src + block; src < end; u += step, src += row) {
    const x = v128.load(src);
    const y = v128.load(src + half);
    const ar = v128.load_splat<f64>(u);
    const ai = v128.load_splat<f64>(u, 8);
    const br = v128.load_splat<f64>(u + out);
    const bi = v128.load_splat<f64>(u + out, 8);
    ax = f64x2.sub(f64x2.add(ax, f64x2.mul(ar, x)), f64x2.mul(ai, y));
    ay = f64x2.add(f64x2.add(ay, f64x2.mul(ar, y)), f64x2.mul(ai, x));
    bx = f64x2.sub(f64x2.add(bx, f64x2.mul(br, x)), f64x2.mul(bi, y));
    by = f64x2.add(f64x2.add(by, f64x2.mul(br, y)), f64x2.mul(bi, x));
  }
  v128.store(dst, ax);
  v128.store(dst + half, ay);
  v128.store(dst + row, bx);
  v128.store(dst + row + half, by);
}
