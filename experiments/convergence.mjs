// You et al.'s theorems, measured: what docs/convergence.md quotes.

import {
  decayRates,
  defaultLabels,
  exponentialUpperBound,
  finiteFlow,
  followLimit,
  initialAngles,
  largestGap,
  leastEigenvalueAtMinima,
  lemmaB2,
  lemmaB3,
  lemmaB4,
  limitOf,
  orthogonalInputs,
  periodicNetwork,
  perturbationNorm,
  powerLaw,
  random,
  readoutOf,
  sublinearLowerBound,
  sublinearSlopes,
} from '@qntk/core';
import { digits, table } from './qntk.mjs';

const grid = (end, count) => Float64Array.from({ length: count }, (_, k) => (end * k) / (count - 1));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const span = (values) => `${digits(Math.min(...values), 2)} … ${digits(Math.max(...values), 2)}`;

function problemOf({ d, m, p, gamma }, word) {
  const draw = random(31, d, m, p, word);
  const inputs = orthogonalInputs(d, m, draw);
  const network = periodicNetwork({ inputs, parameters: p, readout: readoutOf(d, [1, -1], gamma) }, draw);
  return { network, labels: defaultLabels(m), theta0: initialAngles(p, draw) };
}

/** Figures of one network that fall with p. */
function deviations(setting, word) {
  const problem = problemOf(setting, word);
  const times = grid(2 / setting.gamma, 3);
  const run = finiteFlow(problem, times);
  const { problem: limit, start } = limitOf(problem);
  const residual = Math.sqrt(2 * run.loss[0]);
  const atStart = lemmaB2(problem.network, problem.theta0);
  const angles = lemmaB3(problem.network, run);
  const spread = lemmaB4(problem.network, run);
  return {
    'Lemma B.2: ‖Δ(0)‖': [atStart.deviation],
    'Lemma B.4: ‖Δ(t)‖': [spread.deviation[2]],
    'Lemma B.4: ‖Y(t) − Y(0)‖': [spread.change[2]],
    'Lemma B.3: largest change of an angle/r': [angles.largest[2] / residual],
    'Lemma B.3: ‖θ(t) − θ(0)‖/r': [angles.norm[2] / residual],
    '‖K_pert‖, largest of the run': [perturbationNorm(run)],
    'gap to the limit’s outputs/r': [
      largestGap(run.outputs, followLimit(limit, start, times).outputs, setting.m) / residual,
    ],
    'bound/‖Δ(0)‖, Eq. 68': [atStart.stated / atStart.deviation, true],
    'bound/‖Δ(0)‖, Eq. 71': [atStart.proof / atStart.deviation, true],
    'bound/largest change of an angle, Eq. 72': [angles.stated[2] / angles.largest[2], true],
    'the same, corrected and with operator norms': [angles.sharper[2] / angles.largest[2], true],
  };
}

export function deviationTable() {
  const settings = [
    { d: 4, m: 2, gamma: 2, networks: 60 },
    { d: 8, m: 2, gamma: 2, networks: 10 },
    { d: 8, m: 4, gamma: 4, networks: 10 },
  ];
  const counts = [100, 200, 400, 800, 1600];
  const columns = settings.map((setting) => {
    const all = counts.flatMap((p) =>
      Array.from({ length: setting.networks }, (_, word) => [p, deviations({ ...setting, p }, word)]),
    );
    return (name) => {
      const values = all.map(([, figures]) => figures[name][0]);
      if (all[0][1][name][1]) return `${digits(mean(values), 2)} times`;
      const { exponent, error } = powerLaw(
        all.map(([p]) => p),
        values,
      );
      return `${exponent.toFixed(3)} ± ${error.toFixed(3)}`;
    };
  });
  const names = Object.keys(deviations({ ...settings[0], p: 4 }, 0));
  return table(
    ['figure', ...settings.map(({ d, m, gamma }) => `d = ${d}, m = ${m}, γ = ${gamma}`)],
    names.map((name) => [name, ...columns.map((column) => column(name))]),
  );
}

export function settingsTable() {
  const settings = [
    ...[10, 20, 40, 80].map((p) => ({ d: 32, gamma: 1, p, end: 2.5 })),
    ...[10, 20, 40, 80].map((p) => ({ d: 32, gamma: 4, p, end: 0.25 })),
    ...[80, 320, 1280].map((p) => ({ d: 32, gamma: 2, p, end: 2.5 })),
  ];
  const rows = settings.map((setting) => {
    const runs = Array.from({ length: 10 }, (_, word) => {
      const problem = problemOf({ ...setting, m: 4 }, word);
      const run = finiteFlow(problem, grid(setting.end, 26));
      const kernels = run.kernels.map(({ kernel }) => kernel);
      const { constant, holds } = exponentialUpperBound(run);
      const slope = setting.gamma === 1 ? sublinearSlopes(problem.network, problem.labels).proof : undefined;
      const sublinear = slope === undefined ? undefined : sublinearLowerBound(run, slope);
      return {
        loss: run.loss[25],
        constant,
        holds,
        rate: Math.min(...decayRates(problem.labels, run.outputs, kernels)) / (2 * constant),
        perturbation: perturbationNorm(run) / constant,
        loose: sublinear && sublinear.c1 / sublinear.needed,
        change: run.kernelChange[25],
        asymptoticChange: run.asymptoticChange[25],
      };
    });
    const of = (key) => runs.map((run) => run[key]);
    const { d, gamma, p, end } = setting;
    return [
      `${d}, 4, ${gamma}, ${p}`,
      end,
      `${digits(mean(of('loss')), 2)} (${span(of('loss'))})`,
      digits(mean(of('constant')), 3),
      span(of('rate')),
      `${of('holds').filter(Boolean).length} of 10`,
      digits(mean(of('perturbation')), 2),
      gamma === 1 ? span(of('loose')) : '–',
      `${digits(mean(of('change')), 2)} / ${digits(mean(of('asymptoticChange')), 2)}`,
    ];
  });
  return table(
    [
      'd, m, γ, p',
      't',
      'L(t) (least … largest)',
      'C₀',
      'least rate/(2C₀)',
      '4.2 holds',
      '‖K_pert‖/C₀',
      '3.2: c₁/needed',
      'change of K / K_asym',
    ],
    rows,
  );
}

export function minimaTable() {
  const dimensions = [32, 64, 128, 256, 1024];
  const rows = ['directions', 'haar'].flatMap((measure) =>
    [2, 4].flatMap((gamma) =>
      [2, 4, 8, 16].map((m) => [
        measure,
        gamma,
        m,
        ...dimensions.map((d) => {
          const setting = { dimension: d, labels: defaultLabels(m), gamma, measure };
          const { quantile, ceiling, constant, perRatio } = leastEigenvalueAtMinima(
            setting,
            200,
            0.05,
            random(31, d, m, gamma),
          );
          return `${digits(quantile / ceiling, 3)}, ${digits(constant, 2)}, ${digits(perRatio, 2)}`;
        }),
      ]),
    ),
  );
  return table(['measure', 'γ', 'm', ...dimensions.map((d) => `d = ${d}`)], rows);
}
