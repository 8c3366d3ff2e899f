/** An array of numbers in row-major order; complex numbers as interleaved pairs (real, imaginary). */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
  readonly complex?: boolean;
  /** The numbers are truth values, 1 and 0. */
  readonly booleans?: boolean;
}

/** An array of texts in row-major order. */
export interface TextArray {
  readonly shape: readonly number[];
  readonly texts: readonly string[];
}

/** An array as a file holds it. */
export type StoredArray = NpyArray | TextArray;
