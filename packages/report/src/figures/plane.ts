import type { Diagnosis, Plane } from '@qntk/core';
import { thin } from '../curves.ts';
import { counted, formatNumber } from '../format.ts';
import { type Html, html } from '../html.ts';
import { colours, size } from '../theme.ts';
import { answersOf } from './answers.ts';
import { axes, type Layer, points } from './layers.ts';
import { listedNote } from './listed.ts';
import type { KeyEntry, Plot } from './plot.ts';

/** Higher than other figures: its height is an axis of the data. */
const height = 400;
/** Test points drawn. */
const shownPoints = 300;
/** How strong cells get, from what is next to a decision, or small, to what is far from it, or large. */
const shades = [0.1, 0.22, 0.36, 0.52] as const;

/** Cells of one look. */
interface Shade {
  readonly colour: string;
  readonly opacity: number;
}

/** What kind of labels there are decides how a plane is read. */
interface Reading {
  readonly caption: Html;
  readonly what: string;
  readonly key: readonly KeyEntry[];
  readonly layers: readonly Layer[];
}

/** What the first initialisation answers over the plane of two features; nothing where there is no such plane. */
export function planePlots(diagnosis: Diagnosis): Plot[] {
  const { data, seeds, training, bottomLine, model } = diagnosis;
  const [{ plane, seed }] = seeds;
  if (!plane) return [];
  const { classes, what, ...read } = readingOf(diagnosis, plane);
  const measured = bottomLine.changesBasis === 'measured';
  const names = data.features.map((name) => name.slice(0, 40));
  return [
    {
      name: 'plane',
      title: `${measured ? 'Trained network' : 'Forecast'} over both features`,
      caption: html`What initialisation ${String(seed)} ${measured ? 'answers' : 'is forecast to answer'} after ${counted(training.steps, 'step')} wherever the features are, these as they enter the circuit. ${read.caption} ${listedNote(diagnosis)}`,
      alt: `${what} (${measured ? 'trained network' : 'forecast'}) of ${model.outputs === 1 ? model.observables[0] : counted(classes, 'class')} over the plane of ${names.join(' and ')}, with ${counted(data.test, 'test point')}.`,
      key: read.key,
      spec: {
        ...size,
        height,
        encoding: axes(
          {
            scale: { domain: edgesOf(plane.x), nice: false, zero: false },
            axis: { title: names[0], grid: false, tickCount: 6 },
          },
          {
            scale: { domain: edgesOf(plane.y), nice: false, zero: false },
            axis: { title: names[1], grid: false, tickCount: 6 },
          },
        ),
        layer: [...read.layers],
      },
    },
  ];
}

function readingOf(diagnosis: Diagnosis, plane: Plane): Reading & { readonly classes: number } {
  const { data, model } = diagnosis;
  const values = [...new Set([...data.trainY, ...data.testY])].sort((a, b) => a - b);
  if (data.classes && model.outputs > 1)
    return { ...severalClasses(diagnosis, plane, data.classes), classes: data.classes.length };
  if (model.outputs === 1 && values.length === 2)
    return { ...twoClasses(diagnosis, plane, data.classes ?? values.map(String), values), classes: 2 };
  return { ...numbers(diagnosis, plane, values), classes: 0 };
}

/** Two classes with one output: a colour each, strong far from where the answer changes. */
function twoClasses(
  { data }: Diagnosis,
  plane: Plane,
  names: readonly string[],
  [low = 0, high = 0]: readonly number[],
): Reading {
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  const sides = [
    { name: names[0], label: low, colour: colours.trained, shape: 'diamond', look: 'diamond' },
    { name: names[1], label: high, colour: colours.forecast, shape: 'circle', look: 'dot' },
  ] as const;
  const shadeOf = (output: number): Shade => {
    const away = Math.abs(output - middle) / half;
    return { colour: output >= middle ? sides[1].colour : sides[0].colour, opacity: stepped(away) };
  };
  return {
    what: 'Answers',
    caption: html`The stronger the colour, the further the output is from where the class changes. Points are test points in the colour of their class: one on the other colour is answered wrongly, but for the width of a cell.`,
    key: sides.flatMap(({ name, colour, look }) => [
      { label: `answered as class ${name}`, colour, look: 'box', opacity: shades[2] } as const,
      { label: `class ${name}`, colour, look } as const,
    ]),
    layers: [
      cells(plane, (outputs) => shadeOf(outputs[0])),
      ...sides.map(({ label, colour, shape }) =>
        points(
          placesOf(data).filter(({ i }) => data.testY[i] === label),
          { colour, shape, size: 46, filled: true },
        ),
      ),
    ],
  };
}

