// Real rotations RY = [[c, −s], [s, c]]. Real and imaginary planes are turned alike, so a state is one array of twice
// as many rows here. Several qubits a pass; only the first rotation is multiplied out, the others are a − t·b, b + t·a
// with t = s/c and their cosines multiplied into the first one's coefficients, which saves a third of the operations.
// A large t is harmless: its rounding errors are relative to the result.

import { points, row, step, storeSums } from './state';

/** Turns the qubit within the vector of a one-point block. */
function rotateLane(src: usize, dst: usize, size: usize, cos: f64, sin: f64): void {
  const c = f64x2.splat(cos);
  const s = f64x2.replace_lane(f64x2.splat(sin), 0, -sin);
  for (let i: usize = 0; i < size; i += 16) {
    const a = v128.load(src + i);
    const swapped = v128.shuffle<f64>(a, a, 1, 0);
    v128.store(dst + i, f64x2.add(f64x2.mul(c, a), f64x2.mul(s, swapped)));
  }
}

/** Turns qubit q by the angle whose cosine and sine are given. */
export function rotate1(src: usize, dst: usize, size: usize, q: usize, cos: f64, sin: f64): void {
  if (points === 1 && q === 0) {
    rotateLane(src, dst, size, cos, sin);
    return;
  }
  const c = f64x2.splat(cos);
  const s = f64x2.splat(sin);
  const s1 = row << q;
  for (let l: usize = 0; l < size; l += s1 << 1)
    for (let i = l; i < l + s1; i += 16) {
      const a = v128.load(src + i);
      const b = v128.load(src + i + s1);
      v128.store(dst + i, f64x2.sub(f64x2.mul(c, a), f64x2.mul(s, b)));
      v128.store(dst + i + s1, f64x2.add(f64x2.mul(s, a), f64x2.mul(c, b)));
    }
}

/** Turns q1 < q2; `t2` is the second tangent, `cos` and `sin` carry the second cosine. */
export function rotate2(src: usize, dst: usize, size: usize, q1: usize, q2: usize, cos: f64, sin: f64, t2: f64): void {
  const c = f64x2.splat(cos);
  const s = f64x2.splat(sin);
  const t = f64x2.splat(t2);
  const s1 = row << q1;
  const s2 = row << q2;
  const shift = dst - src;
  for (let m = src; m < src + size; m += s2 << 1)
    for (let l = m; l < m + s2; l += s1 << 1)
      for (let i = l; i < l + s1; i += 16) {
        const j = i + s2;
        const x0 = v128.load(i);
        const x1 = v128.load(i + s1);
        const x2 = v128.load(j);
        const x3 = v128.load(j + s1);
        const y0 = f64x2.sub(f64x2.mul(c, x0), f64x2.mul(s, x1));
        const y1 = f64x2.add(f64x2.mul(s, x0), f64x2.mul(c, x1));
        const y2 = f64x2.sub(f64x2.mul(c, x2), f64x2.mul(s, x3));
        const y3 = f64x2.add(f64x2.mul(s, x2), f64x2.mul(c, x3));
        v128.store(i + shift, f64x2.sub(y0, f64x2.mul(t, y2)));
        v128.store(i + s1 + shift, f64x2.sub(y1, f64x2.mul(t, y3)));
        v128.store(j + shift, f64x2.add(y2, f64x2.mul(t, y0)));
        v128.store(j + s1 + shift, f64x2.add(y3, f64x2.mul(t, y1)));
      }
}

