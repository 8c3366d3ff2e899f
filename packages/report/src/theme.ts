import type { Config } from 'vega-lite';
import { formatTick } from './format.ts';

/** Okabe and Ito's colours, told apart with every kind of colour vision; line styles and shapes say the same again. */
export const colours = {
  forecast: '#0072b2',
  adaptive: '#00795c',
  trained: '#d55e00',
  ink: '#1d2730',
  soft: '#5f6b76',
  ring: '#8b96a0',
  faint: '#c9d0d6',
  grid: '#edf0f2',
  page: '#ffffff',
  /** Shares, from little to nearly all. */
  some: '#cfe3f0',
  most: '#74b0d6',
  all: '#0c5f96',
  /** Of a drawn circuit, as core draws it: boxes of data, boxes that are trained, wires. */
  databox: '#d9ebf6',
  trainedbox: '#fbe3d3',
  wire: '#8a949d',
} as const;

/** The same on a dark page. */
export const darkColours: Record<keyof typeof colours, string> = {
  forecast: '#56b4e9',
  adaptive: '#2fc79d',
  trained: '#f08a3c',
  ink: '#e6ebef',
  soft: '#a3afba',
  ring: '#8793a0',
  faint: '#46515b',
  grid: '#2a333b',
  page: '#14191e',
  some: '#1f3f54',
  most: '#3579a3',
  all: '#9ad6f7',
  databox: '#163a52',
  trainedbox: '#4d2c14',
  wire: '#7c8893',
};

/** Every colour as a property of the page's style, so that the page can be dark. */
export const properties = (palette: Record<string, string>): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');

const names = new Map(Object.entries(colours).map(([name, colour]) => [colour as string, name]));

/** A figure's colours as the page's: what has a name in the theme is looked up in the page's style. */
export function themed(svg: string): string {
  return svg.replace(/ (fill|stroke)="(#[0-9a-f]{6})"/g, (whole, attribute, colour) => {
    const name = names.get(colour);
    return name === undefined ? whole : ` ${attribute}="var(--${name})"`;
  });
}

/** Dashes that tell kinds of curves apart without colour. */
export const dashes = { adaptive: [7, 3], trained: [2, 2.5], level: [5, 4], mark: [1, 3] } as const;

/** Plotting area in pixels of the figure's own scale; the page scales it to the column. */
export const size = { width: 600, height: 300 } as const;

/** The same on a phone: as high, since labels stand at heights of their own. */
export const narrowSize = { width: 310, height: size.height } as const;

export const config: Config = {
  background: 'transparent',
  aria: false,
  padding: { left: 2, right: 8, top: 4, bottom: 2 },
  view: { stroke: null },
  axis: {
    domainColor: colours.faint,
    tickColor: colours.faint,
    gridColor: colours.grid,
    labelColor: colours.soft,
    titleColor: colours.ink,
    labelFontSize: 13,
    titleFontSize: 13.5,
    titleFontWeight: 'normal',
    tickSize: 4,
    labelPadding: 5,
    titlePadding: 10,
  },
  // Reading upwards is tiring: the title of the vertical axis stands above it.
  axisY: { titleAngle: 0, titleAlign: 'left', titleAnchor: 'start', titleBaseline: 'bottom', titleX: 0, titleY: -10 },
  text: { fontSize: 12.5, fill: colours.soft },
};

export interface Domain {
  readonly low: number;
  readonly high: number;
}

/** Axis and scale of a positive quantity, with ticks at powers of ten (and at 2 and 5 where the range is short). */
export function logarithmic(domain: Domain, title: string, options: { reverse?: boolean; grid?: boolean } = {}) {
  const values = logTicks(domain);
  const labels = values.map(formatTick);
  return {
    scale: {
      type: 'log' as const,
      domain: [domain.low, domain.high],
      nice: false,
      reverse: options.reverse ?? false,
    },
    axis: {
      title,
      values,
      grid: options.grid ?? true,
      labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]`,
    },
  };
}

/** Axis and scale of any quantity. */
export function linear(domain: Domain, title: string) {
  return {
    scale: { type: 'linear' as const, domain: [domain.low, domain.high], nice: false, zero: false },
    axis: { title, tickCount: 6 },
  };
}

/** Powers of ten, every second or third where there are many, with 2 and 5 where there are few, with all digits where there is one. */
function logTicks({ low, high }: Domain): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const stride = Math.ceil((last - first) / 8);
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(
    (exponent) => exponent % stride === 0,
  );
  const within = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const ticksOf = (mantissas: readonly number[]) =>
    exponents.flatMap((exponent) => mantissas.map((mantissa) => Number(`${mantissa}e${exponent}`))).filter(within);
  const few = ticksOf(last - first <= 2 ? [1, 2, 5] : [1]);
  return few.length > 1 ? few : ticksOf([1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/** Range of positive values with a little air, at most `decades` deep, and never empty. */
export function logDomain(values: readonly number[], decades = 12): Domain {
  const drawn = values.filter((value) => value > 0 && Number.isFinite(value));
  const high = drawn.reduce((a, b) => Math.max(a, b), 0) || 1;
  const low = Math.max(
    drawn.reduce((a, b) => Math.min(a, b), high),
    high * 10 ** -decades,
  );
  const air = Math.max((high / low) ** 0.04, 1.1);
  return { low: low / air, high: high * air };
}
