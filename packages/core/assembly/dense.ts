// Dense circuits of any dimension: U_p·e^{−iθ_p H}·…·U_1·e^{−iθ_1 H} with a diagonal H, on columns. A state is d rows, one
// a level; a row holds one complex number a column, interleaved. The number of levels of a block is even
// (src/dynamics/dense/wasm.ts pads).
//
// A U is one block, or two blocks behind real rotations between them (src/dynamics/dense/cosine-sine.ts).

let rows: usize = 0;
/** Bytes of one number a column, of a row, of a state, of the rows of a block. */
let numbers: usize = 0;
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
  numbers = columnCount << 3;
  row = columnCount << 4;
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
    const table = phases + l * phaseStep;
    if (rotationStep === 0) {
      applyPhases(moving, kept, table);
      multiply(matrices + l * matrix, matrixRow, 16, kept, moving);
    } else {
      turn(moving, kept, spare, table, rotations + l * rotationStep);
      multiply(matrices + l * matrix, matrixRow, 16, spare, moving);
    }
  }
  for (let j: usize = 0; j < numbers; j += 8) store<f64>(values + j, expectation(moving + (j << 1)));
}

/**
 * Takes μ, the complex conjugate of λ = M₀ψ, back and writes 2·Im⟨λ|Hψ⟩ of each layer, one value a column. What U† and
 * e^{iθH} do to λ, U's transpose and e^{−iθH} do to μ.
 */
export function denseBackward(layers: usize, derivatives: usize): void {
  startBack();
  for (let l = layers; l > 0; ) {
    l--;
    const kept = states + l * state;
    const table = phases + l * phaseStep;
    const h = generator + l * generatorStep;
    const to = derivatives + l * numbers;
    multiply(matrices + l * matrix, 16, matrixRow, moving, spare);
    if (rotationStep === 0) {
      read(kept, spare, h, to);
      applyPhases(spare, moving, table);
    } else {
      turnBack(spare, kept, moving, table, rotations + l * rotationStep, h, to);
    }
  }
}

/** Σ_k M₀,k |ψ_k|² of the column whose first entry is at ψ. */
function expectation(psi: usize): f64 {
  let sum = f64x2.splat(0);
  for (let weight = readout; weight < readout + (rows << 3); weight += 8, psi += row) {
    const value = v128.load(psi);
    sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(weight), f64x2.mul(value, value)));
  }
  return lanes(sum);
}

/** From ψ to the complex conjugate of M₀ψ, in place. */
function startBack(): void {
  let at = moving;
  for (let k: usize = 0; k < rows; k++) {
    const weight = load<f64>(readout + (k << 3));
    const weights = f64x2.replace_lane(f64x2.splat(weight), 1, -weight);
    for (const end = at + row; at < end; at += 16) v128.store(at, f64x2.mul(weights, v128.load(at)));
  }
}

/** dst ← e^{−iθH}·src. */
function applyPhases(src: usize, dst: usize, table: usize): void {
  for (let k: usize = 0; k < rows; k++) {
    const phase = table + usize(load<u32>(levels + (k << 2)));
    const c = v128.load_splat<f64>(phase);
    const s = crossed(load<f64>(phase, 8));
    for (const end = src + row; src < end; src += 16, dst += 16) {
      const value = v128.load(src);
      v128.store(dst, f64x2.add(f64x2.mul(c, value), f64x2.mul(s, swapped(value))));
    }
  }
}

/** Writes 2·Im(μᵀHψ) of each column. */
function read(psi: usize, mu: usize, h: usize, to: usize): void {
  for (let j: usize = 0; j < row; j += 16) {
    let sum = f64x2.splat(0);
    let at = j;
    for (let k = h; k < h + (rows << 3); k += 8, at += row) {
      const term = f64x2.mul(v128.load(mu + at), swapped(v128.load(psi + at)));
      sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(k), term));
    }
    store<f64>(to + (j >> 1), 2 * lanes(sum));
  }
}

/**
 * Phases and rotations of two blocks in one pass: kept ← e^{−iθH}·src and dst ← Θ·Φ·kept. Φ rotates level i of the second
 * block with level i + 1 of the first, Θ with level i; `angles` has cosine and sine of Θ, then of Φ. Within a block all levels
 * have one phase.
 */
