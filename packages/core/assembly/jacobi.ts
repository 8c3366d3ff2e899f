// One-sided Jacobi iteration: rows made orthogonal by plane rotations, as src/linalg/jacobi.ts says and does without haste.

import { dot } from './vectors';

/** Rows that are paired with as many others before the next ones: all of them stay in the second cache. */
const TILE: usize = 16;

let y: usize = 0;
let length: usize = 0;
let scales: usize = 0;
let norms: usize = 0;
let rotations: usize = 0;
let width: usize = 0;

/**
 * One rotation for each pair of the `count` rows of `order` that is not orthogonal to `tolerance`, pairs behind the first
 * `heads` rows left out; whether there was one.
 * Row r is scales[r] times the `lengthOfRow` numbers at row r of `rows`, which are norms[r] long; what is done to it is done
 * to row r of `others` too.
 */
export function sweep(
  rows: usize,
  lengthOfRow: usize,
  others: usize,
  lengthOfOther: usize,
  scaleBase: usize,
  normBase: usize,
  order: usize,
  count: usize,
  heads: usize,
  tolerance: f64,
): bool {
  y = rows;
  length = lengthOfRow;
  rotations = others;
  width = lengthOfOther;
  scales = scaleBase;
  norms = normBase;
  let rotated = false;
  for (let top: usize = 0; top < heads; top += TILE)
    for (let left = top; left < count; left += TILE)
      for (let i = top; i < min(top + TILE, heads); i++)
        for (let j = max(left, i + 1); j < min(left + TILE, count); j++)
          if (makeOrthogonal(load<u32>(order + (i << 2)), load<u32>(order + (j << 2)), tolerance)) rotated = true;
  return rotated;
}

function number(base: usize, index: usize): f64 {
  return load<f64>(base + (index << 3));
}

/** Whether rows p and q had to be rotated. */
function makeOrthogonal(p: usize, q: usize, tolerance: f64): bool {
  const size = number(norms, p) * number(norms, q);
  if (size === 0) return false;
  const cosine = dot(y + p * (length << 3), y + q * (length << 3), length) / size;
  if (abs(cosine) <= tolerance) return false;
  if (number(scales, p) * number(norms, p) >= number(scales, q) * number(norms, q)) rotatePair(p, q, cosine);
  else rotatePair(q, p, cosine);
  return true;
}

function rotatePair(big: usize, small: usize, cosine: f64): void {
  const scaleRatio = number(scales, small) / number(scales, big);
  const normRatio = number(norms, small) / number(norms, big);
  const rho = scaleRatio * normRatio;
  const half = ((1 - rho) * (1 + rho)) / (2 * abs(cosine));
  const tau = (cosine < 0 ? -1 : 1) / (half + sqrt(half * half + rho * rho));
  const tangent = rho * tau;
  const c = 1 / sqrt(1 + tangent * tangent);
  const loss = (c * c * tangent * tangent) / (1 + c);
  const wide = width << 3;
  const long = length << 3;
  rotate(rotations + big * wide, rotations + small * wide, wide, loss, c * tangent, c * tangent);
  rotate(y + big * long, y + small * long, long, loss, c * tangent * scaleRatio, c * tau * normRatio);
  store<f64>(norms + (big << 3), number(norms, big) * sqrt(1 + rho * tangent * cosine));
  const left = 1 - tau * cosine;
  const at = y + small * long;
  // Nearly parallel rows: the formula has cancelled, so the length is taken from what remains.
  store<f64>(norms + (small << 3), left > 0.01 ? number(norms, small) * sqrt(left) : sqrt(dot(at, at, length)));
}

/** (p, q) ← ((1 − loss)·p + toP·q, (1 − loss)·q − toQ·p). */
function rotate(p: usize, q: usize, bytes: usize, loss: f64, toP: f64, toQ: f64): void {
  const l = f64x2.splat(loss);
  const u = f64x2.splat(toP);
  const v = f64x2.splat(toQ);
  const whole = bytes & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    const a = v128.load(p + i);
    const b = v128.load(q + i);
    v128.store(p + i, f64x2.add(a, f64x2.sub(f64x2.mul(u, b), f64x2.mul(l, a))));
    v128.store(q + i, f64x2.sub(b, f64x2.add(f64x2.mul(v, a), f64x2.mul(l, b))));
  }
  if (whole === bytes) return;
  const a = load<f64>(p + whole);
  const b = load<f64>(q + whole);
  store<f64>(p + whole, a + (toP * b - loss * a));
  store<f64>(q + whole, b - (toQ * a + loss * b));
}
