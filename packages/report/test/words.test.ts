import { type BottomLine, type Evidence, optimizers, type Verdict, type VerdictCode } from '@qntk/core';
import { describe, expect, it } from 'vitest';
import { formatDeviation, formatNumber, formatQuantity, formatShare, undefinedBecause } from '../src/format.ts';
import { groups, groupsOf, quantityNamed } from '../src/quantities.ts';
import { diagnosisText } from '../src/terminal/diagnosis.ts';
import { bottomLineText } from '../src/words/bottom-line.ts';
import { diagnosisDocument } from '../src/words/document.ts';
import { judgementWords } from '../src/words/judgements.ts';
import { verdictText } from '../src/words/verdicts.ts';
import { fakeDiagnosis, singularDiagnosis, zeroDiagnosis } from './diagnoses.ts';

const evidence: { [Code in VerdictCode]: Evidence[Code] } = {
  fit: {
    'forecast.trainMse': 0.0123,
    trainMseLow: 0.011,
    trainMseHigh: 0.014,
    explained: 0.7,
    explainedLow: 0.65,
    explainedHigh: 0.75,
    'training.steps': 500,
  },
  limit: { certified: 0.0743, certifiedShare: 0.074, basis: 'states', 'limit.noise': 0, 'limit.outOfRange': 0 },
  residual: { 'frozen.residualMse': 3.55e-4, residualShare: 0.02 },
  steps: {
    'frozen.steps': 717.3,
    reason: null,
    kappa: 3.5e7,
    'training.rate': 0.241,
    rateSource: 'half-stability-limit',
    'training.steps': 500,
  },
  generalisation: {
    'forecast.testR2': -0.52,
    testR2Std: 0.031,
    testR2Low: -0.7,
    testR2High: -0.3,
    reason: null,
    'forecast.testMse': 0.2,
    'forecast.testAccuracy': 0.875,
    testAccuracyLow: 0.8,
    testAccuracyHigh: 0.925,
    'data.test': 2250,
  },
  references: {
    'references.constant.testR2': -0.013,
    'references.ridge.testR2': 0.51,
    'references.rbf.testR2': 0.76,
    'references.readout.testR2': 0.8,
    bestR2: 0.76,
    comparison: 'worse',
    networkR2: 0.62,
    networkR2Std: 0.05,
  },
  range: {
    observable: 'Z0',
    regime: 'stagnant',
    low: -1.7,
    high: 2,
    rangeLow: -1,
    rangeHigh: 1,
    rangeShare: 2,
    'model.scale': 1,
    outside: 2,
    labels: 4,
    scaleAbove: 2,
    scaleWithRoom: 3,
  },
  rank: { rank: 6, rows: 10, 'model.parameters': 6, reason: 'the kernel has rank 6 of 10' },
  duplicates: {
    duplicates: 3,
    contradictory: 1,
    row: 5,
    repeatedRow: 2,
    contradictoryRow: 9,
    contradictedRow: 4,
  },
  'parameters-without-effect': { observables: ['Z0', 'Z1'], structural: true },
  'inputs-without-effect': { observables: ['Z0'], features: ['width'], all: true, structural: true },
  verified: {
    optimizer: 'lbfgs',
    'verified.trainMse': 1.5e-5,
    'verified.testR2': 0.912,
    'forecast.testR2': 0.853,
    testR2Low: 0.81,
    testR2High: 0.9,
    'verified.iterations': 83,
    sameRun: false,
  },
};

function text<Code extends VerdictCode>(
  code: Code,
  change: Partial<Evidence[Code]> = {},
  basis: Verdict['basis'] = 'forecast',
): string {
  const verdict = { code, severity: 'note', basis, evidence: { ...evidence[code], ...change } };
  return verdictText(verdict as unknown as Verdict<Code>);
}

