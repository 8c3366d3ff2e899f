import { describe, expect, test } from 'vitest';
import { effectiveDimension, kernelAlignment } from '../../src/kernel/alignment.ts';
import { spectrumOfJacobian } from '../../src/kernel/spectrum.ts';

describe('a kernel beside its labels', () => {
  test('alignment is yᵀKy/(‖K‖·yᵀy), from K itself', () => {
    const J = Float64Array.of(1, 2, 0.5, -1, 3, 0.2);
    const y = Float64Array.of(1, -0.5, 2);
    const K = [0, 1, 2].map((a) => [0, 1, 2].map((b) => J[2 * a] * J[2 * b] + J[2 * a + 1] * J[2 * b + 1]));
    const inner = y.reduce((sum, ya, a) => sum + y.reduce((part, yb, b) => part + ya * yb * K[a][b], 0), 0);
    const norm = Math.hypot(...K.flat());
    const spectrum = spectrumOfJacobian(J, 3, 2);
    expect(kernelAlignment(spectrum, y)).toBeCloseTo(inner / (norm * 5.25), 12);
    expect(kernelAlignment(spectrumOfJacobian(y, 3, 1), y)).toBeCloseTo(1, 12);
    expect(kernelAlignment(spectrumOfJacobian(Float64Array.of(2, 4, 0), 3, 1), y)).toBeCloseTo(0, 12);
  });

  test('effective dimension counts equal eigenvalues', () => {
    expect(effectiveDimension({ values: Float64Array.of(3, 3, 3, 0) })).toBeCloseTo(3, 12);
    expect(effectiveDimension({ values: Float64Array.of(4, 0) })).toBe(1);
  });

  test('neither of a kernel that is 0', () => {
    const zero = spectrumOfJacobian(new Float64Array(3), 3, 1);
    expect(kernelAlignment(zero, Float64Array.of(1, 2, 3))).toBeNull();
    expect(effectiveDimension(zero)).toBeNull();
  });
});
