import { describe, expect, test } from 'vitest';
import { joinDiagnosis } from '../../src/diagnose/diagnose.ts';
import type { SeedDiagnosis } from '../../src/diagnose/diagnosis.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { diagnosisOf, optionsOf } from '../helpers/diagnoses.ts';
import { generatedData, modelOf } from '../helpers/problems.ts';

const model = modelOf({ qubits: 3, layers: 8, frequency: 'linear', scale: 1.5 });
const data = generatedData({ source: 'sinusoid', points: 24, noise: 0.02 });
const options = { seeds: 2, verify: true, basis: 'forecast' } as const;
const diagnosis = diagnosisOf(model, data, options);

/** The same diagnosis of another training. */
function trained(change: (verified: NonNullable<SeedDiagnosis['verified']>) => object) {
  const problem = diagnosisProblem(model, data, optionsOf(options));
  const seeds = diagnosis.seeds.map((seed) => ({
    ...seed,
    verified: { ...seed.verified!, ...change(seed.verified!) },
  }));
  const { judgements } = joinDiagnosis(problem, seeds);
  return judgements!.filter(({ contradicted }) => contradicted).map(({ sentence }) => sentence);
}

describe('judgements', () => {
  test('of every sentence that says something of the training', () => {
    const sentences = diagnosis.judgements!.map(({ sentence }) => sentence);
    expect(sentences).toEqual(expect.arrayContaining(['fit', 'generalisation', 'range']));
    expect(sentences).not.toContain('verified');
    expect(diagnosis.judgements!.filter(({ contradicted }) => contradicted)).toEqual([]);
  });

  test('by where training ended', () => {
    expect(trained(() => ({}))).toEqual([]);
    expect(trained(({ trainMse }) => ({ trainMse: trainMse + 0.5 }))).toContain('fit');
    expect(trained(() => ({ testR2: 0.1 }))).toEqual(['generalisation']);
    expect(trained(() => ({ spans: [[-1.7, 0.5]] }))).toEqual(['range']);
  });

  test('of no training', () => {
    expect(diagnosisOf(model, data, { seeds: 1 }).judgements).toBeNull();
  });

  test('outputs end within their spans', () => {
    for (const { verified } of diagnosis.seeds) {
      const [[low, high]] = verified!.spans;
      expect(low).toBeGreaterThanOrEqual(-1.5);
      expect(low).toBeLessThan(-0.5);
      expect(high).toBeGreaterThan(0.5);
      expect(high).toBeLessThanOrEqual(1.5);
    }
  });
});
