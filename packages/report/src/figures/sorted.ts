import type { Diagnosis } from '@qntk/core';
import { thin } from '../curves.ts';
import { counted, formatShare, formatTick } from '../format.ts';
import { html } from '../html.ts';
import { colours, size } from '../theme.ts';
import { answersKey, bar, errorBars } from './errorbars.ts';
import { axes, horizontalAt, type Layer, points } from './layers.ts';
import { listedNote } from './listed.ts';
import type { Plot } from './plot.ts';
import { sourceOf } from './source.ts';
import type { TestPoint } from './test-point.ts';

/** Places along the figure; more points than this are thinned. */
const shownPoints = 160;

interface TwoClasses {
  /** Label values. */
  readonly low: number;
  readonly high: number;
  /** Their names, in that order. */
  readonly names: readonly string[];
}

interface Place {
  readonly x: number;
  readonly point: TestPoint;
}

/** Two classes with one output: test points in the order of class and answer, so that wrong answers stand out. */
export function sortedPlot(diagnosis: Diagnosis, testPoints: readonly TestPoint[], classes: TwoClasses): Plot {
  const { data, seeds, training } = diagnosis;
  const { low, high, names } = classes;
  const middle = (low + high) / 2;
  const order = [...testPoints].sort((a, b) => a.label - b.label || a.forecast.mean - b.forecast.mean);
  const places = thin(order, shownPoints).map((point, i) => ({ x: i + 1, point }));
  const lower = places.filter(({ point }) => point.label === low);
  const upper = places.filter(({ point }) => point.label === high);
  const right = testPoints.filter(({ label, forecast }) => label === (forecast.mean >= middle ? high : low)).length;
  const trained = places.flatMap(({ x, point }) => (point.trained === undefined ? [] : [{ x, y: point.trained }]));
  const several = seeds.length > 1;
  const bars = places.map(({ x, point }) => bar(x, point.forecast));
  // Labels in sight: outputs that are all alike would else fill the figure.
  const inSight = [low, high, ...trained.map(({ y }) => y), ...bars.flatMap((one) => [one.low, one.high])];
  const source = sourceOf(diagnosis);

  return {
    name: 'test',
    title: source.title,
    caption: html`Each place is a test point, by class and answer; an answer on the wrong side of the line is a wrong
      class. After ${counted(training.steps, 'step')} the ${several ? 'mean ' : ''}${source.name} has ${formatShare(right / testPoints.length)} right.
      ${testPoints.length > shownPoints ? `${counted(shownPoints, 'point')} are drawn.` : ''} ${listedNote(diagnosis)}`,
    alt: `Outputs (${source.name}) of ${counted(data.test, 'test point')} sorted by class, ${formatShare(right / testPoints.length)} on the right side of the decision line.`,
    key: answersKey(source, several, trained.length > 0),
    spec: {
      ...size,
      encoding: axes(
        {
          scale: { domain: [0, places.length + 1], nice: false },
          axis: { title: 'test points, by class, then by answer', labels: false, ticks: false, grid: false },
        },
        {
          scale: { domain: [Math.min(...inSight), Math.max(...inSight)], zero: false, padding: 14 },
          axis: { title: 'output', tickCount: 6 },
        },
      ),
      layer: [
        horizontalAt(middle, { label: '', end: 'left' }),
        ...divider(lower.length, upper.length),
        ...className(lower, names[0], low, 9),
        ...className(upper, names[1], high, size.height - 9),
        ...(several ? [errorBars(bars, source.colour)] : []),
        points(trained, { colour: colours.trained, shape: 'diamond', size: 40, filled: false }),
        points(
          places.map(({ x, point }) => ({ x, y: point.forecast.mean })),
          { colour: source.colour, shape: 'circle', size: 38, filled: true },
        ),
      ],
    },
  };
}

function divider(lower: number, upper: number): Layer[] {
  if (lower === 0 || upper === 0) return [];
  return [
    {
      data: { values: [{ x: lower + 0.5 }] },
      mark: { type: 'rule', color: colours.faint },
      encoding: { y: { value: 0 }, y2: { value: size.height } },
    },
  ];
}

/** Name of a class above or below its points, on the side of the decision line that they should not be on. */
function className(places: readonly Place[], name: string, label: number, y: number): Layer[] {
  if (places.length === 0) return [];
  const centre = (places[0].x + places[places.length - 1].x) / 2;
  return [
    {
      data: {
        values: [
          {
            x: centre,
            text: Number(name) === label ? `class ${formatTick(label)}` : `class ${name} (label ${formatTick(label)})`,
          },
        ],
      },
      mark: { type: 'text', align: 'center', color: colours.ink, limit: size.width / 2 },
      encoding: { text: { field: 'text' }, y: { value: y } },
    },
  ];
}
