import { InputError } from '../../errors.ts';
import type { Complex } from '../../linalg/complex.ts';
import { type HermitianEigen, hermitianEigen } from '../../linalg/hermitian.ts';

/** Eigenvalues of a d × d matrix that a user gave. Throws an InputError that begins with `name` where it is not Hermitian. */
export function givenEigen(matrix: Complex, d: number, name: string): HermitianEigen {
  if (matrix.length !== 2 * d * d)
    throw new InputError(`${name}: found ${matrix.length} numbers, expected 2d² = ${2 * d * d}`);
  try {
    return hermitianEigen(matrix);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`${name}: ${error.message}`);
    throw error;
  }
}
