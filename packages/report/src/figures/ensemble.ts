import { closedForm, type EnsembleCurves, type EnsembleDocument } from '@qntk/core/dynamics';
import type { TopLevelSpec } from 'vega-lite';
import { drawFile } from '../draw.ts';
import { counted } from '../format.ts';
import { shortSetting } from '../terminal/ensemble.ts';
import { colours, type Domain, dashes, linear, logarithmic, logDomain, size } from '../theme.ts';
import { axes, type Layer, lines } from './layers.ts';

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

/** Loss, λmin and kernel change along the run: median and 5–95 % band over the seeds, as SVG files by name. */
export async function dynamicsFigures(document: EnsembleDocument): Promise<Record<string, string>> {
  const files: [string, Name][] = [
    ['loss.svg', 'loss'],
    ['lambda-min.svg', 'lambdaMin'],
    ['kernel-change.svg', 'kernelChange'],
  ];
  return Object.fromEntries(
    await Promise.all(files.map(async ([file, name]) => [file, await drawFile(figure(document, name))])),
  );
}

function figure(document: EnsembleDocument, name: Name): TopLevelSpec {
  const { curves, setting, seeds } = document;
  const x = timeAxis(document);
  const shown = curves.times.map((t, k) => ({ t, k })).filter(({ t }) => inside(x.domain, t));
  const closed = closedForm(setting).flatMap(({ t, [name]: value }) =>
    inside(x.domain, t) ? [{ x: t, y: value }] : [],
  );
  const y = valueAxis(name, [
    ...shown.flatMap(({ k }) => [curves[name].low[k], curves[name].high[k]]),
    ...closed.map((point) => point.y),
  ]);
  const of = (k: 'low' | 'median' | 'high') =>
    shown.map(({ t, k: at }) => ({ x: t, y: Math.max(curves[name][k][at], y.domain.low) }));
  const spread = seeds.length === 1 ? '1 seed' : `median and 5–95 % of ${counted(seeds.length, 'seed')}`;
  return {
    ...size,
    title: {
      text: titles[name],
      subtitle: [shortSetting(setting), `${spread}${closed.length > 1 ? '; dashed: p, d → ∞ in closed form' : ''}`],
      anchor: 'start',
      offset: headOffset,
    },
    encoding: axes(x.encoding, y.encoding),
    layer: [
      ...(seeds.length > 1 ? [area(of('low'), of('high'))] : []),
      lines([of('median')], { colour: colours.forecast, width: 2.2 }),
      ...(closed.length > 1 ? [lines([closed], { colour: colours.ink, width: 1.4, dash: dashes.level })] : []),
    ],
  };
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
