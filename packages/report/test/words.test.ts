import { type BottomLine, type Evidence, optimizers, type Verdict, type VerdictCode } from '@qntk/core';
import { describe, expect, it } from 'vitest';
import { diagnosisText } from '../src/terminal/diagnosis.ts';
import { bottomLineText } from '../src/words/bottom-line.ts';
import { diagnosisDocument } from '../src/words/document.ts';
import { judgementWords } from '../src/words/judgements.ts';
import { verdictText } from '../src/words/verdicts.ts';
import { fakeDiagnosis, singularDiagnosis, zeroDiagnosis } from './diagnoses.ts';
import { evidence } from './evidence.ts';

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
    fit: ['0.0123', 'between 0.011 and 0.014', 'R² 0.7 (0.65 to 0.75)', '500 steps'],
    rate: ['50 with momentum 0.9 is 25 times the largest stable one at the start (2)'],
    scale: ['γ = 10⁶ is too large', '1.2·10⁶ times as far', 'Take about 1.3'],
    limit: ['No circuit behind this encoding', '0.0743', '7.4 %'],
    residual: ['3.55·10⁻⁴', '2 %'],
    steps: ['717 steps', '0.241', 'half the stability limit', 'with momentum 0.9', '3.5·10⁷'],
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
      'with 0.62 (±\u00a00.05 over the initialisations), does not beat the best of them: by 40 test points and 3 initialisations its R² is 0.03 to 0.25 below the best',
      'best readout of the encoding, fitted to the training points, has 0.8',
    ],
    range: [
      '2 of 4 training labels are',
      '−1.7 to 2',
      'They will never be fitted',
      'a scale of 3 would bring them inside',
    ],
    rank: ['rank 6 of 10'],
    duplicates: ['3 training points repeat', 'row 5 those of row 2', '1 (row 9 those of row 4)'],
    'parameters-without-effect': ['No parameter reaches the readout (Z0, Z1)', 'Training changes nothing'],
    'inputs-without-effect': ['No input reaches the readout (Z0)', 'as RZ does to |0⟩', 'the same prediction'],
    verified: ['L‑BFGS', '1.5·10⁻⁵', '83 iterations', '0.912', 'It is told of above, beside what was forecast of it.'],
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
    expect(text('fit', { trainR2Low: -0.2, trainR2High: -0.1 })).toMatch(
      /^It will not fit .* no better than a constant\.$/,
    );
    expect(text('fit', { trainR2Low: 0.2, trainR2High: 0.4 })).toContain('It will hardly fit');
    expect(text('fit', { trainR2Low: 0.2, trainR2High: 0.98 })).toContain('It will fit the training data in part');
    expect(text('fit', { trainR2Low: -1.5, trainR2High: 0.98 })).toContain(
      'It may fit the training data, or not at all',
    );
    expect(text('fit', { trainR2Low: 0.92, trainR2High: 0.97 })).toMatch(/^It will fit the training data:/);
    const none = { trainMseLow: null, trainMseHigh: null, trainR2Low: null, trainR2High: null };
    expect(text('fit', none)).toMatch(/in part: .* error is 0\.0123, R² 0\.7\.$/);
    expect(text('fit', { ...none, 'forecast.trainR2': null })).toBe(
      'Of the training data: after 500 steps the mean squared error is 0.0123.',
    );
    expect(text('generalisation', { 'references.constant.testAccuracy': 0.9 })).toContain(
      '87.5 % of them are put in the right class, 80 % to 92.5 % nine times in ten; a constant answer has 90 %.',
    );
    const shares = { 'references.constant.testAccuracy': 0.5, 'references.rbf.testAccuracy': 0.8 };
    expect(text('references', shares)).toContain(
      'ridge regression has R² 0.51, ridge regression with a Gaussian kernel 0.76 (80 % right), a constant −0.013 (50 % right).',
    );
    expect(text('range', { regime: 'exponential', rangeShare: 0.9 })).toMatch(
      /within 90 %.*the range forbids none of them/,
    );
    expect(text('range', { low: 95, high: 120 })).toContain('(data.labels: standardize)');
    expect(text('range', { low: 95, high: 120, standardised: true })).not.toContain('standardize');
    expect(text('range', { outside: 1 })).toMatch(/^1 of 4 training labels is out .* It will never be fitted/);
    expect(text('range')).not.toContain('standardize');
    expect(text('range', { regime: 'sublinear', rangeShare: 1, scaleWithRoom: 1.5 })).toContain(
      'A scale of 1.5 leaves room',
    );
  });

  it('says of a forecast that is a training stopped early what it is', () => {
    expect(text('fit', { 'forecast.stoppedAfter': 93.3 })).toMatch(
      / The forecast is a training that was stopped after 93 of 500 steps\.$/,
    );
    expect(text('fit', {})).not.toContain('stopped');
  });

  it('says of what was trained that it was, with no interval and nothing to come', () => {
    const none = { trainMseLow: null, trainMseHigh: null, trainR2Low: null, trainR2High: null };
    const fit = (r2: number) => text('fit', { ...none, 'forecast.trainR2': r2 }, 'measured');
    expect(fit(0.95)).toBe(
      'It fits the training data: within 500 steps the mean squared error is 0.0123, R² 0.95. Trained for real: that takes hardly longer than a forecast here.',
    );
    expect(fit(0.7)).toContain('It fits the training data in part: within 500 steps');
    expect(fit(0.4)).toContain('It hardly fits the training data:');
    expect(fit(-0.1)).toMatch(/^It does not fit the training data: .* no better than a constant\. Trained/);
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

  it('says what was measured first, and beside it what had been forecast and whether it held', () => {
    const trained = { 'verified.trainMse': 0.0135, 'verified.trainR2': 0.69 };
    expect(text('fit', trained, 'measured')).toBe(
      'It fits the training data in part: within 500 steps the mean squared error is 0.0135, R² 0.69. Forecast was 0.0123, between 0.011 and 0.014 nine times in ten: it held.',
    );
    expect(text('fit', { ...trained, 'verified.trainMse': 0.02 }, 'measured')).toMatch(/nine times in ten: a miss\.$/);
    const scores = { 'verified.testR2': 0.3, 'verified.testMse': 0.1, 'verified.testAccuracy': 0.9 };
    expect(text('generalisation', scores, 'measured')).toMatch(
      /^It generalises poorly: the trained networks have R² 0\.3 .* 90 % of them are put in the right class\. Forecast was R² −0\.52, between −0\.7 and −0\.3 nine times in ten: a miss, and 87\.5 %, 80 % to 92\.5 %, in the right class: it held\.$/,
    );
  });

  it('forecasts nothing where the model of the network is of no use', () => {
    const ends = { trainMseLow: null, trainMseHigh: null, trainR2Low: null, trainR2High: null };
    expect(text('fit', { ...ends, 'forecast.trainR2': -1e8 })).toContain('is not forecast');
    expect(text('generalisation', { 'forecast.testR2': -1e8, testR2Low: null, testR2High: null })).toContain(
      'is not forecast',
    );
    expect(text('references', { networkR2: -1e8, comparison: 'open', moreLow: null, moreHigh: null })).toContain(
      'The network, whose R² is not forecast, may or may not beat',
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
    expect(text('references', { comparison: 'even', moreLow: -0.1, moreHigh: 0.2 })).toContain(
      "cannot be told apart from the best of them: by 40 test points and 3 initialisations its R² is between 0.1 below and 0.2 above the best's",
    );
    expect(text('references', { comparison: 'better' })).toContain('beats all of them');
    expect(text('references', { 'references.rbf.testR2': null, bestR2: 0.51 })).not.toContain('Gaussian');
  });

  it('has a bottom line: what to expect, what limits it, what does better without a quantum computer', () => {
    const { bottomLine } = fakeDiagnosis();
    expect(bottomLineText(bottomLine)).toBe(
      "Expect R² 0.7 on the 10 test points (0.6 to 0.8 nine times in ten); on new points like these R² 0.5 to 0.85. Encoding and readout limit it: behind them no training error is below 0.0199 (19 % of the labels' variance), certainly, with any number of layers. Try another encoding. Ridge regression with a Gaussian kernel needs no quantum computer and has 0.76.",
    );
    const { evidence } = bottomLine;
    const text = (code: BottomLine['code'], change: object) =>
      bottomLineText({ ...bottomLine, code, evidence: { ...evidence, ...change } });
    const none = { testR2Low: null, testR2High: null, newR2Low: null, newR2High: null };
    expect(text('none', { ...none, 'forecast.testAccuracy': 0.9, 'forecast.testR2': 0.8 })).toBe(
      'Expect R² 0.8 on the 10 test points (no interval: its Jacobians are too few to tell how far off that is), 90 % in the right class. Nothing stands out that limits it.',
    );
    const range = { 'forecast.testAccuracy': 0.9, testAccuracyLow: 0.8, testAccuracyHigh: 1 };
    expect(text('none', range)).toMatch(/nine times in ten\), 90 % \(80 % to 100 %\) in the right class;/);
    expect(text('steps', { 'forecast.testR2': null })).toMatch(/^R² on the 10 test points is undefined: .* The step/);
    expect(text('none', { 'data.test': 0, 'forecast.testR2': null })).toMatch(/^There are no test points:/);
    expect(text('none', { 'forecast.testR2': -1e8 })).toMatch(/^What R² it will have .* is not forecast/);
    expect(text('none', { testR2Std: 2.17 })).toContain('Single initialisations deviate from that mean by 2.17.');
    expect(text('open', { 'verified.testR2': 0.3 })).not.toContain('--verify');
    const useless = { bestReference: { name: 'constant', testR2: -0.02, comparison: 'open' }, 'forecast.testR2': -0.3 };
    expect(text('encoding', { ...useless, 'data.test': 40 })).toMatch(/they may not depend on the features\.$/);
    const even = { name: 'rbf', testR2: 0.76, comparison: 'open' };
    expect(text('none', { bestReference: even })).toMatch(/has 0\.76; 10 test points do not tell which is better\.$/);
  });

  it('has a bottom line of what was measured where it was verified, beside what had been forecast', () => {
    const { bottomLine } = fakeDiagnosis({ verify: true });
    expect(bottomLineText(bottomLine)).toMatch(
      /^Trained for real, it has R² 0\.72 on the 10 test points \(±\s0\.031 over the initialisations\); on new points like these R² 0\.5 to 0\.85\. Forecast was 0\.7 \(0\.6 to 0\.8 nine times in ten\): it held\. Encoding/,
    );
    expect(bottomLineText({ ...bottomLine, held: false })).toContain('nine times in ten): a miss.');
  });

  it('names too few points, a rate, a scale and a budget of steps by their figures', () => {
    const { bottomLine } = fakeDiagnosis();
    const text = (code: BottomLine['code'], change: object) =>
      bottomLineText({ ...bottomLine, code, evidence: { ...bottomLine.evidence, ...change } });
    expect(text('few-points', { 'data.train': 1 })).toContain('1 training point tells nothing of others: more points');
    expect(text('rate', { rate: { rate: 50, limit: null, momentum: 0 } })).toContain(
      'a step turns angles by up to 50 rad, and training does not settle. Lower it first.',
    );
    expect(text('scale', { scale: { ...evidence.scale, too: 'small' } })).toContain(
      'labels reach 1.2·10⁶ times as far as the outputs at the start',
    );
    expect(text('steps', { longer: null, travel: 0.15 })).toContain('turn no angle by much more than 0.15 rad');
    expect(text('steps', { longer: null, isRatePlanned: true })).toContain('Train longer, or at a higher rate, first.');
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

describe('what training bore out', () => {
  it('counts the sentences, and prints those that it contradicts', () => {
    const diagnosis = fakeDiagnosis({ verify: true });
    const { summary, contradicted } = judgementWords(diagnosis)!;
    expect(summary).toBe('Training bore out 1 of 2 sentences that it could contradict, and contradicts:');
    expect(contradicted).toEqual([verdictText(diagnosis.verdicts[0])]);
    const printed = diagnosisText(diagnosis).replace(/\s+/g, ' ');
    expect(printed).toContain(`${summary} ! ${contradicted[0]}`);
    const residual = { ...diagnosis, judgements: [{ sentence: 'residual', contradicted: true }] } as const;
    expect(judgementWords(residual)!.contradicted[0]).toMatch(
      /changes\. Measured: training errors 4·10⁻⁴ to 4·10⁻⁴, outputs −0\.93 to 0\.88\.$/,
    );
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
