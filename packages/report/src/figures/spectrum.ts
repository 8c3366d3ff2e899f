import type { Diagnosis } from '@qntk/core';
import { lossOfMse, mean, type Point, shownSeeds, thin, weightOf } from '../curves.ts';
import { counted, formatNumber, formatShare } from '../format.ts';
import { html } from '../html.ts';
import { colours, type Domain, logarithmic, logDomain, size } from '../theme.ts';
import { axes, horizontalAt, type Layer, lines, points } from './layers.ts';
import type { Plot } from './plot.ts';

const title = 'Kernel spectrum';
/** Up to so many points in all are drawn as dots as well. */
const dotted = 400;
/** Lines this many times away from the eigenvalues are still drawn. */
const near = 1e4;

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
  const budget = 1 / (weightOf(diagnosis) * training.rate * training.steps);
  const domain = domainOf(all, cutoff, budget);
  const inside = (y: number) => y > domain.low && y < domain.high;
  const modes = Math.max(...all.map(({ x }) => x));
  const ranks = seeds.map((seed) => seed.rank);
  const learned = seeds.map(({ frozen }) => frozen.learnedModes);
  // Eigenvalues lie above the line where modes are learned, and below it beyond these: its label takes the longer free side.
  const lateCrossing = Math.max(...learned) > 0.5 * modes;

  const layer: Layer[] = [
    ...(inside(budget)
      ? [
          horizontalAt(budget, {
            label: `learned in ${counted(training.steps, 'step')} ↑`,
            end: lateCrossing ? 'left' : 'right',
            below: lateCrossing && Math.max(...learned) < modes,
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
    caption: html`The higher an eigenvalue, the sooner its mode is learned. ${learnedSentence(learned, ranks, training.steps)}
      ${sharesSentence(diagnosis)} ${cutoffSentence(cutoff, inside(cutoff), modes - Math.min(...ranks))}`,
    alt: `Eigenvalues of the tangent kernel in descending order, for ${counted(seeds.length, 'initialisation')}; the largest is ${formatNumber(Math.max(...all.map(({ y }) => y)))}, and ${range(ranks)} of ${formatNumber(modes)} lie above the cut-off for rounding.`,
    key: [{ label: keyLabel(seeds.length), colour: colours.forecast, look: 'line' }],
    spec: {
      ...size,
      encoding: axes(
        {
          scale: { domain: [0.5, modes + 0.5], nice: false },
          axis: { title: 'mode, by eigenvalue', grid: false, tickMinStep: 1 },
        },
        logarithmic(domain, 'eigenvalue λ of K = JJᵀ'),
      ),
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

/**
 * From the largest eigenvalue down to the smallest above the cut-off. Cut-off and budget line are taken in where they
 * are near; twenty empty decades down to the rounding would flatten everything that matters.
 */
function domainOf(all: readonly Point[], cutoff: number, budget: number): Domain {
  const above = all.filter(({ y }) => y > cutoff).map(({ y }) => y);
  const heights = above.length > 0 ? above : all.map(({ y }) => y);
  const low = Math.min(...heights) / near;
  const high = Math.max(...heights) * near;
  const lines = [cutoff / 3, budget].filter((y) => y > low && y < high);
  return logDomain([...heights, ...lines], 40);
}

function learnedSentence(learned: readonly number[], ranks: readonly number[], steps: number): string {
  const verb = Math.max(...learned) === 1 ? 'is' : 'are';
  const modes = Math.max(...ranks) === 1 ? 'mode' : 'modes';
  return `Of ${range(ranks)} ${modes}, ${range(learned)} ${verb} learned by the frozen kernel within ${counted(steps, 'step')}: their residual falls to 1/e.`;
}

/** What the modes hold of these labels: the loss that the frozen kernel removes in time, later and never. */
function sharesSentence(diagnosis: Diagnosis): string {
  const { seeds } = diagnosis;
  const shares = seeds.map(({ curves, frozen }) => {
    const [start] = curves.frozen.trainLoss;
    const [left, never] = [frozen.forecast.trainMse, frozen.residualMse].map(
      (mse) => lossOfMse(diagnosis, mse) / start,
    );
    return { left, never };
  });
  if (shares.some(({ left, never }) => !Number.isFinite(left + never))) return '';
  const [left, never] = [mean(shares.map((one) => one.left)), mean(shares.map((one) => one.never))];
  return `For these labels: of the training loss at the start the frozen kernel removes ${partText(1 - left)} in that time, ${partText(left - never)} lies in slower modes, ${partText(never)} in none.`;
}

const partText = (share: number): string => (share < 5e-4 ? 'next to nothing' : formatShare(share));

function cutoffSentence(cutoff: number, shown: boolean, beneath: number): string {
  const [count, lie] = beneath === 1 ? ['counts', 'lies'] : ['count', 'lie'];
  const rest = beneath > 0 ? ` with ${counted(beneath, 'eigenvalue')} beneath it that ${count} as zero` : '';
  if (!shown) return `The cut-off for rounding, ${formatNumber(cutoff)}, lies below the figure${rest && `,${rest}`}.`;
  return beneath > 0 ? `Below the cut-off ${lie} ${counted(beneath, 'eigenvalue')}, which ${count} as zero.` : '';
}

function range(counts: readonly number[]): string {
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  return least === most ? formatNumber(least) : `${formatNumber(least)} to ${formatNumber(most)}`;
}
