import { closedForm, type EnsembleCurves, type EnsembleDocument } from '@qntk/core/dynamics';
import type { TopLevelSpec } from 'vega-lite';
import type { Point } from '../curves.ts';
import { drawFile } from '../draw.ts';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { shortSetting } from '../terminal/ensemble.ts';
import { colours, type Domain, dashes, linear, logarithmic, logDomain, size } from '../theme.ts';
import { axes, type Layer, lines } from './layers.ts';
import type { DrawnPlot } from './plot.ts';

/** Losses this far below the first are not worth the room. */
const decades = 12;
/** Above the plotting area, so that it does not touch the axis's own title. */
const headOffset = 26;

type Name = 'loss' | 'lambdaMin' | 'kernelChange';

const titles: Record<Name, string> = {
  loss: 'Training loss L = 1/(2m) Σ r²',
  lambdaMin: 'Least eigenvalue of K_asym',
  kernelChange: 'Relative change of the kernel, ‖K(t) − K(0)‖/‖K(0)‖',
};

/** What each figure shows, in a sentence. */
const meanings: Record<Name, string> = {
  loss: 'A straight line is an exponential here, or, where time is logarithmic, a power of t.',
  lambdaMin: 'Where it stays above 0 the loss falls exponentially; where it falls to 0 training slows down.',
  kernelChange:
    'How far training leaves the kernel that it began with: what is constant in the picture of a frozen kernel.',
};

const files: Record<Name, string> = { loss: 'loss', lambdaMin: 'lambda-min', kernelChange: 'kernel-change' };

/** Loss, λmin and kernel change along the run: median and 5–95 % band over the seeds. */
export function ensemblePlots(document: EnsembleDocument): DrawnPlot[] {
  return (Object.keys(files) as Name[]).map((name) => plot(document, name));
}

/** The same as SVG files by name, each with a title of its own. */
export async function dynamicsFigures(document: EnsembleDocument): Promise<Record<string, string>> {
  const { setting } = document;
  return Object.fromEntries(
    await Promise.all(
      ensemblePlots(document).map(async ({ name, title, key, spec }) => {
        const shown = key.map(({ label, dash }) => (dash ? `dashed: ${label}` : label)).join('; ');
        const heading = { text: title, subtitle: [shortSetting(setting), shown], anchor: 'start', offset: headOffset };
        return [`${name}.svg`, await drawFile({ ...spec, title: heading } as TopLevelSpec)] as const;
      }),
    ),
  );
}

function plot(document: EnsembleDocument, name: Name): DrawnPlot {
  const { curves, setting, seeds } = document;
  const x = timeAxis(document);
  const shown = curves.times.map((t, k) => ({ t, k })).filter(({ t }) => inside(x.domain, t));
  const closed = reaching(
    closedForm(setting).map(({ t, [name]: value }) => ({ x: t, y: value })),
    x.domain,
  );
  const y = valueAxis(name, [
    ...shown.flatMap(({ k }) => [curves[name].low[k], curves[name].high[k]]),
    ...closed.filter((point) => inside(x.domain, point.x)).map((point) => point.y),
  ]);
  const of = (k: 'low' | 'median' | 'high') =>
    shown.map(({ t, k: at }) => ({ x: t, y: Math.max(curves[name][k][at], y.domain.low) }));
  const several = seeds.length > 1;
  const median = several ? `median and 5–95 % of ${counted(seeds.length, 'seed')}` : '1 seed';
  const last = shown.at(-1);
  return {
    name: files[name],
    title: titles[name],
    caption: html`${meanings[name]}`,
    alt: `${titles[name]} against time, ${median}. At the end of the figure it is ${formatNumber(last ? curves[name].median[last.k] : null)}.`,
    key: [
      { label: median, colour: colours.forecast, look: 'line' },
      ...(closed.length > 1
        ? [{ label: 'p, d → ∞ in closed form', colour: colours.ink, look: 'line', dash: dashes.level } as const]
        : []),
    ],
    spec: {
      ...size,
      encoding: axes(x.encoding, y.encoding),
      layer: [
        ...(several ? [area(of('low'), of('high'))] : []),
        lines([of('median')], { colour: colours.forecast, width: 2.2 }),
        ...(closed.length > 1 ? [lines([closed], { colour: colours.ink, width: 1.4, dash: dashes.level })] : []),
      ],
    },
  };
}

/**
 * A closed form with one point beyond the axis at either end, so that a clipped line goes as far as the axis. It is known to within
 * 10⁻⁸ of where it ends; what is longer stays there, which of a loss that falls to 0 no figure shows.
 */
function reaching(line: readonly Point[], { low, high }: Domain): readonly Point[] {
  const from = line.findIndex(({ x }) => x >= low);
  const to = line.findIndex(({ x }) => x > high);
  const drawn = line.slice(Math.max(0, from - 1), to < 0 ? undefined : to + 1);
  return to < 0 ? [...drawn, ...drawn.slice(-1).map(({ y }) => ({ x: high, y }))] : drawn;
}

const inside = ({ low, high }: Domain, value: number) => value >= low && value <= high;

function area(low: readonly { x: number; y: number }[], high: readonly { y: number }[]): Layer {
  return {
    data: { values: low.map(({ x, y }, k) => ({ x, y, high: high[k].y })) },
    mark: { type: 'area', color: colours.forecast, opacity: 0.22, clip: true },
    encoding: { y2: { field: 'high' } },
  };
}

/** Logarithmic where the loss falls as a power law; linear, up to where it is negligible, where it falls exponentially. */
function timeAxis({ curves, regime }: EnsembleDocument) {
  const end = curves.times[curves.times.length - 1];
  const title = 'time t, at the learning rate m(d²−1)/(p·tr H²)';
  if (regime.regime === 'sublinear') {
    const domain = { low: end / 1000, high: end };
    return { domain, encoding: logarithmic(domain, title) };
  }
  const domain = { low: 0, high: Math.min(end, quiet(curves, regime.ends.loss)) };
  return { domain, encoding: linear(domain, title) };
}

/** When there is nothing more to see: the loss is negligible, or has long come to where it stays. */
function quiet({ times, loss }: EnsembleCurves, stays: number): number {
  const start = loss.median[0] - stays;
  const share = stays > 0 ? 0.01 : 10 ** -decades;
  const at = loss.median.findIndex((value) => value - stays < share * start);
  if (at < 0) return Number.POSITIVE_INFINITY;
  return stays > 0 ? 2 * times[at] : times[at];
}

function valueAxis(name: Name, values: readonly number[]): { domain: Domain; encoding: object } {
  if (name === 'loss') {
    const domain = logDomain(values, decades);
    return { domain, encoding: logarithmic(domain, 'loss') };
  }
  const domain = { low: 0, high: 1.05 * Math.max(...values, Number.MIN_VALUE) };
  return { domain, encoding: linear(domain, name === 'lambdaMin' ? 'λmin, γ² included' : 'change') };
}
