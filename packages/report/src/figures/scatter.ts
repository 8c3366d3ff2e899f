import type { Diagnosis } from '@qntk/core';
import { thin } from '../curves.ts';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { colours, dashes, size } from '../theme.ts';
import { answersKey, bar, errorBars } from './errorbars.ts';
import { axes, lines, points } from './layers.ts';
import type { Plot } from './plot.ts';
import { sourceOf } from './source.ts';
import type { TestPoint } from './test-point.ts';

const shownPoints = 300;

/** Several features or outputs: answer against label. */
export function scatterPlot(diagnosis: Diagnosis, testPoints: readonly TestPoint[]): Plot {
  const { data, seeds, training, model } = diagnosis;
  const shown = thin(testPoints, shownPoints);
  const several = seeds.length > 1;
  const source = sourceOf(diagnosis);
  const trained = shown.flatMap(({ label, trained }) => (trained === undefined ? [] : [{ x: label, y: trained }]));
  const labels = shown.map(({ label }) => label);
  const ends = [Math.min(...labels), Math.max(...labels)].map((value) => ({ x: value, y: value }));

  return {
    name: 'test',
    title: source.title,
    caption: html`The nearer to the diagonal, the better the answer after ${counted(training.steps, 'step')}.
      ${model.outputs > 1 ? `All ${counted(model.outputs, 'output')} are drawn together.` : ''}
      ${testPoints.length > shownPoints ? `${shownPoints} of ${formatNumber(data.test * model.outputs)} are drawn.` : ''}`,
    alt: `Output (${source.name}) against label for ${counted(data.test, 'test point')}, with the diagonal on which both are equal.`,
    key: answersKey(source, several, trained.length > 0),
    spec: {
      ...size,
      encoding: axes(
        { scale: { zero: false, padding: 8 }, axis: { title: 'label', grid: false } },
        { scale: { zero: false, padding: 8 }, axis: { title: 'output' } },
      ),
      layer: [
        lines([ends], { colour: colours.soft, dash: dashes.level }),
        ...(several
          ? [
              errorBars(
                shown.map(({ label, forecast }) => bar(label, forecast)),
                source.colour,
              ),
            ]
          : []),
        points(trained, { colour: colours.trained, shape: 'diamond', size: 44, filled: false }),
        points(
          shown.map(({ label, forecast }) => ({ x: label, y: forecast.mean })),
          { colour: source.colour, shape: 'circle', size: 40, filled: true },
        ),
      ],
    },
  };
}