/** Turns q1 < q2 < q3. */
export function rotate3(
  src: usize,
  dst: usize,
  size: usize,
  q1: usize,
  q2: usize,
  q3: usize,
  cos: f64,
  sin: f64,
  t2: f64,
  t3: f64,
): void {
  const c = f64x2.splat(cos);
  const s = f64x2.splat(sin);
  const t = f64x2.splat(t2);
  const u = f64x2.splat(t3);
  const s1 = row << q1;
  const s2 = row << q2;
  const s3 = row << q3;
  const shift = dst - src;
  for (let h = src; h < src + size; h += s3 << 1)
    for (let m = h; m < h + s3; m += s2 << 1)
      for (let l = m; l < m + s2; l += s1 << 1)
        for (let i = l; i < l + s1; i += 16) {
          const j = i + s2;
          const k = i + s3;
          const n = j + s3;
          let x0 = v128.load(i);
          let x1 = v128.load(i + s1);
          let x2 = v128.load(j);
          let x3 = v128.load(j + s1);
          let x4 = v128.load(k);
          let x5 = v128.load(k + s1);
          let x6 = v128.load(n);
          let x7 = v128.load(n + s1);
          const y0 = f64x2.sub(f64x2.mul(c, x0), f64x2.mul(s, x1));
          const y1 = f64x2.add(f64x2.mul(s, x0), f64x2.mul(c, x1));
          const y2 = f64x2.sub(f64x2.mul(c, x2), f64x2.mul(s, x3));
          const y3 = f64x2.add(f64x2.mul(s, x2), f64x2.mul(c, x3));
          const y4 = f64x2.sub(f64x2.mul(c, x4), f64x2.mul(s, x5));
          const y5 = f64x2.add(f64x2.mul(s, x4), f64x2.mul(c, x5));
          const y6 = f64x2.sub(f64x2.mul(c, x6), f64x2.mul(s, x7));
          const y7 = f64x2.add(f64x2.mul(s, x6), f64x2.mul(c, x7));
          x0 = f64x2.sub(y0, f64x2.mul(t, y2));
          x2 = f64x2.add(y2, f64x2.mul(t, y0));
          x4 = f64x2.sub(y4, f64x2.mul(t, y6));
          x6 = f64x2.add(y6, f64x2.mul(t, y4));
          v128.store(i + shift, f64x2.sub(x0, f64x2.mul(u, x4)));
          v128.store(k + shift, f64x2.add(x4, f64x2.mul(u, x0)));
          v128.store(j + shift, f64x2.sub(x2, f64x2.mul(u, x6)));
          v128.store(n + shift, f64x2.add(x6, f64x2.mul(u, x2)));
          x1 = f64x2.sub(y1, f64x2.mul(t, y3));
          x3 = f64x2.add(y3, f64x2.mul(t, y1));
          x5 = f64x2.sub(y5, f64x2.mul(t, y7));
          x7 = f64x2.add(y7, f64x2.mul(t, y5));
          v128.store(i + s1 + shift, f64x2.sub(x1, f64x2.mul(u, x5)));
          v128.store(k + s1 + shift, f64x2.add(x5, f64x2.mul(u, x1)));
          v128.store(j + s1 + shift, f64x2.sub(x3, f64x2.mul(u, x7)));
          v128.store(n + s1 + shift, f64x2.add(x7, f64x2.mul(u, x3)));
        }
}

/** Turns qubit q by an angle of its own for every point: `coefficients` is a row of cosines, then one of sines. */
export function rotateEach(src: usize, dst: usize, size: usize, q: usize, coefficients: usize, sign: f64): void {
  const s1 = row << q;
  for (let j: usize = 0; j < row; j += 16) {
    const c = v128.load(coefficients + j);
    const s = f64x2.mul(f64x2.splat(sign), v128.load(coefficients + row + j));
    for (let l = j; l < size; l += s1 << 1)
      for (let i = l; i < l + s1; i += row) {
        const a = v128.load(src + i);
        const b = v128.load(src + i + s1);
        v128.store(dst + i, f64x2.sub(f64x2.mul(c, a), f64x2.mul(s, b)));
        v128.store(dst + i + s1, f64x2.add(f64x2.mul(s, a), f64x2.mul(c, b)));
      }
  }
}

/** Im⟨λ|Y|ψ⟩ of the qubit within the vector of a one-point block. */
function readLane(psi: usize, lambda: usize, size: usize, to: usize): void {
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < size; i += 16) {
    const p = v128.load(psi + i);
    sum = f64x2.add(sum, f64x2.mul(v128.load(lambda + i), v128.shuffle<f64>(p, p, 1, 0)));
  }
  store<f64>(to, f64x2.extract_lane(sum, 1) - f64x2.extract_lane(sum, 0));
}

