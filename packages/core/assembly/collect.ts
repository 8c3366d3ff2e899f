// From readings, one row each, to the matrix of derivatives.

import { outputs, points, readingAt, row } from './state';

/**
 * to[point][output][slot] ← Σ weight · reading, over `count` pairs of words (reading, slot) with a weight each. Slots
 * without a reading become 0.
 */
export function collect(entries: usize, count: i32, weights: usize, to: usize, slots: usize): void {
  memory.fill(to, 0, points * usize(outputs) * (slots << 3));
  for (let output = 0; output < outputs; output++) {
    const start = to + ((usize(output) * slots) << 3);
    const stride = usize(outputs) * (slots << 3);
    for (let entry = 0; entry < count; entry++) {
      const at = entries + 8 * usize(entry);
      const from = readingAt(load<i32>(at), output);
      addColumn(from, load<f64>(weights + 8 * usize(entry)), start + 8 * usize(load<i32>(at, 4)), stride);
    }
  }
}

function addColumn(from: usize, weight: f64, to: usize, stride: usize): void {
  for (let i: usize = 0; i < row; i += 8, to += stride) store<f64>(to, load<f64>(to) + weight * load<f64>(from + i));
}