/** Numbers: the larger, the stronger. */
function numbers({ data, model }: Diagnosis, plane: Plane, values: readonly number[]): Reading {
  const [low, high] = [values[0], values[values.length - 1]];
  const shadeOf = (output: number): Shade => ({
    colour: colours.forecast,
    opacity: stepped((output - low) / (high - low)),
  });
  const ends = shades.map((_, k) => low + ((high - low) * (k + 1)) / shades.length);
  const key = shades.map((opacity, k): KeyEntry => {
    const label =
      k === 0
        ? `below ${formatNumber(ends[0])}`
        : k === shades.length - 1
          ? `above ${formatNumber(ends[k - 1])}`
          : `to ${formatNumber(ends[k])}`;
    return { label, colour: colours.forecast, look: 'box', opacity };
  });
  const labels = placesOf(data).map((place) => ({
    ...place,
    opacity: shadeOf(data.testY[place.i * model.outputs]).opacity,
  }));
  return {
    what: 'Outputs',
    caption: html`Rings are test points, filled by their labels: where one has the shade around it, the answer is about right.${model.outputs > 1 ? ` The first of ${counted(model.outputs, 'output')} is drawn.` : ''}`,
    key: [...key, { label: 'test point, filled by its label', colour: colours.ink, look: 'ring' }],
    layers: [
      cells(plane, (outputs) => shadeOf(outputs[0])),
      points(labels, { colour: colours.ink, shape: 'circle', size: 52, filled: false }),
      {
        data: { values: labels },
        mark: { type: 'point', shape: 'circle', size: 52, filled: true, color: colours.forecast, stroke: null },
        encoding: { fillOpacity: { field: 'opacity', type: 'quantitative', scale: null } },
      },
    ],
  };
}

/** Several classes: where one answer borders on another, names inside, and which test points are right. */
function severalClasses({ data, seeds }: Diagnosis, plane: Plane, names: readonly string[]): Reading {
  const answers = answersOf(plane.outputs, names.length);
  const labels = answersOf(data.testY, names.length);
  const given = answersOf(seeds[0].forecast.test, names.length);
  const places = placesOf(data);
  const right = places.filter(({ i }) => given[i] === labels[i]);
  const wrong = places.filter(({ i }) => given[i] !== labels[i]);
  const mistakes = given.filter((answer, i) => answer !== labels[i]).length;
  return {
    what: 'Classes',
    caption: html`Lines are where the answer changes. Of ${counted(given.length, 'test point')} ${formatNumber(mistakes)} ${mistakes === 1 ? 'is' : 'are'} answered wrongly.`,
    key: [
      { label: 'the answer changes', colour: colours.soft, look: 'line' },
      { label: 'test point, right', colour: colours.forecast, look: 'dot' },
      { label: 'test point, wrong', colour: colours.trained, look: 'cross' },
    ],
    layers: [
      borders(plane, answers),
      points(right, { colour: colours.forecast, shape: 'circle', size: 40, filled: true }),
      points(wrong, { colour: colours.trained, shape: 'cross', size: 60, filled: true }),
      // A name on a point is read before the point is.
      ...[
        { color: colours.page, stroke: colours.page, strokeWidth: 4 },
        { color: colours.ink, stroke: null },
      ].map((look) => ({
        data: { values: namesInside(plane, answers, names) },
        mark: { type: 'text', fontWeight: 600, ...look } as const,
        encoding: { text: { field: 'name' } } as const,
      })),
    ],
  };
}

