import { InputError } from '../errors.ts';

/** An eigenvalue of the readout, γ included, and the dimension of its eigenspace. */
export interface Eigenspace {
  readonly value: number;
  readonly dimension: number;
}

/** Spectrum of the readout γM₀ on d dimensions. */
export interface Readout {
  /** d: any integer up to 2^53. */
  readonly dimension: number;
  /** At least two, values descending; dimensions add up to d. */
  readonly eigenspaces: readonly Eigenspace[];
}

/**
 * The readout whose d-dimensional space is shared equally by the eigenvalues of a list, times γ. A value that stands k
 * times in the list has k shares. Without a list: ±1, a traceless Pauli-like readout.
 *
 * @throws InputError where d cannot be shared, the list has one value only, or γ is not positive.
 */
export function readoutOf(d: number, eigenvalues: readonly number[] = [1, -1], gamma = 1): Readout {
  requireDimension(d);
  if (!(gamma > 0 && Number.isFinite(gamma)))
    throw new InputError({ where: 'gamma', found: `${gamma}`, expected: 'a positive number' });
  const shares = eigenvalues.length;
  if (shares > 0 && d % shares !== 0)
    throw new InputError({
      where: 'd',
      found: `${d}`,
      expected: `a multiple of ${shares}`,
      advice: `${shares} eigenvalues share it equally`,
    });
  return readoutFrom(eigenvalues.map((value) => ({ value: gamma * value, dimension: d / shares })));
}

/**
 * The readout of given eigenspaces; those of equal value are joined.
 *
 * @throws InputError where there are fewer than two different values, or a dimension is not a positive integer.
 */
export function readoutFrom(eigenspaces: readonly Eigenspace[]): Readout {
  const joined = new Map<number, number>();
  for (const { value, dimension } of eigenspaces) {
    if (!Number.isFinite(value))
      throw new InputError({ where: 'eigenspaces', found: `the eigenvalue ${value}`, expected: 'a finite number' });
    requireDimension(dimension);
    // −0 is 0.
    joined.set(value + 0, (joined.get(value + 0) ?? 0) + dimension);
  }
  if (joined.size < 2)
    throw new InputError({
      where: 'eigenspaces',
      found: joined.size === 1 ? `the single eigenvalue ${eigenspaces[0].value}` : 'none',
      expected: 'at least two different eigenvalues',
      advice: 'outputs of others never change',
    });
  const sorted = [...joined].map(([value, dimension]) => ({ value, dimension })).sort((a, b) => b.value - a.value);
  const dimension = sorted.reduce((sum, space) => sum + space.dimension, 0);
  requireDimension(dimension);
  return { dimension, eigenspaces: sorted };
}

function requireDimension(d: number): void {
  if (!(Number.isSafeInteger(d) && d > 0))
    throw new InputError({ where: 'd', found: `${d}`, expected: 'a positive integer up to 2^53' });
}

/** Half the distance of the outermost eigenvalues: γ of a readout ±γ. */
export function halfRange({ eigenspaces }: Readout): number {
  return (eigenspaces[0].value - eigenspaces[eigenspaces.length - 1].value) / 2;
}

/** tr M / d. */
export function meanOf({ dimension, eigenspaces }: Readout): number {
  return eigenspaces.reduce((sum, space) => sum + space.value * (space.dimension / dimension), 0);
}

/** tr (M − tr M/d)² / d. */
export function varianceOf(readout: Readout): number {
  const mean = meanOf(readout);
  return readout.eigenspaces.reduce(
    (sum, { value, dimension }) => sum + (value - mean) ** 2 * (dimension / readout.dimension),
    0,
  );
}
