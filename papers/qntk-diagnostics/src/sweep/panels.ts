import {
  axes,
  type Domain,
  type DrawnPlot,
  dashes,
  html,
  type Layer,
  linear,
  lines,
  logarithmic,
  logDomain,
  size,
} from '@qntk/report/plots';
import { cellsOf, type Quantity, type Sweep } from './analysis.ts';
import { models } from './setting.ts';

/** Okabe and Ito's colours; the dash says the ansatz once more. */
const looks = {
  'HEA, low': { colour: '#0072b2', dash: [] },
  'HEA, high': { colour: '#d55e00', dash: [] },
  'HVA, low': { colour: '#00795c', dash: [7, 3] },
  'HVA, high': { colour: '#b05590', dash: [7, 3] },
} as const;

interface Quantities {
  /** Part of the file's name. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly axis: string;
  readonly of: Quantity;
  /** The quantity is the logarithm of what the axis shows, so that mean and deviation are geometric. */
  readonly isLog?: boolean;
  readonly scale: 'linear' | 'logarithmic';
  /** Of a logarithmic axis, downwards from what is largest. */
  readonly decades?: number;
  /** Of the axis; what is drawn where left out. */
  readonly domain?: Domain;
  /** Drawn as thin dots beside it, without band. */
  readonly beside?: { readonly of: Quantity; readonly label: string };
  /** Levels across the panel. */
  readonly levels?: readonly { readonly y: number; readonly colour: string; readonly label: string }[];
}

/** Mean and one standard deviation over the initialisations against depth, a line a network, as the paper draws them. */
function depthPanel(sweep: Sweep, drawn: Quantities): DrawnPlot {
  const { name, title, caption, axis, of, isLog = false, scale, beside, levels = [] } = drawn;
  const value = (x: number) => (isLog ? 10 ** x : x);
  const series = models.map((model) => ({
    look: looks[model.name],
    points: cellsOf(sweep, model.name).map(({ layers, of: all }) => ({
      x: layers,
      y: value(all[of].mean),
      low: value(all[of].mean - all[of].std),
      high: value(all[of].mean + all[of].std),
      beside: beside ? value(all[beside.of].mean) : null,
    })),
  }));
  const all = series.flatMap(({ points }) => points);
  const drawnValues = [
    ...all.flatMap(({ y, high, beside: other }) => [y, high, ...(other === null ? [] : [other])]),
    ...levels.map((level) => level.y),
  ];
  const y = drawn.domain ?? (scale === 'logarithmic' ? logDomain(drawnValues, drawn.decades ?? 16) : span(drawnValues));
  const x = logDomain(all.map((point) => point.x));
  const floor = (each: number) => Math.min(Math.max(each, y.low), y.high);
  const across = levels.map(({ y: level, colour }) =>
    lines([[x.low, x.high].map((end) => ({ x: end, y: level }))], { colour, width: 1.4, dash: dashes.level }),
  );
  const curves: Layer[] = series.flatMap(({ look, points }) => [
    band(
      points.map((point) => ({ ...point, low: floor(point.low), high: floor(point.high) })),
      look.colour,
    ),
    lines([points], { colour: look.colour, width: 2, dash: look.dash }),
    ...(beside
      ? [
          lines([points.map((point) => ({ x: point.x, y: point.beside! }))], {
            colour: look.colour,
            width: 1.3,
            dash: [1.5, 3],
          }),
        ]
      : []),
  ]);
  return {
    name,
    title,
    caption: html`${caption}`,
    alt: `${axis} against the number of layers for ${models.map((model) => model.name).join('; ')}: mean and one standard deviation.`,
    key: [
      ...models.map((model) => ({
        label: model.name,
        colour: looks[model.name].colour,
        look: 'line' as const,
        dash: looks[model.name].dash,
      })),
      ...levels.map(({ label, colour }) => ({ label, colour, look: 'line' as const, dash: dashes.level })),
      ...(beside ? [{ label: beside.label, colour: '#5f6b76', look: 'line' as const, dash: [1.5, 3] }] : []),
    ],
    spec: {
      ...size,
      encoding: axes(depthAxis(x), scale === 'logarithmic' ? logarithmic(y, axis) : linear(y, axis)),
      layer: [...across, ...curves],
    },
  };
}

/** Depths as they are computed, on a logarithmic axis. */
function depthAxis(domain: Domain) {
  const { scale } = logarithmic(domain, 'layers');
  return { scale, axis: { title: 'layers', values: [1, 2, 3, 5, 10, 20, 40] } };
}

