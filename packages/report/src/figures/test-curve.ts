import type { Diagnosis } from '@qntk/core';
import { mean, thin } from '../curves.ts';
import { counted } from '../format.ts';
import { html } from '../html.ts';
import { colours, dashes, size } from '../theme.ts';
import { axes, type Layer, lines, points } from './layers.ts';
import { listedNote } from './listed.ts';
import type { KeyEntry, Plot } from './plot.ts';
import { type Source, sourceOf } from './source.ts';
import type { TestPoint } from './test-point.ts';

/** Points drawn of each kind; more would only cover each other. */
const shownPoints = 300;
/** Places along the axis at which lines and band are drawn; beyond it, neighbours are averaged. */
const places = 200;

interface Place {
  readonly x: number;
  readonly forecast: number;
  readonly low: number;
  readonly high: number;
  readonly trained: number | undefined;
}

/** One feature: labels, forecast with its band, and the trained network along the feature. */
export function testCurvePlot(diagnosis: Diagnosis, testPoints: readonly TestPoint[]): Plot {
  const { data, seeds, training } = diagnosis;
  const along = placesOf(data.testX, testPoints);
  const trainedLine = along.flatMap(({ x, trained }) => (trained === undefined ? [] : [{ x, y: trained }]));
  const test = thin(
    data.testX.map((x, i) => ({ x, y: data.testY[i] })),
    shownPoints,
  );
  const train = thin(
    data.trainX.map((x, i) => ({ x, y: data.trainY[i] })),
    shownPoints,
  );
  const several = seeds.length > 1;
  const source = sourceOf(diagnosis);

  return {
    name: 'test',
    title: source.title,
    caption: html`What the network ${source.name === 'forecast' ? 'will answer' : 'answers'} after ${counted(training.steps, 'step')}, against the labels it has not seen.
      ${several ? 'Where the band is wide, the answer depends on the initialisation.' : 'One initialisation only: there is no band.'}
      ${shownNote(data.train, data.test)} ${listedNote(diagnosis)}`,
    alt: `Output (${source.name}) against ${data.features[0]}, with ${counted(data.test, 'test label')} and ${counted(data.train, 'training label')}${trainedLine.length > 0 ? ' and the trained network' : ''}.`,
    key: keyOf(source, several, trainedLine.length > 0),
    spec: {
      ...size,
      encoding: axes(
        { scale: { zero: false, nice: false, padding: 8 }, axis: { title: data.features[0], grid: false } },
        { scale: { zero: false, padding: 8 }, axis: { title: 'output', tickCount: 6 } },
      ),
      layer: [
        ...(several ? [band(along, source)] : []),
        points(train, { colour: colours.ring, shape: 'circle', size: 34, filled: false }),
        lines([along.map(({ x, forecast }) => ({ x, y: forecast }))], { colour: source.colour, width: 2.4 }),
        ...(trainedLine.length > 0
          ? [lines([trainedLine], { colour: colours.trained, width: 2.2, dash: dashes.trained })]
          : []),
        points(test, { colour: colours.ink, shape: 'circle', size: 34, filled: true }),
      ],
    },
  };
}

function band(along: readonly Place[], { colour }: Source): Layer {
  return {
    data: { values: along.map(({ x, low, high }) => ({ x, y: low, high })) },
    mark: { type: 'area', color: colour, opacity: 0.16 },
    encoding: { y2: { field: 'high' } },
  };
}

function keyOf({ name, colour }: Source, several: boolean, trained: boolean): KeyEntry[] {
  return [
    { label: several ? `${name}, mean` : name, colour, look: 'line' },
    ...(several ? [{ label: '± 1 standard deviation over initialisations', colour, look: 'band' } as const] : []),
    ...(trained
      ? [{ label: 'trained network', colour: colours.trained, look: 'line', dash: dashes.trained } as const]
      : []),
    { label: 'label, test', colour: colours.ink, look: 'dot' },
    { label: 'label, training', colour: colours.ring, look: 'ring' },
  ];
}

function shownNote(train: number, test: number): string {
  if (Math.max(train, test) <= shownPoints) return '';
  return `Of each kind of label at most ${shownPoints} are drawn; the lines are averages over neighbours.`;
}

/** Test points in the order of their feature, equal or many neighbours joined into one place. */
function placesOf(xs: readonly number[], testPoints: readonly TestPoint[]): Place[] {
  const order = xs.map((_, i) => i).sort((a, b) => xs[a] - xs[b]);
  const share = Math.max(1, Math.ceil(order.length / places));
  const groups: number[][] = [];
  for (const i of order) {
    const group = groups.at(-1);
    if (group && (xs[group[0]] === xs[i] || group.length < share)) group.push(i);
    else groups.push([i]);
  }
  return groups.map((group) => {
    const forecast = mean(group.map((i) => testPoints[i].forecast.mean));
    const std = mean(group.map((i) => testPoints[i].forecast.std));
    const trained = group.flatMap((i) => testPoints[i].trained ?? []);
    return {
      x: mean(group.map((i) => xs[i])),
      forecast,
      low: forecast - std,
      high: forecast + std,
      trained: trained.length > 0 ? mean(trained) : undefined,
    };
  });
}