describe('words of verdicts', () => {
  const shown: Record<VerdictCode, string[]> = {
    fit: ['0.0123', 'between 0.011 and 0.014', '65 % to 75 %', '500 steps'],
    limit: ['No circuit behind this encoding', '0.0743', '7.4 %'],
    residual: ['3.55·10⁻⁴', '2 %'],
    steps: ['717 steps', '0.241', 'half the stability limit', '3.5·10⁷'],
    generalisation: [
      'not at all',
      '−0.52',
      '0.031',
      'between −0.7 and −0.3',
      '2\u202f250 test points',
      '87.5 % of them are put in the right class, 80 % to 92.5 % nine',
    ],
    references: [
      'ridge regression has R² 0.51,',
      'a constant −0.013.',
      'with 0.62 (±\u00a00.05 over the initialisations), does not beat the best of them',
      'best readout of the encoding, fitted to the training points, has 0.8',
    ],
    range: ['2 of 4 labels', '−1.7 to 2', 'never be fitted', 'a scale of 3 would bring them inside'],
    rank: ['rank 6 of 10'],
    duplicates: ['3 points repeat', 'row 5 those of row 2', '1 (row 9 those of row 4)'],
    'parameters-without-effect': ['No parameter reaches the readout (Z0, Z1)', 'Training changes nothing'],
    'inputs-without-effect': ['No input reaches the readout (Z0)', 'as RZ does to |0⟩', 'the same prediction'],
    verified: ['L‑BFGS', '1.5·10⁻⁵', '83 iterations', '0.912', 'Forecast was 0.853 (0.81 to 0.9): a miss'],
  };
  it.each(Object.entries(shown))('%s has its numbers', (code, numbers) => {
    for (const number of numbers) expect(text(code as VerdictCode)).toContain(number);
  });

  it.each(Object.keys(shown))('%s is one line that ends in a full stop and names no option', (code) => {
    expect(text(code as VerdictCode)).toMatch(/^[A-Z0-9][^\n]*\.$/);
    expect(text(code as VerdictCode)).not.toMatch(/--|NaN|Infinity|null|undefined(?! ?:)(?<!is undefined)/);
  });

  it('says what has no value and why', () => {
    const reason = 'it needs at least 2 points';
    expect(text('generalisation', { 'forecast.testR2': null, reason })).toContain(` R² is undefined: ${reason}.`);
    expect(text('steps', { 'frozen.steps': null, reason: 'the Jacobian is 0' })).toContain('the Jacobian is 0.');
    expect(text('range', { scaleWithRoom: null })).toContain('no scale alone moves this edge');
  });

  it('says which features have no effect, and what only the initialisations show', () => {
    const features = ['a', 'b', 'c', 'd', 'e'];
    expect(text('inputs-without-effect', { all: false })).toContain(
      'A feature does not reach the readout (Z0): width;',
    );
    expect(text('inputs-without-effect', { all: false, features })).toContain(
      'not reach the readout (Z0): a, b, c and 2 more;',
    );
    expect(text('inputs-without-effect', { structural: false })).toContain('at the initial parameters');
    expect(text('parameters-without-effect', { structural: false })).toContain('all derivatives are 0 there');
  });

  it('praises no network that is no better than a constant', () => {
    expect(text('fit', { explainedLow: -0.2, explainedHigh: -0.1 })).toContain('It will not fit');
    expect(text('fit', { explainedLow: 0.2, explainedHigh: 0.4 })).toContain('It will hardly fit');
    expect(text('fit', { explainedLow: 0.92, explainedHigh: 0.97 })).toMatch(/^It will fit the training data:/);
    const none = { trainMseLow: null, trainMseHigh: null, explainedLow: null, explainedHigh: null };
    expect(text('fit', none)).toMatch(/error is 0\.0123, which explains 70 % of/);
    expect(text('range', { regime: 'exponential', rangeShare: 0.9 })).toMatch(
      /within 90 %.*the range forbids none of them/,
    );
    expect(text('range', { regime: 'sublinear', rangeShare: 1, scaleWithRoom: 1.5 })).toContain(
      'A scale of 1.5 leaves room',
    );
  });

  it('says of what was trained that it was, with no interval and nothing to come', () => {
    const none = { trainMseLow: null, trainMseHigh: null, explainedLow: null, explainedHigh: null };
    const fit = (explained: number) => text('fit', { ...none, explained }, 'measured');
    expect(fit(0.95)).toBe(
      'It fits the training data: within 500 steps the mean squared error is 0.0123. Trained for real: that takes hardly longer than a forecast here.',
    );
    expect(fit(0.7)).toContain('It fits the training data in part: within 500 steps');
    expect(fit(0.7)).toContain("which explains 70 % of the labels' variance. Trained for real");
    expect(fit(0.4)).toContain('It hardly fits the training data:');
    expect(fit(-0.1)).toContain('It does not fit the training data:');
    const ends = { testR2Low: null, testR2High: null, testAccuracyLow: null, testAccuracyHigh: null };
    const trained = text('generalisation', { ...ends, 'forecast.testR2': 0.91 }, 'measured');
    expect(trained).toMatch(
      /^It generalises well: the trained networks have R² 0\.91 on the .* test points \(±\s0\.031 over the initialisations\)\./,
    );
    expect(text('generalisation', { ...ends, testR2Std: 0 }, 'measured')).toMatch(/R² −0\.52 on the .* points\. 87/);
    expect(text('generalisation', { ...ends, 'forecast.testR2': -5e-6 }, 'measured')).toContain('R² 0 on');
    expect(text('verified', { sameRun: true, 'forecast.testR2': null }, 'measured')).toMatch(
      /on the test points\. It is the training that is told of above\.$/,
    );
  });

  it('says what a limit rests on', () => {
    const noise = { 'limit.noise': 0.0743 };
    expect(text('limit', { ...noise, basis: 'labels', certifiedShare: null })).toMatch(
      /^No model with this readout.*0\.0743: points with the same inputs have different labels, whose variance is 0\.0743\.$/,
    );
    expect(text('limit', noise)).toMatch(/^No circuit has.*whatever its gates and angles: points/);
    expect(text('limit', { 'limit.noise': 0, 'limit.outOfRange': 0.01 })).toMatch(
      /larger scale goes below\. Of this, labels out of the readout's range add 0\.01\.$/,
    );
  });

  it('compares the network with what needs no quantum computer', () => {
    expect(text('references', { comparison: 'open' })).toContain('may or may not beat the best of them');
    expect(text('references', { comparison: 'even' })).toContain('cannot be told apart from the best of them');
    expect(text('references', { comparison: 'better' })).toContain('beats all of them');
    expect(text('references', { 'references.rbf.testR2': null, bestR2: 0.51 })).not.toContain('Gaussian');
  });

  it('has a bottom line: what to expect, what limits it, what does better without a quantum computer', () => {
    const { bottomLine } = fakeDiagnosis();
    expect(bottomLineText(bottomLine)).toBe(
      "On new data expect R² 0.7 (0.6 to 0.8 nine times in ten). Encoding and readout limit it: behind them no training error is below 0.0199 (19 % of the labels' variance), certainly, with any number of layers. Try another encoding, or a larger scale. Ridge regression with a Gaussian kernel needs no quantum computer and has 0.76.",
    );
    const evidence = { ...bottomLine.evidence, testR2Low: null, 'forecast.testAccuracy': 0.9, 'forecast.testR2': 0.8 };
    expect(bottomLineText({ code: 'none', basis: 'forecast', evidence })).toBe(
      'On new data expect R² 0.8, 90 % in the right class. Nothing stands out that limits it.',
    );
    const range = { testAccuracyLow: 0.8, testAccuracyHigh: 1 };
    expect(bottomLineText({ code: 'none', basis: 'forecast', evidence: { ...evidence, ...range } })).toMatch(
      /^On new data expect R² 0\.8, 90 % \(80 % to 100 %\) in the right class\./,
    );
    expect(
      bottomLineText({ code: 'steps', basis: 'forecast', evidence: { ...evidence, 'forecast.testR2': null } }),
    ).toMatch(/^The step/);
  });

  it('stands in the document beside code and evidence', () => {
    const { verdicts, schema } = diagnosisDocument(fakeDiagnosis());
    expect(schema).toBe(2);
    for (const verdict of verdicts) {
      expect(verdict.text).toBe(verdictText(verdict));
      expect(verdict).toMatchObject({ code: expect.any(String), basis: 'forecast', evidence: expect.any(Object) });
    }
  });
});

