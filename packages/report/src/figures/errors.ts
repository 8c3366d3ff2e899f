import type { Diagnosis } from '@qntk/core';
import { errorLine, firstPassage, meanLine, type Point } from '../curves.ts';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { logarithmic, logDomain, size } from '../theme.ts';
import { decadesOf, familiesOf, familyKey, familyLayers, pointsOf } from './families.ts';
import { axes } from './layers.ts';
import { below } from './loss.ts';
import type { Plot } from './plot.ts';

const title = 'Test points at equal training loss';

/** Of the frozen kernel, whose loss may fall to rounding, at the least so much is shown. */
const leastDecades = 8;

const besideTrained = {
  forecast: 'Where the trained network lies on the forecast, the forecast holds, whatever the optimiser.',
  measured: 'Where the trained network leaves the frozen kernel, test points feel that its kernel has changed.',
};
const untrained =
  'Where a curve turns upwards, fitting on costs on test points; a trained network can be laid on these axes, whatever its optimiser.';

/** Test error against training loss: no clock enters, so that any optimiser can be laid beside the forecast. */
export function errorsPlot(diagnosis: Diagnosis): Plot {
  const { data, seeds } = diagnosis;
  if (data.test === 0) return { title, missing: 'There are no test points to compare on.' };
  const families = familiesOf(diagnosis, {
    pathOf: ({ path }) => path,
    lineOf: errorLine,
    meanOf: meanAtEqualLoss,
  });
  const all = pointsOf(families);
  if (all.length === 0)
    return { title, missing: 'Training loss or test error is zero from the start: there is no curve to draw.' };
  const x = logDomain(
    all.map((point) => point.x),
    decadesOf(families, (point) => point.x, leastDecades),
  );
  const y = logDomain(all.filter((point) => point.x >= x.low).map((point) => point.y));
  const end = families[0].mean[0];
  const trained = seeds.some(({ verified, curves }) => verified ?? curves.trained);

  return {
    name: 'errors',
    title,
    caption: html`Training runs from left to right. ${trained ? besideTrained[diagnosis.bottomLine.changesBasis] : untrained} ${below(
      all.map((point) => point.x),
      x,
    )}`,
    alt: `Mean squared error on test points against training loss, on logarithmic axes. The ${families[0].label} ends at a training loss of ${formatNumber(end?.x ?? null)} with a test error of ${formatNumber(end?.y ?? null)}, mean over ${counted(seeds.length, 'initialisation')}.`,
    key: families.flatMap(familyKey),
    spec: {
      ...size,
      encoding: axes(
        logarithmic(x, 'training loss L (falling to the right)', { reverse: true }),
        logarithmic(y, 'mean squared error on test points'),
      ),
      layer: families.flatMap(familyLayers),
    },
  };
}

function meanAtEqualLoss(lines: readonly Point[][]): Point[] {
  return meanLine(lines.map(firstPassage));
}
