// Products of a symmetric matrix and a vector, from the lower triangle alone.

/**
 * w ← w + B·v for the leading block B of order n of the matrix at `a`, rows of `row` bytes, from its lower triangle: numbers
 * serve a row and its mirror image.
 */
export function symmetricProduct(a: usize, row: usize, n: usize, v: usize, w: usize): void {
  let r: usize = 0;
  for (; r + 4 <= n; r += 4) fourRows(a + r * row, row, r, v, w);
  for (; r < n; r++) addTriangleRow(a + r * row, 0, r, v, w);
}

/** Entries from column `from` to the diagonal of row r. */
function addTriangleRow(at: usize, from: usize, r: usize, v: usize, w: usize): void {
  const vr = load<f64>(v + (r << 3));
  let sum = load<f64>(at + (r << 3)) * vr;
  for (let c = from << 3; c < r << 3; c += 8) {
    const entry = load<f64>(at + c);
    sum += entry * load<f64>(v + c);
    store<f64>(w + c, load<f64>(w + c) + entry * vr);
  }
  store<f64>(w + (r << 3), load<f64>(w + (r << 3)) + sum);
}

function fourRows(at: usize, row: usize, r: usize, v: usize, w: usize): void {
  const own = v + (r << 3);
  const v0 = v128.load64_splat(own);
  const v1 = v128.load64_splat(own, 8);
  const v2 = v128.load64_splat(own, 16);
  const v3 = v128.load64_splat(own, 24);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const at1 = at + row;
  const at2 = at1 + row;
  const at3 = at2 + row;
  for (let c: usize = 0; c < r << 3; c += 16) {
    const x = v128.load(v + c);
    const a0 = v128.load(at + c);
    const a1 = v128.load(at1 + c);
    s0 = f64x2.add(s0, f64x2.mul(a0, x));
    s1 = f64x2.add(s1, f64x2.mul(a1, x));
    const first = f64x2.add(f64x2.mul(a0, v0), f64x2.mul(a1, v1));
    const a2 = v128.load(at2 + c);
    const a3 = v128.load(at3 + c);
    s2 = f64x2.add(s2, f64x2.mul(a2, x));
    s3 = f64x2.add(s3, f64x2.mul(a3, x));
    const second = f64x2.add(f64x2.mul(a2, v2), f64x2.mul(a3, v3));
    v128.store(w + c, f64x2.add(v128.load(w + c), f64x2.add(first, second)));
  }
  addSum(w + (r << 3), s0);
  addSum(w + (r << 3) + 8, s1);
  addSum(w + (r << 3) + 16, s2);
  addSum(w + (r << 3) + 24, s3);
  for (let k: usize = 0; k < 4; k++) addTriangleRow(at + k * row, r, r + k, v, w);
}

function addSum(to: usize, s: v128): void {
  store<f64>(to, load<f64>(to) + f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1));
}
