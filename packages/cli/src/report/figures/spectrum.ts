import type { Diagnosis } from '@qntk/core';
import { lossWeight, mean, type Point, shownSeeds, thin } from '../curves.ts';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { colours, logarithmic, logDomain, size } from '../theme.ts';
import { horizontalAt, type Layer, lines, points } from './layers.ts';
import type { Plot } from './plot.ts';

const title = 'Kernel spectrum';
/** Up to so many points in all are drawn as dots as well. */
const dotted = 400;

/** Eigenvalues of every initialisation, with the cut-off and the smallest one that is learned within the budget. */
export function spectrumPlot(diagnosis: Diagnosis): Plot {
  const { seeds, training } = diagnosis;
  const drawn = seeds
    .slice(0, shownSeeds)
    .map((seed) => thin(seed.spectrum.map((y, i) => ({ x: i + 1, y })).filter(({ y }) => y > 0)));
  const all = drawn.flat();
  if (all.length === 0)
    return { title, missing: 'All eigenvalues are zero: the outputs do not depend on the parameters.' };

  const cutoff = mean(seeds.map((seed) => seed.cutoff));
  const budget = 1 / (lossWeight(diagnosis) * training.rate * training.steps);
  const heights = all.map(({ y }) => y);
  // Below the cut-off lies rounding: a little of it shows that there is some, all of it would only flatten the rest.
  const domain = logDomain(cutoff > 0 ? heights.map((y) => Math.max(y, cutoff / 100)) : heights, 40);
  const inside = (y: number) => y > domain.low && y < domain.high;
  const modes = Math.max(...all.map(({ x }) => x));
  const learned = seeds.map((seed) => seed.learnedModes);

  const layer: Layer[] = [
    ...(inside(budget)
      ? [
          horizontalAt(budget, {
            label: `learned within ${counted(training.steps, 'step')} above this line`,
            end: 'left',
          }),
        ]
      : []),
    ...(inside(cutoff)
      ? [horizontalAt(cutoff, { label: 'cut-off: rounding below', end: 'left', colour: colours.ink, below: true })]
      : []),
    lines(drawn, { colour: colours.forecast, width: 1.2, opacity: drawn.length > 1 ? 0.55 : 1 }),
    ...(all.length <= dotted ? [dots(all)] : []),
  ];
  return {
    name: 'spectrum',
    title,
    caption: html`The higher an eigenvalue, the sooner its mode is learned. ${learnedSentence(learned, modes, training.steps)}
      ${inside(cutoff) ? '' : 'The cut-off for rounding lies below the figure.'}`,
    alt: `Eigenvalues of the tangent kernel in descending order, from ${formatNumber(Math.max(...heights))} down to ${formatNumber(Math.min(...heights))}, for ${counted(seeds.length, 'initialisation')}.`,
    key: [{ label: keyLabel(seeds.length), colour: colours.forecast, look: 'line' }],
    spec: {
      ...size,
      encoding: {
        x: {
          field: 'x',
          type: 'quantitative',
          scale: { domain: [0.5, modes + 0.5], nice: false },
          axis: { title: 'mode, by eigenvalue', grid: false, tickMinStep: 1 },
        },
        y: { field: 'y', type: 'quantitative', ...logarithmic(domain, 'eigenvalue λ of K = JJᵀ') },
      },
      layer,
    },
  };
}

function dots(all: readonly Point[]): Layer {
  return points(all, { colour: colours.forecast, shape: 'circle', size: 26, filled: true });
}

function keyLabel(count: number): string {
  if (count === 1) return 'eigenvalues';
  return count > shownSeeds ? `one initialisation each (first ${shownSeeds} of ${count})` : 'one initialisation each';
}

function learnedSentence(learned: readonly number[], modes: number, steps: number): string {
  const least = Math.min(...learned);
  const most = Math.max(...learned);
  const range = least === most ? formatNumber(least) : `${formatNumber(least)} to ${formatNumber(most)}`;
  return `Of ${counted(modes, 'mode')}, ${range} ${most === 1 ? 'is' : 'are'} learned within ${counted(steps, 'step')}: their residual falls to 1/e.`;
}
