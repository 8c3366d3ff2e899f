/**
 * The tangent kernel K = JJᵀ of a model: its Jacobian, its spectrum, and how far it has moved.
 *
 * @module
 */
export { kernelChange } from '../kernel/change.ts';
export { checkJacobian, type Jacobian, type JacobianMethod, jacobian } from '../kernel/jacobian.ts';
export { type Spectrum, spectrumOfJacobian, spectrumOfKernel } from '../kernel/spectrum.ts';