describe('what limits, by what changes are forecast to bring', () => {
  const { evidence } = fakeDiagnosis().bottomLine;
  const text = (code: BottomLine['code'], changes: object, basis: BottomLine['basis'] = 'forecast') =>
    bottomLineText({ code, basis, evidence: { ...evidence, ...changes } });

  const to = (changed: number, more: object = {}) => ({
    planned: 0.3,
    changed,
    within: 0.1,
    right: null,
    points: 25,
    parts: 4,
    of: 4,
    initialisations: 3,
    ...more,
  });
  const once = 'R² on training points that are kept out (each of the 25 once, 3 initialisations)';

  it('says of what was trained that it is so', () => {
    expect(text('steps', { longer: to(0.5) }, 'measured')).toContain(
      `With twice the steps, ${once} is 0.5 in place of 0.3: train longer first.`,
    );
    expect(text('open', { deeper: to(0.31) }, 'measured')).toContain(
      `What limits it most is open. Try another ansatz or encoding. With twice the layers, ${once} is 0.31 in place of 0.3, which is no clear gain.`,
    );
    expect(text('open', { testR2Low: null, testR2High: null }, 'measured')).toMatch(
      /^Trained for real, it has R² 0\.7 on points it has not seen \(±\s0\.031 over the initialisations\)\. What limits it most is open\. Try/,
    );
    expect(text('none', { testR2Std: 0 }, 'measured')).toMatch(
      /^Trained for real, it has R² 0\.7 on points it has not seen\./,
    );
  });

  it('says of which points and initialisations the figures are, and advises nothing that was not tried', () => {
    expect(text('steps', {})).toContain('and the loss is still falling. Train longer first.');
    expect(text('ansatz', { deeper: to(0.7), longer: to(0.5) })).toContain(
      `With twice the layers, ${once} is forecast as 0.7 in place of 0.3: try more layers first.`,
    );
    const one = { points: 62, parts: 1, of: 4, initialisations: 1 };
    expect(text('readout', { readout: to(0.5, one) })).toContain(
      'With trained weights and a bias of the readout (readout: trainable), R² on training points that are kept out (62 of them, 1 initialisation) is forecast as 0.5 in place of 0.3: change that first.',
    );
    expect(text('ansatz', {})).toMatch(/Try another ansatz first\./);
    expect(text('ansatz', {})).not.toContain('layers,');
    expect(text('open', {})).toContain('--jacobians');
  });

  it('says so where nothing helps clearly, and what was not tried', () => {
    expect(text('open', { longer: to(0.28), deeper: to(0.35, { parts: 2, points: 12 }) })).toContain(
      `Nothing that was tried helps clearly: ${once} is forecast as 0.28 with twice the steps, 0.35 with twice the layers, and 0.3 as planned.`,
    );
    const tooLong = [
      { change: 'deeper', seconds: 12.3 },
      { change: 'simpler', seconds: 0.52 },
    ];
    const left = 'Not tried, as that takes long beside this diagnosis: with twice the layers (about 10 s), with';
    expect(text('ansatz', { tooLong })).toContain(left);
    expect(text('ansatz', { tooLong })).toContain('(about 0.5 s). `qntk compare` tries models.');
    expect(text('ansatz', { tooLong, readout: to(0.7) })).not.toContain(left);
  });

  it('tells of classes both scores', () => {
    const right = { planned: 0.6, changed: 0.9 };
    expect(text('freedom', { simpler: to(0.7, { by: 'layers', right }) })).toContain(
      'is forecast as 0.7 in place of 0.3, 90 % in the right class in place of 60 %: change that first.',
    );
  });

  it('tells of a gap what less freedom and half of the points bring', () => {
    expect(text('freedom', { simpler: to(0.62, { by: 'encoding' }) })).toContain(
      `It fits the points that it is trained on far better than others (R² 0.8, and 0.3 on training points that are kept out): it has more freedom than so few points hold. With each feature encoded once, at the lowest frequency (frequency: low, reupload: false), ${once} is forecast as 0.62 in place of 0.3: change that first.`,
    );
    expect(text('freedom', { simpler: to(0.62, { by: 'layers' }) }, 'measured')).toContain(
      `With half of the layers, ${once} is 0.62 in place of 0.3:`,
    );
    expect(text('points', { fewer: to(0.1), simpler: to(0.2, { by: 'layers' }) })).toContain(
      `On half of the training points, ${once} is forecast as 0.1 in place of 0.3: more points first.`,
    );
    expect(text('points', {})).toContain(
      '(R² 0.8, and 0.7 on the test points). More points first, or a model with less freedom.',
    );
    expect(text('open', { fewer: to(0.28), simpler: to(0.2, { by: 'layers' }) })).toContain(
      'What would help is open. Nothing that was tried helps clearly:',
    );
  });

  it('tells of a certified limit what another encoding or scale would bring', () => {
    expect(text('encoding', { richer: to(0.9) })).toContain(
      `With the data encoded again before every layer (reupload: true), ${once} is forecast as 0.9 in place of 0.3: change that first.`,
    );
    expect(text('encoding', { richer: to(0.2) })).toMatch(
      /Try another encoding, or a larger scale\. With .* no clear gain/,
    );
    expect(text('range', { rescaled: to(0.95, { scale: 4.5 }) })).toContain(
      `At γ = 4.5, ${once} is forecast as 0.95 in place of 0.3: raise it first.`,
    );
    expect(text('range', { rescaled: to(0.3, { scale: 4.5 }) })).toContain(
      `mostly for them. At γ = 4.5, ${once} is forecast as 0.3 in place of 0.3, which is no clear gain.`,
    );
    expect(text('range', {})).toContain('Raise the scale γ first.');
  });

  it('says of a training error above that of a constant what it is', () => {
    expect(text('ansatz', { trainR2: -0.4 })).toContain('it fits the training points no better than a constant');
  });
});

