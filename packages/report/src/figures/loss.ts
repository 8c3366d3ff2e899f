import type { Diagnosis, Verdict } from '@qntk/core';
import { lossLine, lossOfMse, mean, meanLine, type Point } from '../curves.ts';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { colours, type Domain, logarithmic, logDomain, size } from '../theme.ts';
import { optimizerLabel } from '../words/verdicts.ts';
import { decadesOf, familiesOf, familyKey, familyLayers, pointsOf } from './families.ts';
import { axes, horizontalAt, type Layer, points, verticalAt } from './layers.ts';
import type { Plot } from './plot.ts';

const title = 'Training loss against time';
/** Initialisations whose samples are drawn: more would hide each other. */
const ringedSeeds = 5;
/** Of the frozen kernel, which may fall to rounding, at the least so much is shown. */
const leastDecades = 10;
/** A residual this far below the highest loss would only flatten the curves. */
const residualShown = 1e-8;
/** Residuals below are rounding. */
const negligible = 1e-20;

/** Forecast of the training loss along the steps, with real training on the same axes where there was some. */
export function lossPlot(diagnosis: Diagnosis): Plot {
  const { training, seeds, bottomLine } = diagnosis;
  const families = familiesOf(diagnosis, {
    pathOf: ({ everyStep, path }) => everyStep ?? path,
    lineOf: lossLine,
    meanOf: meanLine,
  });
  const sampled = seeds.slice(0, ringedSeeds).flatMap(({ curves }) => (curves.path ? lossLine(curves.path) : []));
  const all = [...pointsOf(families), ...sampled];
  if (all.length === 0)
    return { title, missing: 'The training loss is zero from the start: there is no curve to draw.' };

  const residual = lossOfMse(diagnosis, mean(seeds.map((seed) => seed.frozen.residualMse)));
  const losses = all.map(({ y }) => y);
  const limit = certifiedLoss(diagnosis);
  // Where both are the same but for a little, one line says it.
  const atLimit = limit !== undefined && Math.abs(residual - limit) < 0.1 * limit;
  const residualDrawn = !atLimit && residual > Math.max(...losses) * residualShown;
  const end = endInterval(diagnosis);
  const levels = [...(residualDrawn ? [residual] : []), ...(limit === undefined ? [] : [limit])];
  const depth = decadesOf(families, ({ y }) => y, leastDecades);
  const y = logDomain([...losses, ...levels.map((level) => level / 1.5), ...(end ? [end.high] : [])], depth);
  const x = stepsDomain(
    all.map((point) => point.x),
    training.steps,
  );
  const trained = seeds.some(({ verified, curves }) => verified ?? curves.trained);
  const last = families[0].mean.at(-1);

  return {
    name: 'loss',
    title,
    caption: html`${bottomLine.changesBasis === 'forecast' ? 'How the loss is forecast to fall' : 'How the loss falls'}, and how it would if the kernel stayed what it is at initialisation.
      ${sampledSentence(diagnosis, sampled)} ${limit === undefined ? '' : limitSentence} ${atLimit ? 'What the frozen kernel never removes is about the same.' : residualSentence(residual, residualDrawn)} ${clockSentence(diagnosis, trained)} ${below(losses, y)}`,
    alt: `Training loss against steps on logarithmic axes. The ${families[0].label} ends at a loss of ${formatNumber(last?.y ?? null)} after ${formatNumber(last?.x ?? null)} steps, mean over ${counted(seeds.length, 'initialisation')}.`,
    key: [
      ...families.flatMap(familyKey),
      ...(sampled.length > 0
        ? [{ label: ringLabel(seeds.length), colour: colours.forecast, look: 'ring' } as const]
        : []),
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
          ? [level(residual, `residual of the frozen kernel ${formatNumber(residual)}`, limit ?? Infinity)]
          : []),
        ...(limit === undefined
          ? []
          : [
              level(
                limit,
                `certified: no training below ${formatNumber(limit)}`,
                residualDrawn ? residual : Infinity,
                colours.ink,
              ),
            ]),
        verticalAt(training.steps, { label: `budget: ${counted(training.steps, 'step')}`, end: 'top', side: 'left' }),
        ...(end ? [endBand(training.steps, end, y.low)] : []),
        ...families.flatMap(familyLayers),
        ...(sampled.length > 0
          ? [points(sampled, { colour: colours.forecast, shape: 'circle', size: 20, filled: false })]
          : []),
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

/** The loss that no training gets below, where a verdict tells its error. */
function certifiedLoss(diagnosis: Diagnosis): number | undefined {
  const told = diagnosis.verdicts.find((verdict): verdict is Verdict<'limit'> => verdict.code === 'limit');
  return told && lossOfMse(diagnosis, told.evidence.certified);
}

const limitSentence =
  'No training gets below the certified limit, whatever its angles; the frozen kernel is no circuit, and may.';

/** A level labelled on the side that is away from the other one. */
function level(loss: number, label: string, other: number, colour?: string): Layer {
  return horizontalAt(loss, { label, end: 'left', below: loss < other, ...(colour && { colour }) });
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
  if (drawn) return 'The residual is what the frozen kernel never removes.';
  return residual > negligible
    ? `What the frozen kernel never removes, ${formatNumber(residual)}, lies below the figure.`
    : 'The frozen kernel can fit every training label.';
}

/** Said where a curve leaves the figure. */
export const below = (values: readonly number[], { low }: Domain): string =>
  values.some((value) => value < low) ? 'What goes on beyond the figure is the frozen kernel.' : '';

function ringLabel(count: number): string {
  return `the network itself${count > ringedSeeds ? ` (first ${ringedSeeds} of ${count})` : ''}`;
}

/** What stands between the places where the network was evaluated. */
function sampledSentence({ seeds }: Diagnosis, sampled: readonly Point[]): string {
  if (sampled.length === 0) return '';
  const between = seeds.some(({ curves }) => curves.everyStep)
    ? 'the line between them, to its end, is that of its model, which may be off by as much as they are apart'
    : 'lines connect them';
  return `Rings are the network itself, where the forecast evaluates it; ${between}.`;
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
  const frozen = `The frozen kernel takes steps of gradient descent${trained ? ', so compare where curves end, and test points at equal training loss' : ''}.`;
  return `${samples} ${frozen}`;
}
