import { InputError } from '../../errors.ts';
import type { Complex } from '../../linalg/complex.ts';
import { type HermitianEigen, hermitianEigen } from '../../linalg/hermitian.ts';
import { counted } from '../../wording.ts';

/** Eigenvalues of a d × d matrix that a user gave. Throws an InputError at `name` where it is not Hermitian. */
export function givenEigen(matrix: Complex, d: number, name: string): HermitianEigen {
  if (matrix.length !== 2 * d * d)
    throw new InputError({ where: name, found: counted(matrix.length, 'number'), expected: `2d² = ${2 * d * d}` });
  try {
    return hermitianEigen(matrix);
  } catch (error) {
    if (error instanceof RangeError)
      throw new InputError({
        where: name,
        found: 'a matrix that is not Hermitian, or not finite',
        expected: 'a Hermitian one',
      });
    throw error;
  }
}
