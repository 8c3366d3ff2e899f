// You et al.'s outlook: how the shape of the readout's spectrum changes the rate of convergence.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readoutFrom, terminalRate } from '@qntk/core';
import { chart } from './chart.mjs';
import { digits, qntk, table } from './qntk.mjs';

const levels = (count) => Array.from({ length: count }, (_, k) => 1 - (2 * k) / (count - 1));

/** Spectra from 1 to −1, each share of the dimension equal. */
const shapes = [
  { name: '±1', values: [1, -1] },
  { name: '1, 0, −1', values: [1, 0, -1] },
  { name: '1, 0 (six times), −1', values: [1, 0, 0, 0, 0, 0, 0, -1] },
  { name: '5 levels', values: levels(5) },
  { name: '33 levels', values: levels(33) },
];
const gammas = [1.05, 1.2, 1.5, 2, 3];
const d = 2 ** 12;
const m = 4;

const run = (values, ...args) =>
  qntk('dynamics asymptotic', undefined, '--spectrum', values.join(','), ...args.map(String));

/** The closed form of d → ∞ for a label 1, as a share of γ². */
function foretold(values, gamma) {
  const readout = readoutFrom(values.map((value) => ({ value: gamma * value, dimension: 2 ** 40 })));
  return terminalRate(readout, 1) / gamma ** 2;
}

export function spectraTable() {
  const points = [];
  const rows = shapes.map(({ name, values }) => [
    name,
    ...gammas.map((gamma) => {
      const rate = foretold(values, gamma);
      // Thirty times the time in which the slowest residual falls by e.
      const time = 60 / (rate * gamma ** 2);
      const { seeds } = run(values, '--d', d, '--m', m, '--gamma', gamma, '--seeds', 20, '--time', time);
      const found = seeds.map((seed) => seed.rate.value / gamma ** 2).sort((a, b) => a - b);
      points.push({ name, x: 1 / gamma, low: found[1], y: (found[9] + found[10]) / 2, high: found[18] });
      return `${digits(rate, 3)} / ${digits(points.at(-1).y, 3)}`;
    }),
  ]);
  const curves = shapes.map(({ name, values }) => ({
    name,
    line: Array.from({ length: 99 }, (_, k) => (k + 1) / 100).map((x) => ({ x, y: foretold(values, 1 / x) })),
    points: points.filter((point) => point.name === name),
  }));
  const file = fileURLToPath(new URL('../docs/spectra.svg', import.meta.url));
  writeFileSync(
    file,
    chart(curves, { x: 'label as a share of the readout’s range, 1/γ', y: 'terminal rate −d ln L/dt, divided by γ²' }),
  );
  return table(['spectrum', ...gammas.map((gamma) => `γ = ${gamma}`)], rows);
}

/** At γ = 1: the exponent of L ∝ t^−α, for one sample. */
export function edgeSpectraTable() {
  const times = [2, 20, 200];
  const rows = shapes.map(({ name, values }) => [
    name,
    ...times.map((time) => {
      const [{ exponent }] = run(values, '--d', '2^50', '--m', 1, '--seeds', 1, '--time', time).seeds;
      return exponent ? `${digits(exponent.value, 3)} ± ${digits(exponent.uncertainty)}` : '–';
    }),
  ]);
  return table(['spectrum', ...times.map((time) => `up to t = ${time}`)], rows);
}
