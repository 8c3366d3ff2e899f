import { expect } from 'vitest';
import { jacobianMethods } from '../../src/kernel/jacobian.ts';
import { bind, type Model, outputs } from '../../src/model/model.ts';
import { difference, largest } from './numbers.ts';

/**
 * Adjoint and shift are exact, and rounding is some ε for each gate. Central differences have an error of
 * h²·f‴/6 + ε·|f|/h, about 1e-10 at h = ε^⅓ where angles are θ itself; factors of up to 2 and several gates a
 * parameter raise f‴. Both relative to the largest derivative, at least 1.
 */
export function expectAgreement(model: Model, X: Float64Array, theta: Float64Array): void {
  const inputs = bind(model, X);
  const adjoint = jacobianMethods.adjoint(model, theta, inputs);
  const shift = jacobianMethods.shift(model, theta, inputs);
  const central = jacobianMethods.difference(model, theta, inputs);
  const scale = Math.max(1, largest(adjoint.J));
  expect(adjoint.rows).toBe(inputs.points * model.outputs);
  expect(adjoint.columns).toBe(model.parameters);
  expect(difference(adjoint.f, outputs(model, theta, inputs))).toBeLessThan(1e-12 * scale);
  expect(difference(adjoint.f, shift.f)).toBeLessThan(1e-12 * scale);
  expect(difference(adjoint.J, shift.J) / scale, 'adjoint and shift').toBeLessThan(1e-11);
  expect(difference(adjoint.J, central.J) / scale, 'adjoint and difference').toBeLessThan(1e-7);
}
