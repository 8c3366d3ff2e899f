import type { Diagnosis } from '@qntk/core';
import { lossLine, lossOfMse, mean, meanLine } from '../curves.ts';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { colours, type Domain, logarithmic, logDomain, size } from '../theme.ts';
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
  const families = familiesOf(diagnosis, {
    pathOf: ({ everyStep, path }) => everyStep ?? path,
    lineOf: lossLine,
    meanOf: meanLine,
  });
  const all = families.flatMap((family) => [...family.lines.flat(), ...family.mean]);
  if (all.length === 0)
    return { title, missing: 'The training loss is zero from the start: there is no curve to draw.' };

  const residual = lossOfMse(diagnosis, mean(seeds.map((seed) => seed.frozen.residualMse)));
  const losses = all.map(({ y }) => y);
  const residualDrawn = residual > Math.max(...losses) * residualShown;
  const end = endInterval(diagnosis);
  const y = logDomain([...losses, ...(residualDrawn ? [residual / 1.5] : []), ...(end ? [end.high] : [])], 10);
  const x = stepsDomain(
    all.map((point) => point.x),
    training.steps,
  );
  const trained = seeds.some((seed) => seed.verified);
  const last = families[0].mean.at(-1);

  return {
    name: 'loss',
    title,
    caption: html`How the loss is forecast to fall, and how it would if the kernel stayed what it is at initialisation.
      ${residualSentence(residual, residualDrawn)} ${clockSentence(diagnosis, trained)}`,
    alt: `Training loss against steps on logarithmic axes. The ${families[0].label} ends at a loss of ${formatNumber(last?.y ?? null)} after ${formatNumber(last?.x ?? null)} steps, mean over ${counted(seeds.length, 'initialisation')}.`,
    key: [
      ...families.flatMap(familyKey),
      ...(end ? [{ label: 'where it ends, nine times in ten', colour: colours.forecast, look: 'band' } as const] : []),
    ],
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
        ...(end ? [endBand(training.steps, end, y.low)] : []),
        ...families.flatMap(familyLayers),
      ],
    },
  };
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** The interval of the loss at the budget, means over the initialisations; undefined where the forecast has none. */
function endInterval(diagnosis: Diagnosis): Ends | undefined {
  const intervals = diagnosis.seeds.flatMap(({ forecast }) =>
    forecast.interval?.trainMse ? [forecast.interval.trainMse] : [],
  );
  if (intervals.length < diagnosis.seeds.length) return undefined;
  const [low, high] = ([0, 1] as const).map((end) => lossOfMse(diagnosis, mean(intervals.map((one) => one[end]))));
  return { low, high };
}

/** A band at the budget, where alone the interval is known to hold; as far down as the figure goes where it begins at 0. */
function endBand(steps: number, { low, high }: Ends, bottom: number): Layer {
  return {
    data: { values: [{ x: steps, y: Math.max(low, bottom), high }] },
    mark: { type: 'rule', color: colours.forecast, strokeWidth: 9, opacity: 0.28, clip: true },
    encoding: { y2: { field: 'high' } },
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

function residualSentence(residual: number, drawn: boolean): string {
  if (drawn) return 'The dashed line is what the frozen kernel never removes.';
  return residual > negligible
    ? `What the frozen kernel never removes, ${formatNumber(residual)}, lies below the figure.`
    : 'The frozen kernel can fit every training label.';
}

/** What a step is where it is not one of the optimiser's. */
function clockSentence({ training, seeds }: Diagnosis, trained: boolean): string {
  const { optimizer, rateMeaning } = training;
  if (rateMeaning === 'flow-time') return '';
  const name = optimizerLabel(optimizer);
  const samples =
    rateMeaning === 'none' && seeds.some(({ curves }) => curves.path)
      ? `The forecast counts iterations of ${name} on its model, of which it makes more than the network takes.`
      : '';
  const frozen = `The frozen kernel takes steps of gradient descent${trained ? ', so compare where curves end, and Figure\u00a05' : ''}.`;
  return `${samples} ${frozen}`;
}
