import { describe, expect, test } from 'vitest';
import { joinDiagnosis } from '../../src/diagnose/diagnose.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { diagnoseSeed } from '../../src/diagnose/seed.ts';
import { diagnosisOf, optionsOf, verdictOf } from '../helpers/diagnoses.ts';
import { dataOf, modelOf, range } from '../helpers/problems.ts';

const model = modelOf({ qubits: 4, layers: 4, scale: 1.5 });

describe('models that need no quantum computer', () => {
  const line = range(30).map((i) => -1.5 + (3 * i) / 29);
  const train = range(30).filter((i) => i % 2 === 0);

  test('a straight line is theirs: the network does not beat ridge regression', () => {
    const straight = dataOf(
      line,
      line.map((x) => 0.5 * x),
      train,
    );
    const diagnosis = diagnosisOf(modelOf({ qubits: 2, layers: 1 }), straight, { seeds: 1, basis: 'forecast' });
    expect(diagnosis.references?.ridge?.testR2).toBeGreaterThan(0.9999);
    expect(verdictOf(diagnosis, 'references')).toMatchObject({ severity: 'warning', basis: 'forecast' });
    const trained = diagnosisOf(modelOf({ qubits: 2, layers: 1 }), straight, { verify: true, steps: 3 });
    expect(verdictOf(trained, 'references')).toMatchObject({
      basis: 'measured',
      evidence: { networkR2: trained.summary['verified.testR2'].mean },
    });
  });

  test('it is the mean over the initialisations that is held against them, and what these do on the whole', () => {
    const problem = diagnosisProblem(model, dataOf(line, line.map(Math.sin), train), optionsOf({ basis: 'measured' }));
    const found = diagnoseSeed(problem, 0);
    const comparisonOf = (scores: readonly number[]) => {
      const seeds = scores.map((testR2, seed) => ({ ...found, seed, forecast: { ...found.forecast, testR2 } }));
      return verdictOf(joinDiagnosis(problem, seeds), 'references')!.evidence;
    };
    // Below the Gaussian kernel's, above 0.99, by less than a deviation (0.35), and by more than the error of the mean or not.
    expect(comparisonOf([0.35, 1, 0.35, 1, 0.35, 1, 0.35, 1]).comparison).toBe('worse');
    expect(comparisonOf([0.35, 1]).comparison).toBe('even');
    // One is one of many: another one may be off by a quarter of what it leaves.
    const { comparison, moreLow, moreHigh } = comparisonOf([0.9]);
    expect(comparison).toBe('worse');
    expect(moreHigh! - moreLow!).toBeGreaterThan(2 * 0.25 * 0.1);
  });

  test('what is next to nothing is no difference', () => {
    // A ripple that the Gaussian kernel does not follow, and a network that does.
    const labels = line.map((x) => Math.sin(x) + 0.01 * Math.sin(23 * x));
    const problem = diagnosisProblem(model, dataOf(line, labels, train), optionsOf({ basis: 'measured' }));
    const found = diagnoseSeed(problem, 0);
    const exact = { ...found.forecast, test: labels.filter((_, i) => i % 2 === 1), testR2: 1 };
    const { evidence } = verdictOf(joinDiagnosis(problem, [{ ...found, forecast: exact }]), 'references')!;
    expect(evidence.moreLow).toBeGreaterThan(0);
    expect(evidence.moreLow).toBeLessThan(5e-4);
    expect(evidence.comparison).toBe('even');
  });

  test('few test points do not tell', () => {
    const few = dataOf(
      line.slice(0, 14),
      line.slice(0, 14).map((x) => Math.sin(5 * x)),
      range(14).filter((i) => i % 2 === 0),
    );
    const { evidence } = verdictOf(diagnosisOf(modelOf({ qubits: 2, layers: 1 }), few, { seeds: 1 }), 'references')!;
    expect(evidence).toMatchObject({ comparison: 'even', moreLow: null, moreHigh: null, 'data.test': 7 });
  });

  test('there are none without test points, and reasons where they have no score', () => {
    const all = diagnosisOf(model, dataOf(line, line.map(Math.sin)));
    expect(all.references).toBeNull();
    expect(verdictOf(all, 'references')).toBeUndefined();
    const one = diagnosisOf(model, dataOf(line, line.map(Math.sin), range(29)));
    expect(one.references).toMatchObject({
      constant: { testR2: null },
      reasons: { 'ridge.testR2': expect.stringContaining('at least 2 points') },
    });
    expect(verdictOf(one, 'references')).toBeUndefined();
  });
});
