import type { Dataset } from './dataset.ts';

/** Two rows with the same features: `second` repeats `first`. */
export interface DuplicatePoints {
  readonly first: number;
  readonly second: number;
  /** Their labels differ, so that no model can fit both. */
  readonly contradictory: boolean;
}

/**
 * Rows whose features (as scaled) repeat those of an earlier row, each paired with the first such row. Equal training
 * points make the kernel singular; a test point that repeats a training point tests nothing new.
 */
export function duplicatePoints({
  X,
  y,
  outputs,
  features,
}: Pick<Dataset, 'X' | 'y' | 'outputs' | 'features'>): DuplicatePoints[] {
  const width = features.length;
  const rows = X.length / width;
  // First rows by the hash of their features, in the next free place: keys of text take ten times as long.
  const places = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 1))).fill(-1);
  const last = places.length - 1;
  const pairs: DuplicatePoints[] = [];
  for (let second = 0; second < rows; second++) {
    let place = hashOf(X, second * width, width) & last;
    while (places[place] >= 0 && !rowsEqual(X, width, places[place], second)) place = (place + 1) & last;
    const first = places[place];
    if (first < 0) places[place] = second;
    else pairs.push({ first, second, contradictory: !rowsEqual(y, outputs, first, second) });
  }
  return pairs;
}

const number = new Float64Array(1);
const halves = new Int32Array(number.buffer);

/** Every bit of every number, −0 taken as 0, mixed into 32 bits. */
function hashOf(values: Float64Array, from: number, length: number): number {
  let hash = 0;
  for (let i = from; i < from + length; i++) {
    number[0] = values[i] + 0;
    hash = Math.imul(hash ^ halves[0], 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ halves[1], 0xc2b2ae35);
    hash ^= hash >>> 13;
  }
  return hash;
}

function rowsEqual(values: Float64Array, width: number, a: number, b: number): boolean {
  for (let i = 0; i < width; i++) if (values[a * width + i] !== values[b * width + i]) return false;
  return true;
}