function turn(src: usize, kept: usize, dst: usize, table: usize, angles: usize): void {
  const size = block;
  const width = row;
  const upper = table + usize(load<u32>(levels));
  const lower = table + usize(load<u32>(levels + (rows << 1)));
  const cu = v128.load_splat<f64>(upper);
  const su = crossed(load<f64>(upper, 8));
  const cl = v128.load_splat<f64>(lower);
  const sl = crossed(load<f64>(lower, 8));
  const shifted = angles + (rotationStep >> 1);
  for (let j: usize = 0; j < width; j += 16) {
    const first = v128.load(src + j);
    let x = f64x2.add(f64x2.mul(cu, first), f64x2.mul(su, swapped(first)));
    v128.store(kept + j, x);
    let angle: usize = 0;
    for (let at = j; at < size; at += width, angle += 16) {
      const second = v128.load(src + at + size);
      let y = f64x2.add(f64x2.mul(cl, second), f64x2.mul(sl, swapped(second)));
      v128.store(kept + at + size, y);
      let next = x;
      // Of Φ the last rotation is none.
      if (at + width < size) {
        const ahead = v128.load(src + at + width);
        const z = f64x2.add(f64x2.mul(cu, ahead), f64x2.mul(su, swapped(ahead)));
        v128.store(kept + at + width, z);
        const c = v128.load_splat<f64>(shifted + angle);
        const s = v128.load_splat<f64>(shifted + angle, 8);
        next = f64x2.sub(f64x2.mul(c, z), f64x2.mul(s, y));
        y = f64x2.add(f64x2.mul(s, z), f64x2.mul(c, y));
      }
      const c = v128.load_splat<f64>(angles + angle);
      const s = v128.load_splat<f64>(angles + angle, 8);
      v128.store(dst + at, f64x2.sub(f64x2.mul(c, x), f64x2.mul(s, y)));
      v128.store(dst + at + size, f64x2.add(f64x2.mul(s, x), f64x2.mul(c, y)));
      x = next;
    }
  }
}

/** The way back: src goes back through Θ and Φ, is read as by `read`, and dst ← e^{−iθH}·src. */
function turnBack(src: usize, psi: usize, dst: usize, table: usize, angles: usize, h: usize, to: usize): void {
  const size = block;
  const width = row;
  const upper = table + usize(load<u32>(levels));
  const lower = table + usize(load<u32>(levels + (rows << 1)));
  const cu = v128.load_splat<f64>(upper);
  const su = crossed(load<f64>(upper, 8));
  const cl = v128.load_splat<f64>(lower);
  const sl = crossed(load<f64>(lower, 8));
  const hUpper = load<f64>(h);
  const hLower = load<f64>(h + (rows << 2));
  const shifted = angles + (rotationStep >> 1);
  for (let j: usize = 0; j < width; j += 16) {
    let sumUpper = f64x2.splat(0);
    let sumLower = f64x2.splat(0);
    let y = sumUpper;
    let angle: usize = 0;
    for (let at = j; at < size; at += width, angle += 16) {
      const a = v128.load(src + at);
      const b = v128.load(src + at + size);
      const c = v128.load_splat<f64>(angles + angle);
      const s = v128.load_splat<f64>(angles + angle, 8);
      let x = f64x2.add(f64x2.mul(c, a), f64x2.mul(s, b));
      // Level i of the second block is done when level i + 1 of the first one is.
      if (angle > 0) {
        const c = v128.load_splat<f64>(shifted + angle - 16);
        const s = v128.load_splat<f64>(shifted + angle - 8);
        const z = f64x2.sub(f64x2.mul(c, y), f64x2.mul(s, x));
        x = f64x2.add(f64x2.mul(c, x), f64x2.mul(s, y));
        const before = at + size - width;
        sumLower = f64x2.add(sumLower, f64x2.mul(z, swapped(v128.load(psi + before))));
        v128.store(dst + before, f64x2.add(f64x2.mul(cl, z), f64x2.mul(sl, swapped(z))));
      }
      y = f64x2.sub(f64x2.mul(c, b), f64x2.mul(s, a));
      sumUpper = f64x2.add(sumUpper, f64x2.mul(x, swapped(v128.load(psi + at))));
      v128.store(dst + at, f64x2.add(f64x2.mul(cu, x), f64x2.mul(su, swapped(x))));
    }
    const last = j + 2 * size - width;
    sumLower = f64x2.add(sumLower, f64x2.mul(y, swapped(v128.load(psi + last))));
    v128.store(dst + last, f64x2.add(f64x2.mul(cl, y), f64x2.mul(sl, swapped(y))));
    store<f64>(to + (j >> 1), 2 * (hUpper * lanes(sumUpper) + hLower * lanes(sumLower)));
  }
}

