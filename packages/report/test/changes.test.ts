import type { BottomLine } from '@qntk/core';
import { describe, expect, it } from 'vitest';
import { bottomLineText } from '../src/words/bottom-line.ts';
import { fakeDiagnosis } from './diagnoses.ts';

describe('what limits, by what changes are forecast to bring', () => {
  const { evidence } = fakeDiagnosis().bottomLine;
  const text = (code: BottomLine['code'], changes: object, basis: BottomLine['basis'] = 'forecast') =>
    bottomLineText({ code, basis, changesBasis: basis, held: null, evidence: { ...evidence, ...changes } });

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
      `With twice the steps, ${once} is 0.5 in place of 0.3 (a difference known within 0.1): train longer first.`,
    );
    expect(text('open', { deeper: to(0.31) }, 'measured')).toContain(
      `What limits it most is open. Try another ansatz or encoding. With twice the layers, ${once} is 0.31 in place of 0.3 (a difference known within 0.1): whether that helps cannot be told.`,
    );
    expect(text('open', { testR2Low: null, testR2High: null }, 'measured')).toMatch(
      /^Trained for real, it has R² 0\.7 on the 10 test points \(±\s0\.031 over the initialisations\); on new .* What limits it most is open\. Try/,
    );
    expect(text('none', { testR2Std: 0 }, 'measured')).toMatch(
      /^Trained for real, it has R² 0\.7 on the 10 test points;/,
    );
  });

  it('says of which points and initialisations the figures are, and advises nothing that was not tried', () => {
    expect(text('steps', {})).toContain('and the loss is still falling. Train longer first.');
    expect(text('ansatz', { deeper: to(0.7), longer: to(0.5) })).toContain(
      `With twice the layers, ${once} is forecast as 0.7 in place of 0.3 (a difference known within 0.1): try more layers first.`,
    );
    const one = { points: 62, parts: 1, of: 4, initialisations: 1 };
    expect(text('readout', { readout: to(0.5, one) })).toContain(
      'With trained weights and a bias of the readout (readout: trainable), R² on training points that are kept out (62 of them, 1 initialisation) is forecast as 0.5 in place of 0.3 (a difference known within 0.1): change that first.',
    );
    expect(text('ansatz', {})).toMatch(/Try another ansatz first\./);
    expect(text('ansatz', {})).not.toContain('layers,');
    expect(text('open', {})).toContain('a training (--verify) would tell');
  });

  it('says so where nothing helps clearly, and what was not tried', () => {
    expect(text('open', { longer: to(0.28), deeper: to(0.35, { parts: 2, points: 12 }) })).toContain(
      'Nothing that was tried is known to help; most promising: with twice the layers, R² on training points that are kept out (12 of them, 3 initialisations) is forecast as 0.35 in place of 0.3 (a difference known within 0.1). Ridge',
    );
    expect(text('open', { longer: to(0.28), fewer: to(0.4) })).toContain(
      'Nothing that was tried is known to help: with twice the steps, on half of the training points. Ridge',
    );
    const not = to(0.2);
    expect(text('open', { longer: not, deeper: not })).toContain(
      'Training points that are kept out tell that none of this helps: with twice the steps, with twice the layers. Ridge',
    );
    expect(text('open', { fewer: to(0.28) })).toMatch(/: whether more points help cannot be told\./);
    expect(text('open', { longer: to(0.3, { within: 0 }) })).toContain(
      '0.3 in place of 0.3 (no difference): that does not',
    );
    expect(text('steps', { longer: to(0.5, { within: 1e-9 }) })).toContain('(a difference known within 0.001): train');
    const tooLong = [
      { change: 'deeper', seconds: 12.3 },
      { change: 'simpler', seconds: 0.52 },
    ];
    const left = 'Not tried, to keep this diagnosis short: with twice the layers (about 10 s), with';
    expect(text('ansatz', { tooLong })).toContain(left);
    expect(text('ansatz', { tooLong })).toContain('(about 0.5 s). `qntk compare` tries models.');
    expect(text('ansatz', { tooLong, readout: to(0.7) })).not.toContain(left);
  });

  it('tells of classes both scores', () => {
    const right = { planned: 0.6, changed: 0.9 };
    expect(text('freedom', { simpler: to(0.7, { by: 'layers', right }) })).toContain(
      'is forecast as 0.7 in place of 0.3 (a difference known within 0.1), 90 % in the right class in place of 60 %: change that first.',
    );
  });

  it('tells of a gap what less freedom and half of the points bring', () => {
    expect(text('freedom', { simpler: to(0.62, { by: 'encoding' }) })).toContain(
      `It fits the points that it is trained on far better than others (R² 0.8, and 0.3 on training points that are kept out): it has more freedom than so few points hold. With each feature encoded once, at the lowest frequency (frequency: low, reupload: false), ${once} is forecast as 0.62 in place of 0.3 (a difference known within 0.1): change that first.`,
    );
    expect(text('freedom', { simpler: to(0.62, { by: 'layers' }) }, 'measured')).toContain(
      `With half of the layers, ${once} is 0.62 in place of 0.3 (a difference known within 0.1):`,
    );
    expect(text('points', { fewer: to(0.1), simpler: to(0.2, { by: 'layers' }) })).toContain(
      `On half of the training points, ${once} is forecast as 0.1 in place of 0.3 (a difference known within 0.1): more points first.`,
    );
    expect(text('open', { fewer: to(0.28) })).not.toContain('far better');
    expect(text('points', {})).toContain(
      '(R² 0.8, and 0.7 on the test points). More points first, or a model with less freedom.',
    );
    expect(text('open', { fewer: to(0.28), simpler: to(0.2, { by: 'layers' }), 'forecast.testR2': 0.3 })).toContain(
      'What would help is open. Nothing that was tried is known to help:',
    );
  });

  it('tells of a certified limit what another encoding or scale would bring', () => {
    expect(text('encoding', { richer: to(0.9) })).toContain(
      `With the data encoded again before every layer (reupload: true), ${once} is forecast as 0.9 in place of 0.3 (a difference known within 0.1): change that first.`,
    );
    expect(text('encoding', { richer: to(0.2) })).toMatch(
      /Another gate for the features or another readout may go below\. With .* that does not help\./,
    );
    expect(text('encoding', {})).toContain('Try another encoding.');
    expect(text('range', { rescaled: to(0.95, { scale: 4.5 }) })).toContain(
      `At γ = 4.5, ${once} is forecast as 0.95 in place of 0.3 (a difference known within 0.1): raise it first.`,
    );
    expect(text('range', { rescaled: to(0.3, { scale: 4.5, within: 0.02 }) })).toContain(
      `mostly for them. At γ = 4.5, ${once} is forecast as 0.3 in place of 0.3 (a difference known within 0.02): that does not help.`,
    );
    expect(text('range', {})).toContain('Raise the scale γ first.');
  });

  it('says of a training error above that of a constant what it is', () => {
    expect(text('ansatz', { trainR2: -0.4 })).toContain('it fits the training points no better than a constant');
    expect(text('ansatz', { certifiedShare: 0.19 })).toContain('encoding and readout cost 19 %');
    expect(text('ansatz', { certifiedShare: 1e-4 })).not.toContain('cost');
  });
});
