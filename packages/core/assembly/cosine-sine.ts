// A unitary of two blocks as rotations between unitaries of its blocks (src/dynamics/dense/cosine-sine.ts says how). Complex numbers
// are interleaved: one a vector.

/** The reflection D·(1 − τww†) at hand: w is at `vector`, D is a phase of the first entry. */
let vector: usize = 0;
let length: usize = 0;
let tau: f64 = 0;
let phaseRe: f64 = 1;
let phaseIm: f64 = 0;

/**
 * Takes the 2n × 2n unitary at u apart. Behind it are written P† of both blocks, Q† of both, and cosine and sine of the
 * n rotations of Θ and of Φ. Scratch memory is 3n complex numbers.
 */
export function cosineSine(u: usize, n: usize, scratch: usize): void {
  const d = 2 * n;
  const blockBytes = (n * n) << 4;
  const left = u + ((d * d) << 4);
  const right = left + 2 * blockBytes;
  const theta = right + 2 * blockBytes;
  const phi = theta + (n << 4);
  vector = scratch;
  const sums = scratch + (n << 4);
  for (let matrix = left; matrix < theta; matrix += blockBytes) setIdentity(matrix, n);
  for (let i: usize = 0; i < n; i++) {
    const bottom = n + i;
    for (let b: usize = 0; b < 2; b++) {
      takeColumn(u, d, i, b * n + i, n - i);
      reflectRows(u, d, b * n + i, i, n, sums);
      reflectRows(u, d, b * n + i, bottom, d, sums);
      reflectRows(left + b * blockBytes, n, i, 0, n, sums);
    }
    setRotation(theta + (i << 4), load<f64>(entry(u, d, i, i)), load<f64>(entry(u, d, bottom, i)));
    // Column i is settled, and so is row i, which stands in no further column; row n + i stays.
    rotateRow(u, d, i, i + 1, n, theta + (i << 4));
    rotateRow(u, d, i, bottom, d, theta + (i << 4));
    for (let b: usize = 0; b < 2; b++) {
      const from = i + 1 - b;
      if (from === n) continue;
      takeRow(entry(u, d, bottom, b * n + from), n - from);
      reflectColumns(u, d, bottom, bottom + 1, b * n + from);
      reflectColumns(u, d, i + 1, n, b * n + from);
      reflectColumns(u, d, bottom + 1, d, b * n + from);
      conjugate();
      reflectRows(right + b * blockBytes, n, from, 0, n, sums);
    }
    const above = i + 1 < n ? load<f64>(entry(u, d, bottom, i + 1)) : 0;
    setRotation(phi + (i << 4), load<f64>(entry(u, d, bottom, bottom)), above);
    if (i + 1 < n) {
      rotateColumn(u, d, i, i + 1, n, phi + (i << 4));
      rotateColumn(u, d, i, bottom + 1, d, phi + (i << 4));
    }
  }
}

function entry(x: usize, width: usize, row: usize, column: usize): usize {
  return x + ((row * width + column) << 4);
}

function setIdentity(to: usize, n: usize): void {
  memory.fill(to, 0, (n * n) << 4);
  for (let i: usize = 0; i < n; i++) store<f64>(entry(to, n, i, i), 1);
}

/** The reflection that takes `count` entries of a column, from a row on, to their length times the first. */
function takeColumn(x: usize, width: usize, column: usize, row: usize, count: usize): void {
  for (let r: usize = 0; r < count; r++) v128.store(vector + (r << 4), v128.load(entry(x, width, row + r, column)));
  setReflection(count);
}

/** The same of entries that follow one another. */
function takeRow(from: usize, count: usize): void {
  memory.copy(vector, from, count << 4);
  setReflection(count);
}