/** What the sine of a phase multiplies the swapped parts of a number with. */
function crossed(sine: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(sine), 1, -sine);
}

function swapped(value: v128): v128 {
  return v128.shuffle<f64>(value, value, 1, 0);
}

function lanes(value: v128): f64 {
  return f64x2.extract_lane(value, 0) + f64x2.extract_lane(value, 1);
}

/**
 * dst ← the blocks times src: four levels of the result at a time, and two where no more are left. `out` and `step` are the
 * bytes from an entry to the one for the next level of the result and of src.
 */
function multiply(u: usize, out: usize, step: usize, src: usize, dst: usize): void {
  const size = block;
  const width = row;
  for (const end = src + state; src < end; src += size, dst += size, u += (size / width) * matrixRow) {
    let at = u;
    let to = dst;
    for (; to + 4 * width <= dst + size; to += 4 * width, at += 4 * out)
      for (let j: usize = 0; j < width; j += 16) fourLevels(at, out, step, src + j, width, size, to + j);
    if (to < dst + size)
      for (let j: usize = 0; j < width; j += 16) twoLevels(at, out, step, src + j, width, size, to + j);
  }
}

/**
 * Four levels of a column: sums of an entry times the real part, and times the imaginary part, so that nothing is turned
 * before the end. Eight sums, the entries and both parts are as much as the registers hold.
 */
function fourLevels(u: usize, out: usize, step: usize, src: usize, width: usize, size: usize, dst: usize): void {
  let a = f64x2.splat(0);
  let ai = f64x2.splat(0);
  let b = f64x2.splat(0);
  let bi = f64x2.splat(0);
  let c = f64x2.splat(0);
  let ci = f64x2.splat(0);
  let d = f64x2.splat(0);
  let di = f64x2.splat(0);
  const second = out << 1;
  const third = out * 3;
  for (const end = src + size; src < end; u += step, src += width) {
    const x = v128.load_splat<f64>(src);
    const y = v128.load_splat<f64>(src, 8);
    const ua = v128.load(u);
    a = f64x2.add(a, f64x2.mul(ua, x));
    ai = f64x2.add(ai, f64x2.mul(ua, y));
    const ub = v128.load(u + out);
    b = f64x2.add(b, f64x2.mul(ub, x));
    bi = f64x2.add(bi, f64x2.mul(ub, y));
    const uc = v128.load(u + second);
    c = f64x2.add(c, f64x2.mul(uc, x));
    ci = f64x2.add(ci, f64x2.mul(uc, y));
    const ud = v128.load(u + third);
    d = f64x2.add(d, f64x2.mul(ud, x));
    di = f64x2.add(di, f64x2.mul(ud, y));
  }
  v128.store(dst, turned(a, ai));
  v128.store(dst + width, turned(b, bi));
  v128.store(dst + 2 * width, turned(c, ci));
  v128.store(dst + 3 * width, turned(d, di));
}

/** The same for two levels, in the same order of operations. */
function twoLevels(u: usize, out: usize, step: usize, src: usize, width: usize, size: usize, dst: usize): void {
  let a = f64x2.splat(0);
  let ai = f64x2.splat(0);
  let b = f64x2.splat(0);
  let bi = f64x2.splat(0);
  for (const end = src + size; src < end; u += step, src += width) {
    const x = v128.load_splat<f64>(src);
    const y = v128.load_splat<f64>(src, 8);
    const ua = v128.load(u);
    a = f64x2.add(a, f64x2.mul(ua, x));
    ai = f64x2.add(ai, f64x2.mul(ua, y));
    const ub = v128.load(u + out);
    b = f64x2.add(b, f64x2.mul(ub, x));
    bi = f64x2.add(bi, f64x2.mul(ub, y));
  }
  v128.store(dst, turned(a, ai));
  v128.store(dst + width, turned(b, bi));
}

/** real + i·imaginary. */
function turned(real: v128, imaginary: v128): v128 {
  return f64x2.add(real, f64x2.mul(f64x2.replace_lane(f64x2.splat(1), 0, -1), swapped(imaginary)));
}
