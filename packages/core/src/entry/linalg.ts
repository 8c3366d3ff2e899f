/**
 * The dense matrices that kernels are made of: Float64Array, row-major.
 *
 * @module
 */
export { gram, norm } from '../linalg/matrix.ts';
