// Dense circuits of any dimension: U_p·e^{−iθ_p H}·…·U_1·e^{−iθ_1 H} with a diagonal H, on columns. A state is d rows, one
// a level; a row holds the real parts of all columns, then their imaginary parts. d and the number of columns are even
// (src/dynamics/dense-wasm.ts pads), so that levels go two at a time and columns two a vector.

let rows: usize = 0;
/** Bytes of the real (or imaginary) half of a row, of a row, of a state and of a row of a matrix. */
let half: usize = 0;
let row: usize = 0;
let state: usize = 0;
let matrixRow: usize = 0;

let matrices: usize = 0;
let phases: usize = 0;
let phaseStep: usize = 0;
/** Bytes between the generators of two layers: 0 where all layers share one. */
let generatorStep: usize = 0;
let levels: usize = 0;
let generator: usize = 0;
let readout: usize = 0;
let states: usize = 0;
let moving: usize = 0;
let adjoint: usize = 0;

/** Sets the shape: d, columns, distinct eigenvalues of H, and whether every layer has an H of its own (1, else 0). */
export function denseShape(rowCount: usize, columnCount: usize, distinct: usize, own: usize): void {
  rows = rowCount;
  half = columnCount << 3;
  row = half << 1;
  state = rowCount * row;
  matrixRow = rowCount << 4;
  phaseStep = distinct << 4;
  generatorStep = own * (rowCount << 3);
}

/**
 * Sets where the numbers lie: matrices (row-major, interleaved), cosine and sine of θ_l·h for each layer and distinct h,
 * the byte offset of each level's pair in a layer of those, the diagonals of H and of the readout, p kept states, one that
 * moves and two for λ.
 */
export function densePlace(
  matrixBase: usize,
  phaseBase: usize,
  levelBase: usize,
  generatorBase: usize,
  readoutBase: usize,
  stateBase: usize,
  movingBase: usize,
  adjointBase: usize,
): void {
  matrices = matrixBase;
  phases = phaseBase;
  levels = levelBase;
  generator = generatorBase;
  readout = readoutBase;
  states = stateBase;
  moving = movingBase;
  adjoint = adjointBase;
}

/** Takes the moving state through all layers, keeps the state behind each phase, and writes one value a column. */
export function denseForward(layers: usize, values: usize): void {
  for (let l: usize = 0; l < layers; l++) {
    const kept = states + l * state;
    turn(moving, kept, phases + l * phaseStep);
    applyMatrix(matrices + l * rows * matrixRow, kept, moving);
  }
  for (let j: usize = 0; j < half; j += 16) v128.store(values + j, expectation(j));
}

