import {
  axes,
  type DrawnPlot,
  dashes,
  html,
  type KeyEntry,
  type Layer,
  linear,
  lines,
  logarithmic,
  logDomain,
  points,
  size,
} from '@qntk/report/plots';

interface At {
  readonly x: number;
  readonly y: number;
}

/** One thing that is drawn: a line, marks, or both. */
export interface Series {
  /** Empty where the caption says what it is. */
  readonly label: string;
  /** Colour, dash and shape by number; series of one number belong together. */
  readonly look: number;
  readonly line?: readonly At[];
  /** A line that is a bound or a closed form, not a run. */
  readonly theory?: boolean;
  readonly marks?: readonly At[];
  readonly bars?: readonly { readonly x: number; readonly low: number; readonly high: number }[];
}

export interface Axis {
  readonly title: string;
  readonly scale: 'linear' | 'logarithmic';
  /** Of what is drawn where left out. */
  readonly from?: number;
  readonly to?: number;
}

/** Okabe and Ito's, with shapes that say the same without colour. */
const colours = ['#0072b2', '#d55e00', '#00795c', '#b05590', '#6b5b00', '#1d2730', '#5f6b76'];
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'triangle-down', 'cross', 'circle'];
const looks: readonly KeyEntry['look'][] = ['dot', 'box', 'triangle', 'diamond', 'wedge', 'cross', 'dot'];

/** A panel of a figure. */
export function panel(drawn: {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}): DrawnPlot {
  const { name, title, caption, series } = drawn;
  const xs = series.flatMap(({ line = [], marks = [] }) => [...line, ...marks].map(({ x }) => x));
  const ys = series.flatMap(({ line = [], marks = [], bars = [] }) => [
    ...[...line, ...marks].map(({ y }) => y),
    ...bars.flatMap(({ low, high }) => [low, high]),
  ]);
  return {
    name,
    title,
    caption: html`${caption}`,
    alt: `${drawn.y.title} against ${drawn.x.title}: ${series.flatMap(({ label }) => label || []).join('; ')}.`,
    key: series.filter(({ label }) => label !== '').map(keyOf),
    spec: { ...size, encoding: axes(axisOf(drawn.x, xs), axisOf(drawn.y, ys)), layer: series.flatMap(layersOf) },
  };
}

function keyOf({ label, look, marks, theory, line }: Series): KeyEntry {
  const colour = colours[look]!;
  const mark = looks[look]!;
  if (line === undefined && marks !== undefined) return { label, colour, look: mark };
  return { label, colour, look: 'line', ...(marks && { mark }), ...(theory && { dash: dashes.level }) };
}

function layersOf({ look, line, marks, bars, theory }: Series): Layer[] {
  const colour = colours[look]!;
  return [
    ...(bars ? [errorBars(bars, colour)] : []),
    ...(line ? [lines([line], { colour, width: theory ? 1.4 : 2, ...(theory && { dash: dashes.level }) })] : []),
    ...(marks ? [points(marks, { colour, shape: shapes[look]!, size: 34, filled: true })] : []),
  ];
}

function errorBars(bars: NonNullable<Series['bars']>, colour: string): Layer {
  return {
    data: { values: bars.map(({ x, low, high }) => ({ x, y: low, high })) },
    mark: { type: 'rule', clip: true, color: colour, opacity: 0.45, strokeWidth: 1.3 },
    encoding: { y2: { field: 'high' } },
  };
}

function axisOf({ title, scale, from, to }: Axis, values: readonly number[]) {
  if (scale === 'logarithmic') {
    const own = logDomain(values, 16);
    return logarithmic({ low: from ?? own.low, high: to ?? own.high }, title);
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = 0.04 * (high - low || 1);
  return linear({ low: from ?? low - air, high: to ?? high + air }, title);
}
