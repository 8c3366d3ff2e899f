import type { Diagnosis } from '@qntk/core';
import { lossLine, lossOfMse, mean, meanLine } from '../curves.ts';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { type Domain, dashes, logarithmic, logDomain, size } from '../theme.ts';
import { optimizerLabel } from '../words/verdicts.ts';
import { familiesOf, familyKey, familyLayers } from './families.ts';
import { axes, horizontalAt, type Layer, verticalAt } from './layers.ts';
import type { Plot } from './plot.ts';

const title = 'Training loss against time';
/** A residual this far below the highest loss would only flatten the curves. */
const residualShown = 1e-8;
/** Residuals below are rounding. */
const negligible = 1e-20;

/** Forecast of the training loss along the steps, with real training on the same axes where there was some. */
export function lossPlot(diagnosis: Diagnosis): Plot {
  const { training, seeds } = diagnosis;
  const families = familiesOf(diagnosis, lossLine, meanLine);
  const all = families.flatMap((family) => [...family.lines.flat(), ...family.mean]);
  if (all.length === 0)
    return { title, missing: 'The training loss is zero from the start: there is no curve to draw.' };

  const residual = lossOfMse(diagnosis, mean(seeds.map((seed) => seed.frozen.residualMse)));
  const losses = all.map(({ y }) => y);
  const residualDrawn = residual > Math.max(...losses) * residualShown;
  const y = logDomain(residualDrawn ? [...losses, residual / 1.5] : losses, 10);
  const x = stepsDomain(
    all.map((point) => point.x),
    training.steps,
  );
  const trained = seeds.some((seed) => seed.verified);
  const last = families[0].mean.at(-1);

  return {
    name: 'loss',
    title,
    caption: html`${introduction(families.length)} ${residualSentence(residual, residualDrawn)}
      ${trained ? clockSentence(training) : ''}`,
    alt: `Training loss against steps on logarithmic axes. The forecast ends at a loss of ${formatNumber(last?.y ?? null)} after ${formatNumber(last?.x ?? null)} steps, mean over ${counted(seeds.length, 'initialisation')}.`,
    key: families.flatMap(familyKey),
    spec: {
      ...size,
      encoding: axes(
        logarithmic(x, `steps (time t = η × steps, η = ${formatNumber(training.rate)})`),
        logarithmic(y, lossTitle(training.loss)),
      ),
      layer: [
        ...(residualDrawn
          ? [
              horizontalAt(residual, {
                label: `residual of the frozen kernel ${formatNumber(residual)}`,
                end: 'left',
                below: true,
              }),
            ]
          : []),
        verticalAt(training.steps, { label: `budget: ${counted(training.steps, 'step')}`, end: 'top', side: 'left' }),
        ...earlyStop(diagnosis, x),
        ...families.flatMap(familyLayers),
      ],
    },
  };
}

function lossTitle(loss: 'mean' | 'sum'): string {
  return loss === 'mean' ? 'training loss, L = 1/(2m) Σ r²' : 'training loss, L = ½ Σ r²';
}

/** From a tenth of a step, before which hardly anything moves, to the end of the longest curve. */
export function stepsDomain(steps: readonly number[], budget: number): Domain {
  const drawn = logDomain([...steps, budget], 30);
  return { low: Math.max(drawn.low, Math.min(0.1, budget / 100)), high: drawn.high };
}

function introduction(families: number): string {
  const frozen = 'How the loss falls if the kernel stays what it is at initialisation';
  return families > 1 ? `${frozen}, and beside it what moves with the parameters.` : `${frozen}.`;
}

function residualSentence(residual: number, drawn: boolean): string {
  if (drawn) return 'The dashed line is what the frozen kernel never removes.';
  return residual > negligible
    ? `What the frozen kernel never removes, ${formatNumber(residual)}, lies below the figure.`
    : 'The frozen kernel can fit every training label.';
}

function clockSentence({ optimizer, rateMeaning }: Diagnosis['training']): string {
  if (rateMeaning === 'flow-time') return '';
  return `An iteration of ${optimizerLabel(optimizer)} is not a time t: iterations are drawn as steps, so compare where curves end, and Figure\u00a05.`;
}

/** The mean step at which test points are forecast best, where it comes before the end. */
function earlyStop({ seeds, training }: Diagnosis, { low, high }: Domain): Layer[] {
  const stops = seeds.flatMap((seed) => seed.earlyStop.steps ?? []);
  if (stops.length === 0) return [];
  const steps = mean(stops);
  if (steps <= low || steps > 0.9 * training.steps) return [];
  const label = `best on test points: ${counted(Math.round(steps), 'step')}`;
  const side = Math.log(steps / low) > 0.55 * Math.log(high / low) ? 'left' : 'right';
  return [verticalAt(steps, { label, end: 'bottom', side, dash: dashes.mark })];
}
