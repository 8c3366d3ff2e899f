/**
 * The tangent kernel K = JJᵀ of a model: its Jacobian, its spectrum, how far it has moved, and what it takes on hardware.
 *
 * @module
 */
export { effectiveDimension, kernelAlignment } from '../kernel/alignment.ts';
export { kernelChange } from '../kernel/change.ts';
export { type KernelConcentration, kernelConcentration } from '../kernel/concentration.ts';
export { circuitsPerPoint } from '../kernel/hardware.ts';
export { checkJacobian, type Jacobian, type JacobianMethod, jacobian } from '../kernel/jacobian.ts';
export { type Spectrum, spectrumOfJacobian, spectrumOfKernel } from '../kernel/spectrum.ts';