describe('what training bore out', () => {
  it('counts the sentences, and prints those that it contradicts', () => {
    const diagnosis = fakeDiagnosis({ verify: true });
    const { summary, contradicted } = judgementWords(diagnosis)!;
    expect(summary).toBe('Training bore out 1 of 2 sentences that it could contradict, and contradicts:');
    expect(contradicted).toEqual([verdictText(diagnosis.verdicts[0])]);
    const printed = diagnosisText(diagnosis).replace(/\s+/g, ' ');
    expect(printed).toContain(`${summary} ! ${contradicted[0]}`);
    const limit = { ...diagnosis, judgements: [{ sentence: 'bottomLine', contradicted: true }] } as const;
    expect(judgementWords(limit)!.contradicted[0]).toMatch(/^Encoding and readout limit it: behind them/);
  });

  it('says nothing where nothing was trained', () => {
    expect(judgementWords(fakeDiagnosis())).toBeUndefined();
    expect(diagnosisText(fakeDiagnosis())).not.toContain('bore out');
  });

  it('is one sentence where all held', () => {
    const diagnosis = fakeDiagnosis({ verify: true });
    const held = { ...diagnosis, judgements: [{ sentence: 'fit', contradicted: false }] } as const;
    expect(judgementWords(held)).toEqual({
      summary: 'Training bore out 1 of 1 sentence that it could contradict.',
      contradicted: [],
    });
  });
});

