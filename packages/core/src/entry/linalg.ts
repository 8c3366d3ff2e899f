/**
 * The dense matrices that kernels are made of: Float64Array, row-major.
 *
 * @module
 */
export { hermitianNorm } from '../linalg/hermitian-norm.ts';
export { logSpaced } from '../linalg/log-spaced.ts';
export { gram, norm } from '../linalg/matrix.ts';