/** The shade of a share of what there is, and of all beyond. */
const stepped = (share: number): number =>
  shades[Math.max(0, Math.min(shades.length - 1, Math.floor(share * shades.length)))];

/** Rectangles of one look, neighbours in a row joined. */
function cells({ x, y, outputs }: Plane, shadeOf: (outputs: readonly number[]) => Shade): Layer {
  const width = outputs.length / (x.length * y.length);
  const [dx, dy] = [(x[1] - x[0]) / 2, (y[1] - y[0]) / 2];
  const values = y.flatMap((middle, j) => {
    const row: (Shade & { x: number; end: number; y: number; top: number })[] = [];
    x.forEach((place, i) => {
      const at = (j * x.length + i) * width;
      const shade = shadeOf(outputs.slice(at, at + width));
      const last = row[row.length - 1];
      if (last?.colour === shade.colour && last.opacity === shade.opacity)
        row[row.length - 1] = { ...last, end: place + dx };
      else row.push({ ...shade, x: place - dx, end: place + dx, y: middle - dy, top: middle + dy });
    });
    return row;
  });
  return {
    data: { values },
    mark: { type: 'rect', stroke: null },
    encoding: {
      x2: { field: 'end' },
      y2: { field: 'top' },
      fill: { field: 'colour', type: 'nominal', scale: null },
      fillOpacity: { field: 'opacity', type: 'quantitative', scale: null },
    },
  };
}

/** Sides of cells on which the answer changes. */
function borders({ x, y }: Plane, answers: readonly number[]): Layer {
  const [dx, dy] = [(x[1] - x[0]) / 2, (y[1] - y[0]) / 2];
  const at = (i: number, j: number) => answers[j * x.length + i];
  const values = y.flatMap((top, j) =>
    x.flatMap((right, i) => [
      ...(i + 1 < x.length && at(i, j) !== at(i + 1, j)
        ? [{ x: right + dx, end: right + dx, y: top - dy, top: top + dy }]
        : []),
      ...(j + 1 < y.length && at(i, j) !== at(i, j + 1)
        ? [{ x: right - dx, end: right + dx, y: top + dy, top: top + dy }]
        : []),
    ]),
  );
  return {
    data: { values },
    mark: { type: 'rule', color: colours.soft, strokeWidth: 1.6, strokeCap: 'square' },
    encoding: { x2: { field: 'end' }, y2: { field: 'top' } },
  };
}

/** The name of each answer at the cell that is nearest to the middle of its cells. */
function namesInside({ x, y }: Plane, answers: readonly number[], names: readonly string[]) {
  return names.flatMap((name, answer) => {
    const own = answers.flatMap((given, k) =>
      given === answer ? [{ i: k % x.length, j: Math.floor(k / x.length) }] : [],
    );
    if (own.length === 0) return [];
    const [i, j] = [own.reduce((sum, cell) => sum + cell.i, 0), own.reduce((sum, cell) => sum + cell.j, 0)].map(
      (sum) => sum / own.length,
    );
    const away = (cell: { i: number; j: number }) => (cell.i - i) ** 2 + (cell.j - j) ** 2;
    const middle = own.reduce((best, cell) => (away(cell) < away(best) ? cell : best));
    return [{ x: x[middle.i], y: y[middle.j], name: name.slice(0, 16) }];
  });
}

/** Test points on the plane, by their number, as many as are drawn. */
function placesOf({ testX }: Diagnosis['data']): { i: number; x: number; y: number }[] {
  const numbers = thin(
    Array.from({ length: testX.length / 2 }, (_, i) => i),
    shownPoints,
  );
  return numbers.map((i) => ({ i, x: testX[2 * i], y: testX[2 * i + 1] }));
}

/** From edge to edge of the outermost cells. */
function edgesOf(middles: readonly number[]): [number, number] {
  const half = (middles[1] - middles[0]) / 2;
  return [middles[0] - half, middles[middles.length - 1] + half];
}
