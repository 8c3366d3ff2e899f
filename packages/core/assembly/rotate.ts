// Real rotations RY = [[c, −s], [s, c]]. Real and imaginary planes are rotated alike, so a state is one array of twice
// as many rows here. Two qubits a pass (eight numbers and the coefficients fit in the registers); a rotation is a − t·b,
// b + t·a with t = s/c, its cosine left to the other rotation or to a table that follows: a third fewer operations.
// A large t is harmless: its rounding errors are relative to the result.

import { points, row, step, storeSums } from './state';

/** Rotates the qubit within the vector of a one-point block. */
function rotateLane(src: usize, dst: usize, size: usize, cos: f64, sin: f64): void {
  const c = f64x2.splat(cos);
  const s = f64x2.replace_lane(f64x2.splat(sin), 0, -sin);
  for (let i: usize = 0; i < size; i += 16) {
    const a = v128.load(src + i);
    const swapped = v128.shuffle<f64>(a, a, 1, 0);
    v128.store(dst + i, f64x2.add(f64x2.mul(c, a), f64x2.mul(s, swapped)));
  }
}

/** Rotates qubit q by the angle whose cosine and sine are given. */
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

/** c·x, or x itself where the cosine is left out: T is f64 or void. */
function withCosine<T>(c: v128, x: v128): v128 {
  return isFloat<T>() ? f64x2.mul(c, x) : x;
}

/**
 * Rotates q1 < q2; `t2` is the second tangent. A cosine of exactly 1 stands for a first rotation by a tangent too, its
 * scale being left to a table that follows.
 */
export function rotate2(src: usize, dst: usize, size: usize, q1: usize, q2: usize, cos: f64, sin: f64, t2: f64): void {
  if (cos === 1) rotatePair<void>(src, dst, size, q1, q2, cos, sin, t2);
  else rotatePair<f64>(src, dst, size, q1, q2, cos, sin, t2);
}

function rotatePair<T>(src: usize, dst: usize, size: usize, q1: usize, q2: usize, cos: f64, sin: f64, t2: f64): void {
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
        const y0 = f64x2.sub(withCosine<T>(c, x0), f64x2.mul(s, x1));
        const y1 = f64x2.add(withCosine<T>(c, x1), f64x2.mul(s, x0));
        const y2 = f64x2.sub(withCosine<T>(c, x2), f64x2.mul(s, x3));
        const y3 = f64x2.add(withCosine<T>(c, x3), f64x2.mul(s, x2));
        v128.store(i + shift, f64x2.sub(y0, f64x2.mul(t, y2)));
        v128.store(i + s1 + shift, f64x2.sub(y1, f64x2.mul(t, y3)));
        v128.store(j + shift, f64x2.add(y2, f64x2.mul(t, y0)));
        v128.store(j + s1 + shift, f64x2.add(y3, f64x2.mul(t, y1)));
      }
}

/** Rotates qubit q by an angle of its own for every point: `coefficients` is a row of cosines, then one of sines. */
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
  storeSums(to, f64x2.mul(sum, f64x2.replace_lane(f64x2.splat(1), 0, -1)));
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

/** The same of q1 < q2 in one pass, in which λ is rotated as well: by −angle, that is, with the inverse's coefficients. */
export function undoRotation2(
  psi: usize,
  lambda: usize,
  size: usize,
  q1: usize,
  q2: usize,
  cos: f64,
  sin: f64,
  t2: f64,
  to1: usize,
  to2: usize,
): void {
  if (cos === 1) undoPair<void>(psi, lambda, size, q1, q2, cos, sin, t2, to1, to2);
  else undoPair<f64>(psi, lambda, size, q1, q2, cos, sin, t2, to1, to2);
}

function undoPair<T>(
  psi: usize,
  lambda: usize,
  size: usize,
  q1: usize,
  q2: usize,
  cos: f64,
  sin: f64,
  t2: f64,
  to1: usize,
  to2: usize,
): void {
  const c = f64x2.splat(cos);
  const s = f64x2.splat(sin);
  const t = f64x2.splat(t2);
  const s1 = row << q1;
  const s2 = row << q2;
  const shift = psi - lambda;
  for (let column: usize = 0; column < row; column += 16) {
    let sum1 = f64x2.splat(0);
    let sum2 = f64x2.splat(0);
    const start = lambda + column;
    for (let m = start; m < start + size; m += s2 << 1)
      for (let l = m; l < m + s2; l += s1 << 1)
        for (let i = l; i < l + s1; i += step) {
          const j = i + s2;
          const l0 = v128.load(i);
          const l1 = v128.load(i + s1);
          const l2 = v128.load(j);
          const l3 = v128.load(j + s1);
          const p0 = v128.load(i + shift);
          const p1 = v128.load(i + s1 + shift);
          const p2 = v128.load(j + shift);
          const p3 = v128.load(j + s1 + shift);
          sum1 = f64x2.add(sum1, f64x2.add(cross(l1, p0, l0, p1), cross(l3, p2, l2, p3)));
          sum2 = f64x2.add(sum2, f64x2.add(cross(l2, p0, l0, p2), cross(l3, p1, l1, p3)));
          const y0 = f64x2.sub(withCosine<T>(c, l0), f64x2.mul(s, l1));
          const y1 = f64x2.add(withCosine<T>(c, l1), f64x2.mul(s, l0));
          const y2 = f64x2.sub(withCosine<T>(c, l2), f64x2.mul(s, l3));
          const y3 = f64x2.add(withCosine<T>(c, l3), f64x2.mul(s, l2));
          v128.store(i, f64x2.sub(y0, f64x2.mul(t, y2)));
          v128.store(i + s1, f64x2.sub(y1, f64x2.mul(t, y3)));
          v128.store(j, f64x2.add(y2, f64x2.mul(t, y0)));
          v128.store(j + s1, f64x2.add(y3, f64x2.mul(t, y1)));
        }
    storeSums(to1 + column, sum1);
    storeSums(to2 + column, sum2);
  }
}