/** Takes λ = M₀ψ back and writes 2·Im⟨λ|Hψ⟩ of each layer, one value a column. */
export function denseBackward(layers: usize, derivatives: usize): void {
  let lambda = adjoint;
  let next = adjoint + state;
  for (let k: usize = 0; k < rows; k++) {
    const weight = v128.load_splat<f64>(readout + (k << 3));
    for (let j = k * row; j < (k + 1) * row; j += 16) v128.store(lambda + j, f64x2.mul(weight, v128.load(moving + j)));
  }
  for (let l = layers; l > 0; ) {
    l--;
    applyAdjoint(matrices + l * rows * matrixRow, lambda, next);
    const h = generator + l * generatorStep;
    readAndTurnBack(states + l * state, next, phases + l * phaseStep, h, derivatives + l * half);
    const spare = lambda;
    lambda = next;
    next = spare;
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

/** dst ← e^{−iθH}·src. */
function turn(src: usize, dst: usize, table: usize): void {
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

/** Writes 2·Im⟨λ|Hψ⟩ of each column, and λ ← e^{iθH}·λ. */
function readAndTurnBack(psi: usize, lambda: usize, table: usize, h: usize, to: usize): void {
  for (let j: usize = 0; j < half; j += 16) {
    let sum = f64x2.splat(0);
    for (let k: usize = 0; k < rows; k++) {
      const phase = table + usize(load<u32>(levels + (k << 2)));
      const at = lambda + k * row + j;
      const from = psi + k * row + j;
      const x = v128.load(at);
      const y = v128.load(at + half);
      const w = f64x2.sub(f64x2.mul(x, v128.load(from + half)), f64x2.mul(y, v128.load(from)));
      sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(h + (k << 3)), w));
      const c = v128.load_splat<f64>(phase);
      const s = v128.load_splat<f64>(phase + 8);
      v128.store(at, f64x2.sub(f64x2.mul(c, x), f64x2.mul(s, y)));
      v128.store(at + half, f64x2.add(f64x2.mul(c, y), f64x2.mul(s, x)));
    }
    v128.store(to + j, f64x2.add(sum, sum));
  }
}

/** dst ← U·src: two levels of the result at a time, four columns where there are as many. */
function applyMatrix(u: usize, src: usize, dst: usize): void {
  for (let k: usize = 0; k < rows; k += 2) {
    const at = u + k * matrixRow;
    let j: usize = 0;
    for (; j + 32 <= half; j += 32) rowsTimesFour(at, src + j, dst + k * row + j);
    if (j < half) rowsTimesTwo(at, src + j, dst + k * row + j);
  }
}

function rowsTimesFour(u: usize, src: usize, dst: usize): void {
  let ax0 = f64x2.splat(0);
  let ax1 = f64x2.splat(0);
  let ay0 = f64x2.splat(0);
  let ay1 = f64x2.splat(0);
  let bx0 = f64x2.splat(0);
  let bx1 = f64x2.splat(0);
  let by0 = f64x2.splat(0);
  let by1 = f64x2.splat(0);
  const end = u + matrixRow;
  for (; u < end; u += 16, src += row) {
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
    const br = v128.load_splat<f64>(u + matrixRow);
    bx0 = f64x2.add(bx0, f64x2.mul(br, x0));
    bx1 = f64x2.add(bx1, f64x2.mul(br, x1));
    by0 = f64x2.add(by0, f64x2.mul(br, y0));
    by1 = f64x2.add(by1, f64x2.mul(br, y1));
    const bi = v128.load_splat<f64>(u + matrixRow, 8);
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

function rowsTimesTwo(u: usize, src: usize, dst: usize): void {
  let ax = f64x2.splat(0);
  let ay = f64x2.splat(0);
  let bx = f64x2.splat(0);
  let by = f64x2.splat(0);
  const end = u + matrixRow;
  for (; u < end; u += 16, src += row) {
    const x = v128.load(src);
    const y = v128.load(src + half);
    const ar = v128.load_splat<f64>(u);
    const ai = v128.load_splat<f64>(u, 8);
    const br = v128.load_splat<f64>(u + matrixRow);
    const bi = v128.load_splat<f64>(u + matrixRow, 8);
    ax = f64x2.add(ax, f64x2.sub(f64x2.mul(ar, x), f64x2.mul(ai, y)));
    ay = f64x2.add(ay, f64x2.add(f64x2.mul(ar, y), f64x2.mul(ai, x)));
    bx = f64x2.add(bx, f64x2.sub(f64x2.mul(br, x), f64x2.mul(bi, y)));
    by = f64x2.add(by, f64x2.add(f64x2.mul(br, y), f64x2.mul(bi, x)));
  }
  v128.store(dst, ax);
  v128.store(dst + half, ay);
  v128.store(dst + row, bx);
  v128.store(dst + row + half, by);
}

/** dst ← U†·src. U is read by rows here too: two rows add their share to every level of the result. */
function applyAdjoint(u: usize, src: usize, dst: usize): void {
  memory.fill(dst, 0, state);
  for (let k: usize = 0; k < rows; k += 2) {
    const at = u + k * matrixRow;
    let j: usize = 0;
    for (; j + 32 <= half; j += 32) addFour(at, src + k * row + j, dst + j);
    if (j < half) addTwo(at, src + k * row + j, dst + j);
  }
}

function addFour(u: usize, src: usize, dst: usize): void {
  const px0 = v128.load(src);
  const px1 = v128.load(src, 16);
  const py0 = v128.load(src + half);
  const py1 = v128.load(src + half, 16);
  const qx0 = v128.load(src + row);
  const qx1 = v128.load(src + row, 16);
  const qy0 = v128.load(src + row + half);
  const qy1 = v128.load(src + row + half, 16);
  const end = u + matrixRow;
  for (; u < end; u += 16, dst += row) {
    const ar = v128.load_splat<f64>(u);
    const ai = v128.load_splat<f64>(u, 8);
    const br = v128.load_splat<f64>(u + matrixRow);
    const bi = v128.load_splat<f64>(u + matrixRow, 8);
    v128.store(dst, f64x2.add(v128.load(dst), quad(ar, px0, ai, py0, br, qx0, bi, qy0)));
    v128.store(dst, f64x2.add(v128.load(dst, 16), quad(ar, px1, ai, py1, br, qx1, bi, qy1)), 16);
    const y = dst + half;
    v128.store(y, f64x2.add(v128.load(y), difference(ar, py0, ai, px0, br, qy0, bi, qx0)));
    v128.store(y, f64x2.add(v128.load(y, 16), difference(ar, py1, ai, px1, br, qy1, bi, qx1)), 16);
  }
}

function addTwo(u: usize, src: usize, dst: usize): void {
  const px = v128.load(src);
  const py = v128.load(src + half);
  const qx = v128.load(src + row);
  const qy = v128.load(src + row + half);
  const end = u + matrixRow;
  for (; u < end; u += 16, dst += row) {
    const ar = v128.load_splat<f64>(u);
    const ai = v128.load_splat<f64>(u, 8);
    const br = v128.load_splat<f64>(u + matrixRow);
    const bi = v128.load_splat<f64>(u + matrixRow, 8);
    v128.store(dst, f64x2.add(v128.load(dst), quad(ar, px, ai, py, br, qx, bi, qy)));
    const y = dst + half;
    v128.store(y, f64x2.add(v128.load(y), difference(ar, py, ai, px, br, qy, bi, qx)));
  }
}

/** a·b + c·d + e·f + g·h. */
function quad(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.mul(a, b), f64x2.mul(c, d)), f64x2.add(f64x2.mul(e, f), f64x2.mul(g, h)));
}

/** a·b − c·d + e·f − g·h. */
function difference(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): v128 {
  return f64x2.add(f64x2.sub(f64x2.mul(a, b), f64x2.mul(c, d)), f64x2.sub(f64x2.mul(e, f), f64x2.mul(g, h)));
}
