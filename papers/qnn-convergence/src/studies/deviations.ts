import { finiteFlow, followLimit, largestGap, limitOf, type PowerLaw, perturbationNorm, powerLaw } from '@qntk/core';
import { digits, mean, type Study, table } from '../../../table.ts';
import { angleDrift } from '../lemmas/angle-drift.ts';
import { generatorSpread } from '../lemmas/generator-spread.ts';
import { startDeviation } from '../lemmas/start-deviation.ts';
import { problemOf, type Setting } from '../problem.ts';

type Family = Omit<Setting, 'p'>;

/** What falls with p, of one network. Changes of angles and outputs are shares of the first residual r (RMS). */
const falling = {
  'Lemma B.2: ‖Δ(0)‖': ({ start }) => start.deviation,
  'Lemma B.4: ‖Δ(t)‖': ({ spread }) => spread.deviation[2],
  'Lemma B.4: ‖Y(t) − Y(0)‖': ({ spread }) => spread.change[2],
  'Lemma B.3: largest change of an angle/r': ({ angles, residual }) => angles.largest[2] / residual,
  'Lemma B.3: ‖θ(t) − θ(0)‖/r': ({ angles, residual }) => angles.norm[2] / residual,
  '‖K_pert‖, largest of the run': ({ perturbation }) => perturbation,
  'gap to the limit’s outputs/r': ({ gap, residual }) => gap / residual,
} satisfies Record<string, (one: Measured) => number>;

/** How far a bound is above what it bounds. */
const bounds = {
  'bound/‖Δ(0)‖, Eq. 68': ({ start }) => start.stated / start.deviation,
  'bound/‖Δ(0)‖, Eq. 71': ({ start }) => start.proof / start.deviation,
  'bound/largest change of an angle, Eq. 72': ({ angles }) => angles.stated[2] / angles.largest[2],
  'the same, corrected and with operator norms': ({ angles }) => angles.sharper[2] / angles.largest[2],
} satisfies Record<string, (one: Measured) => number>;

type Measured = ReturnType<typeof measured>;

function measured(setting: Setting, words: readonly number[]) {
  const problem = problemOf(setting, words);
  const times = Float64Array.of(0, 1 / setting.gamma, 2 / setting.gamma);
  const run = finiteFlow(problem, times);
  const { problem: limit, start } = limitOf(problem);
  return {
    start: startDeviation(problem.network, problem.theta0),
    angles: angleDrift(problem.network, run),
    spread: generatorSpread(problem.network, run),
    perturbation: perturbationNorm(run),
    gap: largestGap(run.outputs, followLimit(limit, start, times).outputs, setting.m),
    residual: Math.sqrt(2 * run.loss[0]),
  };
}

/** Exponents of p, and mean ratios of bounds, over some networks for each p. */
export function deviations(
  family: Family,
  counts: readonly number[],
  networks: number,
): { readonly exponents: Record<string, PowerLaw>; readonly ratios: Record<string, number> } {
  const all = counts.flatMap((p) =>
    Array.from({ length: networks }, (_, word) => {
      const setting = { ...family, p };
      return { p, one: measured(setting, [31, family.d, family.m, p, word]) };
    }),
  );
  const ps = all.map(({ p }) => p);
  const exponents = Object.entries(falling).map(([name, of]) => [
    name,
    powerLaw(
      ps,
      all.map(({ one }) => of(one)),
    ),
  ]);
  const ratios = Object.entries(bounds).map(([name, of]) => [name, mean(all.map(({ one }) => of(one)))]);
  return { exponents: Object.fromEntries(exponents), ratios: Object.fromEntries(ratios) };
}

const families: readonly (Family & { readonly networks: number })[] = [
  { d: 4, m: 2, gamma: 2, networks: 60 },
  { d: 8, m: 2, gamma: 2, networks: 10 },
  { d: 8, m: 4, gamma: 4, networks: 10 },
];

export const deviationStudy: Study = {
  name: 'deviations',
  title: 'Finite networks as p grows',
  print() {
    const columns = families.map(({ networks, ...family }) => deviations(family, [100, 200, 400, 800, 1600], networks));
    const exponent = ({ exponent, error }: PowerLaw) => `${exponent.toFixed(3)} ± ${(error ?? 0).toFixed(3)}`;
    const rows = [
      ...Object.keys(falling).map((name) => [name, ...columns.map(({ exponents }) => exponent(exponents[name]))]),
      ...Object.keys(bounds).map((name) => [name, ...columns.map(({ ratios }) => `${digits(ratios[name])} times`)]),
    ];
    return {
      text: table(['quantity', ...families.map(({ d, m, gamma }) => `d = ${d}, m = ${m}, γ = ${gamma}`)], rows),
    };
  },
};
