import type { Diagnosis } from '@qntk/core';
import { thin, weightOf } from '../curves.ts';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { colours, logarithmic, size } from '../theme.ts';
import { axes, type Layer, verticalAt } from './layers.ts';
import { stepsDomain } from './loss.ts';
import type { Plot } from './plot.ts';

const title = 'When the frozen kernel learns each mode';
/** Rows of the figure; more modes than this share them. */
const rows = 60;

/** Shares of a mode between which the shade changes. Four shades tell as much as a continuum, exactly and lightly. */
const shades = [
  { from: 0.1, to: 0.5, colour: colours.some, label: '10–50 % learned' },
  { from: 0.5, to: 0.9, colour: colours.most, label: '50–90 %' },
  { from: 0.9, to: 1, colour: colours.all, label: 'over 90 %' },
] as const;

interface Mode {
  readonly number: number;
  /** Geometric mean over the initialisations. */
  readonly lambda: number;
}

/** Share learned of every mode along the steps, 1 − exp(−wλη·steps). */
export function modesPlot(diagnosis: Diagnosis): Plot {
  const { seeds, training, data, model } = diagnosis;
  const all = modesOf(diagnosis);
  if (all.length === 0) return { title, missing: 'All eigenvalues are zero: no mode is ever learned.' };
  const outputs = data.train * model.outputs;
  const weight = weightOf(diagnosis) * training.rate;
  const shown = thin(all, rows);
  const x = stepsDomain([0.1, 100 * training.steps], training.steps);
  const height = all.length / shown.length / 2;
  // Rows too low for a gap between them overlap a little, or hairlines would show where they meet.
  const gaps = shown.length <= 30;
  const overlap = gaps ? 1 : 1.5;
  const bars = shown.flatMap(({ number, lambda }) =>
    shades.flatMap(({ from, to, colour }) => {
      const start = Math.max(stepsTo(from, weight * lambda), x.low);
      const end = Math.min(stepsTo(to, weight * lambda), x.high);
      return start < end ? [{ x: start, end, y: number - height, bottom: number + overlap * height, colour }] : [];
    }),
  );
  const never = outputs - all.length;
  // Directions without a mode take at most as much room as the modes.
  const last = Math.min(all.length + Math.max(never, 0), 2 * all.length);

  return {
    name: 'modes',
    title,
    caption: html`Each row is a mode of the kernel; its colour grows as it is learned. What has none yet at the budget line takes more steps${
      never > 0
        ? `; ${formatNumber(never)} of ${formatNumber(outputs)} directions in label space have no mode: the frozen kernel never learns them`
        : ''
    }. ${seeds.length > 1 ? 'Eigenvalues are the geometric mean over the initialisations.' : ''}`,
    alt: `Share learned of ${counted(all.length, 'mode')} against steps. The first mode is half learned after ${formatNumber(stepsTo(0.5, weight * all[0].lambda))} steps, the last after ${formatNumber(stepsTo(0.5, weight * all[all.length - 1].lambda))}.`,
    key: shades.map(({ label, colour }) => ({ label, colour, look: 'box' })),
    spec: {
      ...size,
      encoding: axes(
        logarithmic(x, `steps (time t = η × steps, η = ${formatNumber(training.rate)})`, { grid: false }),
        {
          scale: { domain: [0.5, last + 0.5], reverse: true, nice: false, zero: false },
          axis: {
            title: 'mode, by eigenvalue',
            grid: false,
            tickMinStep: 1,
            // Below the last mode there is none to number.
            labelExpr: `datum.value <= ${all.length} ? datum.label : ''`,
          },
        },
      ),
      layer: [
        {
          data: { values: bars },
          mark: { type: 'rect', clip: true, stroke: colours.page, strokeWidth: gaps ? 0.5 : 0 },
          encoding: {
            x2: { field: 'end' },
            y2: { field: 'bottom' },
            fill: { field: 'colour', type: 'nominal', scale: null },
          },
        },
        ...(never > 0.1 * outputs ? [neverLearned(all.length, never, last)] : []),
        verticalAt(training.steps, {
          label: `budget: ${counted(training.steps, 'step')}`,
          end: 'above',
          side: 'right',
        }),
      ],
    },
  };
}

/** Says why the lower part of the figure is empty. */
function neverLearned(modes: number, never: number, last: number): Layer {
  return {
    data: {
      values: [
        {
          y: (modes + last + 1) / 2,
          label: `${formatNumber(never)} directions without a mode`,
        },
      ],
    },
    mark: { type: 'text', align: 'left', color: colours.soft },
    encoding: { text: { field: 'label' }, x: { value: 10 } },
  };
}

/** Steps after which a share of the mode is learned. */
function stepsTo(share: number, rate: number): number {
  return -Math.log1p(-share) / rate;
}

/** Modes above the cut-off in every initialisation. */
function modesOf({ seeds }: Diagnosis): Mode[] {
  const count = Math.min(...seeds.map((seed) => seed.rank));
  return Array.from({ length: count }, (_, i) => ({
    number: i + 1,
    lambda: Math.exp(seeds.reduce((sum, seed) => sum + Math.log(seed.spectrum[i]), 0) / seeds.length),
  }));
}
