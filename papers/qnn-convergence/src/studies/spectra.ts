import {
  type Decay,
  defaultLabels,
  fitDecay,
  haarState,
  limitFollower,
  limitProblem,
  orthonormalInputs,
  type Readout,
  random,
  readoutFrom,
  terminalRate,
  timesTo,
} from '@qntk/core';
import { digits, type Study, table } from '../../../table.ts';
import { chart, type MedianPoint } from './chart.ts';

const equidistant = (count: number) => Array.from({ length: count }, (_, k) => 1 - (2 * k) / (count - 1));

/** Spectra from 1 to −1 whose entries share the dimension equally. */
export const shapes = [
  { name: '±1', values: [1, -1] },
  { name: '1, 0, −1', values: [1, 0, -1] },
  { name: '1, 0 (six times), −1', values: [1, 0, 0, 0, 0, 0, 0, -1] },
  { name: '5 eigenvalues', values: equidistant(5) },
  { name: '33 eigenvalues', values: equidistant(33) },
] as const;

/** γM₀ in dimension d; what equal shares leave over goes to the middle, so that there is no trace. */
function readoutOfShape(d: number, values: readonly number[], gamma: number): Readout {
  const share = Math.floor(d / values.length);
  const middle = Math.floor(values.length / 2);
  return readoutFrom(
    values.map((value, k) => ({
      value: gamma * value,
      dimension: share + (k === middle ? d - share * values.length : 0),
    })),
  );
}

/** How the loss of the limit p → ∞ ends, for each of the first `seeds` starts; labels ±1. */
function endsOfRuns(
  { d, m, values, gamma }: { d: number; m: number; values: readonly number[]; gamma: number },
  seeds: number,
  end: number,
): (Decay | null)[] {
  const problem = limitProblem(readoutOfShape(d, values, gamma), orthonormalInputs(m), [...defaultLabels(m)]);
  const follow = limitFollower(problem);
  const times = Float64Array.from(timesTo(end));
  return Array.from({ length: seeds }, (_, seed) => {
    const { loss } = follow(haarState(problem, random(seed)), times);
    return fitDecay(times, loss);
  });
}

/** The closed form of d → ∞ for a label 1, as a share of γ². */
export function limitRate(values: readonly number[], gamma: number): number {
  return terminalRate(readoutOfShape(2 ** 40 * values.length, values, gamma), 1) / gamma ** 2;
}

const gammas = [1.05, 1.2, 1.5, 2, 3];
const [d, m, seeds] = [2 ** 12, 4, 20];

/** Terminal rates of some runs over γ², ascending. */
export function terminalRates(values: readonly number[], gamma: number, count = seeds): number[] {
  // Thirty times the time in which the slowest residual falls by e.
  const end = 60 / (limitRate(values, gamma) * gamma ** 2);
  const ends = endsOfRuns({ d, m, values, gamma }, count, end);
  return ends.flatMap((decay) => (decay ? [decay.rate.value / gamma ** 2] : [])).sort((a, b) => a - b);
}

export const spectrumStudy: Study = {
  name: 'spectra',
  title: 'The shape of the spectrum',
  print() {
    const points: (MedianPoint & { readonly name: string })[] = [];
    const rows = shapes.map(({ name, values }) => [
      name,
      ...gammas.map((gamma) => {
        const found = terminalRates(values, gamma);
        const median = (found[9] + found[10]) / 2;
        points.push({ name, x: 1 / gamma, low: found[1], y: median, high: found[18] });
        return `${digits(limitRate(values, gamma), 3)} / ${digits(median, 3)}`;
      }),
    ]);
    const curves = shapes.map(({ name, values }) => ({
      name,
      line: Array.from({ length: 99 }, (_, k) => (k + 1) / 100).map((x) => ({ x, y: limitRate(values, 1 / x) })),
      points: points.filter((point) => point.name === name),
    }));
    const titles = { x: 'label as a share of the readout’s range, 1/γ', y: 'terminal rate −d ln L/dt, divided by γ²' };
    return {
      text: table(['spectrum', ...gammas.map((gamma) => `γ = ${gamma}`)], rows),
      files: { 'spectra.svg': chart(curves, titles) },
    };
  },
};

/** At γ = 1: α of L ∝ t^−α for one sample, fitted up to a time. */
export function edgeExponent(values: readonly number[], end: number): Decay['exponent'] {
  return endsOfRuns({ d: 2 ** 50, m: 1, values, gamma: 1 }, 1, end)[0]?.exponent ?? null;
}

export const edgeSpectrumStudy: Study = {
  name: 'edge-spectra',
  title: 'The shape of the spectrum, labels at its edge',
  print() {
    const ends = [2, 20, 200];
    const rows = shapes.map(({ name, values }) => [
      name,
      ...ends.map((end) => {
        const exponent = edgeExponent(values, end);
        return exponent ? `${digits(exponent.value, 3)} ± ${digits(exponent.uncertainty)}` : '–';
      }),
    ]);
    return { text: table(['spectrum', ...ends.map((end) => `up to t = ${end}`)], rows) };
  },
};