describe('the table of quantities', () => {
  /** Every path of a number or null. */
  const paths = (value: unknown, path = ''): string[] => {
    if (typeof value === 'number' || value === null) return [path];
    if (typeof value !== 'object' || Array.isArray(value)) return [];
    return Object.entries(value).flatMap(([key, part]) => paths(part, path === '' ? key : `${path}.${key}`));
  };

  it('has every number of an initialisation, and nothing that is none', () => {
    for (const adaptive of [false, true]) {
      const diagnosis = fakeDiagnosis({ verify: true, classes: ['a', 'b'], features: 2, adaptive });
      const [{ seed: _, ...numbers }] = diagnosis.seeds;
      const listed = groupsOf(diagnosis).flatMap(({ quantities }) => quantities.map(({ name }) => name));
      // The residual of the frozen kernel is its training error at t = ∞.
      expect([...listed, 'frozen.infinity.trainMse'].sort()).toEqual(paths(numbers).sort());
    }
  });

  it('says frozen kernel above every figure that is read off it, and forecast above none of them', () => {
    for (const { title, quantities } of groups)
      for (const { name } of quantities) {
        expect([name, /frozen kernel/i.test(title)]).toEqual([
          name,
          /^frozen|Loss\b/.test(name) && !/^Flow/.test(title),
        ]);
        if (title.startsWith('Forecast')) expect(name).toMatch(/^forecast\./);
      }
  });

  it('knows every number behind a verdict that is not only part of the sentence', () => {
    const silent = ['cutSeeds', 'seeds', 'cutJacobians', 'scaleAbove', 'scaleWithRoom', 'labels'];
    const rows = ['row', 'repeatedRow', 'contradictoryRow', 'contradictedRow'];
    for (const part of Object.values(evidence))
      for (const [name, value] of Object.entries(part))
        if (typeof value === 'number' && ![...silent, ...rows].includes(name))
          expect(quantityNamed(name)?.name).toBe(name);
  });

  it('formats by the one formatter', () => {
    const share = quantityNamed('forecast.testAccuracy')!;
    const count = quantityNamed('frozen.learnedModes')!;
    const number = quantityNamed('kappa')!;
    expect(formatQuantity(share, 0.875)).toBe(formatShare(0.875));
    expect([6.52, 12.6, 60_000].map((value) => formatQuantity(count, value))).toEqual(['6.5', '13', '60\u202f000']);
    expect(formatQuantity(number, -0.5)).toBe('−0.5');
    expect([null, Number.NaN, Number.POSITIVE_INFINITY].map((value) => formatQuantity(number, value))).toEqual([
      '–',
      '–',
      '–',
    ]);
    expect(formatDeviation(number, 100, 1.2345)).toBe(formatNumber(1.2));
    expect(formatDeviation(number, 1, 1e-12)).toBe('0');
    expect(undefinedBecause('the kernel is 0')).toBe('undefined (the kernel is 0)');
  });
});

describe('the terminal', () => {
  it.each([
    ['verified', fakeDiagnosis({ verify: true, adaptive: true })],
    ['singular', singularDiagnosis()],
    ['of no kernel', zeroDiagnosis()],
  ])('has every verdict, and no number that is none: %s', (_, diagnosis) => {
    const found = diagnosisText(diagnosis);
    const flat = found.replace(/\s+/g, ' ');
    for (const verdict of diagnosis.verdicts)
      expect(flat).toContain(`${verdictText(verdict)} [${verdict.basis}]`.replace(/\s+/g, ' '));
    expect(found).not.toMatch(/NaN|Infinity|\[object|undefined(?! \()/);
    expect(Math.max(...found.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

it('an optimiser has one name everywhere', () => {
  for (const { name, label } of optimizers) expect(text('verified', { optimizer: name })).toContain(`by ${label}:`);
});