/** Im⟨λ|Y|ψ⟩ of qubit q, which is Re⟨λ₁|ψ₀⟩ − Re⟨λ₀|ψ₁⟩, for every point. */
export function read1(psi: usize, lambda: usize, size: usize, q: usize, to: usize): void {
  if (points === 1 && q === 0) {
    readLane(psi, lambda, size, to);
    return;
  }
  const s1 = row << q;
  for (let j: usize = 0; j < row; j += 16) {
    let sum = f64x2.splat(0);
    for (let l = j; l < size; l += s1 << 1)
      for (let i = l; i < l + s1; i += step) {
        const up = f64x2.mul(v128.load(lambda + i + s1), v128.load(psi + i));
        const down = f64x2.mul(v128.load(lambda + i), v128.load(psi + i + s1));
        sum = f64x2.add(sum, f64x2.sub(up, down));
      }
    storeSums(to + j, sum);
  }
}

/** λ₁ψ₀ − λ₀ψ₁. */
function cross(l1: v128, p0: v128, l0: v128, p1: v128): v128 {
  return f64x2.sub(f64x2.mul(l1, p0), f64x2.mul(l0, p1));
}

/** The same of q1 < q2 < q3 in one pass. */
export function read3(
  psi: usize,
  lambda: usize,
  size: usize,
  q1: usize,
  q2: usize,
  q3: usize,
  to1: usize,
  to2: usize,
  to3: usize,
): void {
  const s1 = row << q1;
  const s2 = row << q2;
  const s3 = row << q3;
  const shift = lambda - psi;
  for (let column: usize = 0; column < row; column += 16) {
    let sum1 = f64x2.splat(0);
    let sum2 = f64x2.splat(0);
    let sum3 = f64x2.splat(0);
    const start = psi + column;
    for (let h = start; h < start + size; h += s3 << 1)
      for (let m = h; m < h + s3; m += s2 << 1)
        for (let l = m; l < m + s2; l += s1 << 1)
          for (let i = l; i < l + s1; i += step) {
            const j = i + s2;
            const k = i + s3;
            const n = j + s3;
            const p0 = v128.load(i);
            const p1 = v128.load(i + s1);
            const p2 = v128.load(j);
            const p3 = v128.load(j + s1);
            const p4 = v128.load(k);
            const p5 = v128.load(k + s1);
            const p6 = v128.load(n);
            const p7 = v128.load(n + s1);
            const l0 = v128.load(i + shift);
            const l1 = v128.load(i + s1 + shift);
            const l2 = v128.load(j + shift);
            const l3 = v128.load(j + s1 + shift);
            const l4 = v128.load(k + shift);
            const l5 = v128.load(k + s1 + shift);
            const l6 = v128.load(n + shift);
            const l7 = v128.load(n + s1 + shift);
            const a = f64x2.add(cross(l1, p0, l0, p1), cross(l3, p2, l2, p3));
            const b = f64x2.add(cross(l5, p4, l4, p5), cross(l7, p6, l6, p7));
            sum1 = f64x2.add(sum1, f64x2.add(a, b));
            const c = f64x2.add(cross(l2, p0, l0, p2), cross(l3, p1, l1, p3));
            const d = f64x2.add(cross(l6, p4, l4, p6), cross(l7, p5, l5, p7));
            sum2 = f64x2.add(sum2, f64x2.add(c, d));
            const e = f64x2.add(cross(l4, p0, l0, p4), cross(l5, p1, l1, p5));
            const f = f64x2.add(cross(l6, p2, l2, p6), cross(l7, p3, l3, p7));
            sum3 = f64x2.add(sum3, f64x2.add(e, f));
          }
    storeSums(to1 + column, sum1);
    storeSums(to2 + column, sum2);
    storeSums(to3 + column, sum3);
  }
}