function setReflection(count: usize): void {
  length = count;
  tau = 0;
  phaseRe = 1;
  phaseIm = 0;
  let squares = f64x2.splat(0);
  for (let k = vector; k < vector + (count << 4); k += 16) {
    const value = v128.load(k);
    squares = f64x2.add(squares, f64x2.mul(value, value));
  }
  const size = Math.sqrt(f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
  if (size === 0) return;
  const re = load<f64>(vector);
  const im = load<f64>(vector, 8);
  const first = Math.sqrt(re * re + im * im);
  const unitRe = first === 0 ? 1 : re / first;
  const unitIm = first === 0 ? 0 : im / first;
  store<f64>(vector, re + unitRe * size);
  store<f64>(vector, im + unitIm * size, 8);
  tau = 1 / (size * (size + first));
  phaseRe = -unitRe;
  phaseIm = unitIm;
}

function conjugate(): void {
  for (let k = vector; k < vector + (length << 4); k += 16) store<f64>(k, -load<f64>(k, 8), 8);
  phaseIm = -phaseIm;
}

/** Applies the reflection from the left to the rows from `row` on, in columns [from, to). */
function reflectRows(x: usize, width: usize, row: usize, from: usize, to: usize, sums: usize): void {
  const bytes = (to - from) << 4;
  const first = entry(x, width, row, from);
  memory.fill(sums, 0, bytes);
  let at = first;
  const end = vector + (length << 4);
  for (let k = vector; k < end; k += 16, at += width << 4) addMultiple(sums, at, bytes, load<f64>(k), -load<f64>(k, 8));
  at = first;
  for (let k = vector; k < end; k += 16, at += width << 4)
    addMultiple(at, sums, bytes, -tau * load<f64>(k), -tau * load<f64>(k, 8));
  for (let k = first; k < first + bytes; k += 16) v128.store(k, times(v128.load(k), phaseRe, phaseIm));
}

/** Applies its transpose from the right to the columns from `column` on, in rows [from, to). */
function reflectColumns(x: usize, width: usize, from: usize, to: usize, column: usize): void {
  const bytes = length << 4;
  for (let r = from; r < to; r++) {
    const first = entry(x, width, r, column);
    let direct = f64x2.splat(0);
    let crossed = f64x2.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const w = v128.load(vector + k);
      const value = v128.load(first + k);
      direct = f64x2.add(direct, f64x2.mul(w, value));
      crossed = f64x2.add(crossed, f64x2.mul(w, swapped(value)));
    }
    const re = f64x2.extract_lane(direct, 0) + f64x2.extract_lane(direct, 1);
    const im = f64x2.extract_lane(crossed, 0) - f64x2.extract_lane(crossed, 1);
    addMultiple(first, vector, bytes, -tau * re, -tau * im);
    v128.store(first, times(v128.load(first), phaseRe, phaseIm));
  }
}

function swapped(value: v128): v128 {
  return v128.shuffle<f64>(value, value, 1, 0);
}

/** (re + i·im)·value. */
function times(value: v128, re: f64, im: f64): v128 {
  const crossed = f64x2.replace_lane(f64x2.splat(im), 0, -im);
  return f64x2.add(f64x2.mul(f64x2.splat(re), value), f64x2.mul(crossed, swapped(value)));
}

/** to += (re + i·im)·values. */
function addMultiple(to: usize, values: usize, bytes: usize, re: f64, im: f64): void {
  const direct = f64x2.splat(re);
  const crossed = f64x2.replace_lane(f64x2.splat(im), 0, -im);
  for (let k: usize = 0; k < bytes; k += 16) {
    const value = v128.load(values + k);
    const product = f64x2.add(f64x2.mul(direct, value), f64x2.mul(crossed, swapped(value)));
    v128.store(to + k, f64x2.add(v128.load(to + k), product));
  }
}

/** The rotation that takes (1, 0) to (c, s). */
function setRotation(to: usize, c: f64, s: f64): void {
  const size = Math.sqrt(c * c + s * s);
  store<f64>(to, c / size);
  store<f64>(to, s / size, 8);
}

/** Row d/2 + i ← −s·(row i) + c·(row d/2 + i), in columns [from, to). */
function rotateRow(x: usize, d: usize, i: usize, from: usize, to: usize, rotation: usize): void {
  const c = v128.load_splat<f64>(rotation);
  const s = v128.load_splat<f64>(rotation, 8);
  const shift = (d * (d >> 1)) << 4;
  for (let at = entry(x, d, i, from); at < entry(x, d, i, to); at += 16)
    v128.store(at + shift, f64x2.sub(f64x2.mul(c, v128.load(at + shift)), f64x2.mul(s, v128.load(at))));
}

/** Column i + 1 ← c·(column i + 1) − s·(column d/2 + i), in rows [from, to). */
function rotateColumn(x: usize, d: usize, i: usize, from: usize, to: usize, rotation: usize): void {
  const c = v128.load_splat<f64>(rotation);
  const s = v128.load_splat<f64>(rotation, 8);
  for (let r = from; r < to; r++) {
    const at = entry(x, d, r, i + 1);
    const other = entry(x, d, r, (d >> 1) + i);
    v128.store(at, f64x2.sub(f64x2.mul(c, v128.load(at)), f64x2.mul(s, v128.load(other))));
  }
}
