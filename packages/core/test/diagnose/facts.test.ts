import { describe, expect, test } from 'vitest';
import { initialTheta } from '../../src/model/initial.ts';
import { train } from '../../src/train/train.ts';
import { diagnosisOf, verdictOf } from '../helpers/diagnoses.ts';
import { modelOf, tfimData } from '../helpers/problems.ts';

/** The setting of Scala et al. 2025: 6 qubits, 20 TFIM points, 10 for training. */
const data = tfimData();

function trainedMse(model: ReturnType<typeof modelOf>, steps: number, index = 0): number {
  const theta0 = initialTheta(model, 7, index);
  const { trajectory } = train(model, data, { optimizer: 'lbfgs', loss: 'mean', steps, theta0, record: [] });
  return 2 * trajectory.trainLoss.at(-1)!;
}

describe('RY(x) spans a fixed space of trigonometric polynomials', () => {
  const residuals = [5, 10, 20].flatMap((layers) =>
    diagnosisOf(modelOf({ qubits: 6, layers }), data).seeds.map(({ frozen }) => frozen.residualMse),
  );

  test('the residual of the frozen kernel is the same at any depth and start', () => {
    expect(residuals[0]).toBeGreaterThan(1e-5);
    for (const residual of residuals) expect(Math.abs(residual / residuals[0] - 1)).toBeLessThan(1e-6);
  });

  // At γ = 1 five layers are still on their way after 500 iterations: labels of ±0.98 are at the edge.
  test.each([
    [5, 1.5],
    [10, 1],
    [20, 1],
  ])('and L-BFGS reaches it, with %d layers and γ = %d', (layers, scale) => {
    const mse = trainedMse(modelOf({ qubits: 6, layers, scale }), 500);
    expect(mse / residuals[0]).toBeLessThan(1.05);
    expect(mse / residuals[0]).toBeGreaterThan(0.999);
  });

  test('the diagnosis has it, too small for a verdict', () => {
    const found = diagnosisOf(modelOf({ qubits: 6, layers: 5, scale: 1.5 }), data);
    expect(found.summary['frozen.residualMse'].mean).toBeCloseTo(residuals[0], 9);
    expect(verdictOf(found, 'residual')).toBeUndefined();
  });
});

test('labels at the edge: γ = 1.5 trains to 10⁻⁸ in iterations after which γ = 1 has not', () => {
  for (const index of [0, 1, 2]) {
    const [edge, room] = [1, 1.5].map((scale) =>
      trainedMse(modelOf({ qubits: 6, layers: 10, frequency: 'linear', scale }), 40, index),
    );
    expect(room).toBeLessThan(1e-8);
    expect(edge).toBeGreaterThan(1e-5);
  }
});

test('HVA: t = ∞ is the wrong question, the forecast at a finite time is right', () => {
  const model = modelOf({ qubits: 6, layers: 10, ansatz: 'hva', scale: 1.5 });
  const { seeds } = diagnosisOf(model, data, { seeds: 3, steps: 500, verify: true });
  for (const { forecast, frozen, verified, kappa, rank } of seeds) {
    expect(kappa).toBeGreaterThan(1e6);
    expect(frozen.learnedModes).toBeLessThan(rank);
    expect(verified!.testR2).toBeGreaterThan(0.95);
    expect(Math.abs(forecast.testR2! - verified!.testR2!)).toBeLessThan(0.05);
    expect(frozen.infinity.testR2).toBeLessThan(0);
  }
});