function span(values: readonly number[]): Domain {
  const [low, high] = [Math.min(...values, 0), Math.max(...values)];
  return { low, high: high + 0.05 * (high - low || 1) };
}

function band(points: readonly { x: number; low: number; high: number }[], colour: string): Layer {
  return {
    data: { values: points.map(({ x, low, high }) => ({ x, y: low, high })) },
    mark: { type: 'area', color: colour, opacity: 0.16, clip: true },
    encoding: { y2: { field: 'high' } },
  };
}

/** A certified limit below this is no limit. */
const negligible = 1e-12;

const scores: Domain = { low: -1, high: 1.02 };

/** The six panels of Fig. 1; R² beside the error where the paper's caption and its text name one each. */
export function sixPanels(
  sweep: Sweep,
  task: 'regression' | 'classes',
  limits: readonly { readonly frequency: 'low' | 'high'; readonly floor: number }[],
): DrawnPlot[] {
  const certified = limits.filter(({ floor }) => floor > negligible);
  const draw = (drawn: Quantities) => depthPanel(sweep, drawn);
  return [
    draw({
      name: 'a',
      title: 'a) Training error after L-BFGS',
      caption: 'Mean squared error on the training points at the end of at most 500 iterations.',
      axis: 'training MSE',
      of: 'trainMse',
      scale: 'logarithmic',
      levels: certified.map(({ frequency, floor }) => ({
        y: floor,
        colour: looks[`HEA, ${frequency}`].colour,
        label: `no circuit gets below, ${frequency} frequency`,
      })),
    }),
    draw({
      name: 'a-r2',
      title: 'a) R² on the training points after L-BFGS',
      caption: 'The same as a score, which the caption of the paper names for this panel.',
      axis: 'training R²',
      of: 'trainR2',
      scale: 'linear',
      domain: { low: 0, high: 1.02 },
    }),
    ...(task === 'classes'
      ? [
          draw({
            name: 'a-accuracy',
            title: 'a) Accuracy on the training points after L-BFGS',
            caption: 'Share of the training points whose sign is right.',
            axis: 'training accuracy',
            of: 'trainAccuracy',
            scale: 'linear',
            domain: { low: 0.5, high: 1.01 },
          }),
        ]
      : []),
    draw({
      name: 'b',
      title: 'b) Training epochs',
      caption: 'Iterations of L-BFGS, one epoch each, until it stops by itself or at 500.',
      axis: 'iterations',
      of: 'epochs',
      scale: 'logarithmic',
    }),
    draw({
      name: 'c',
      title: 'c) Relative parameter change during training',
      caption: 'How far training moves the parameters.',
      axis: '‖θ − θ₀‖/‖θ₀‖',
      of: 'change',
      scale: 'logarithmic',
    }),
    draw({
      name: 'd',
      title: 'd) Condition number of the kernel at initialisation',
      caption:
        'λmax over the least eigenvalue above rounding, geometric mean and deviation; where K is singular the rest is left out.',
      axis: 'κ',
      of: 'logKappa',
      isLog: true,
      scale: 'logarithmic',
    }),
    draw({
      name: 'e',
      title: 'e) Approximation error a point',
      caption:
        'Mean over the test points of |f of Eq. 5 − f of the trained network|, outputs at initialisation kept in Eq. 5. What is five decades below the largest lies under the frame.',
      axis: 'mean |difference|',
      of: 'error',
      scale: 'logarithmic',
      decades: 5,
    }),
    draw({
      name: 'f',
      title: 'f) R² of Eq. 5 on the test points',
      caption: 'Score of the kernel alone; dotted: of the trained network. Values below −1 lie under the frame.',
      axis: 'test R²',
      of: 'kernelR2',
      scale: 'linear',
      domain: scores,
      beside: { of: 'testR2', label: 'trained network' },
    }),
    ...(task === 'classes'
      ? [
          draw({
            name: 'f-accuracy',
            title: 'f) Accuracy of Eq. 5 on the test points',
            caption: 'Share of the test points whose sign is right; dotted: of the trained network.',
            axis: 'test accuracy',
            of: 'kernelAccuracy',
            scale: 'linear',
            domain: { low: 0.3, high: 1.02 },
            beside: { of: 'testAccuracy', label: 'trained network' },
          }),
        ]
      : []),
  ];
}
