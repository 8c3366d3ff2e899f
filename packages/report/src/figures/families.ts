import type { Curve, Diagnosis, SeedDiagnosis } from '@qntk/core';
import { type Point, shownRecords, shownSeeds, thin } from '../curves.ts';
import { colours, dashes } from '../theme.ts';
import { optimizerLabel } from '../words/verdicts.ts';
import { type Layer, lines } from './layers.ts';
import type { KeyEntry } from './plot.ts';

/** Records of all faint lines of a kind, and of one at the least: many lines need no more to be followed. */
const [recordsInAll, fewestRecords] = [1000, 40];

const frozenLabel = 'frozen kernel';

/** Curves of one kind over the initialisations: frozen kernel, forecast, real training. */
export interface Family {
  readonly label: string;
  readonly colour: string;
  readonly dash: readonly number[];
  /** One line an initialisation, as far as they are drawn. */
  readonly lines: readonly (readonly Point[])[];
  /** Over all initialisations. */
  readonly mean: readonly Point[];
}

/** How curves are seen. */
export interface View {
  /** Those of a forecast on the optimiser's path. */
  readonly pathOf: (curves: SeedDiagnosis['curves']) => Curve | undefined;
  readonly lineOf: (curve: Curve) => Point[];
  readonly meanOf: (lines: readonly Point[][]) => Point[];
}

/** The kinds of curves there are: forecast, frozen kernel and real training. */
export function familiesOf({ seeds, training }: Diagnosis, { pathOf, lineOf, meanOf }: View): Family[] {
  const paths = seeds.flatMap(({ curves }) => pathOf(curves) ?? []);
  const adaptive = seeds.flatMap((seed) => seed.curves.adaptive ?? []);
  const trained = seeds.flatMap(({ curves, verified }) => curves.trained ?? verified?.curve ?? []);
  const kinds = [
    { label: 'forecast, on the optimiser’s path', colour: colours.forecast, dash: [], curves: paths },
    { label: 'forecast, by the flow', colour: colours.forecast, dash: [], curves: adaptive },
    {
      label: frozenLabel,
      colour: colours.adaptive,
      dash: dashes.adaptive,
      curves: seeds.map((seed) => seed.curves.frozen),
    },
    {
      label: `trained network (${optimizerLabel(training.optimizer)})`,
      colour: colours.trained,
      dash: dashes.trained,
      curves: trained,
    },
  ];
  return kinds.flatMap(({ curves, ...look }) => {
    const all = curves.map(lineOf).filter((line) => line.length > 1);
    if (all.length === 0) return [];
    const drawn = all.slice(0, shownSeeds);
    const most = Math.max(fewestRecords, Math.floor(recordsInAll / drawn.length));
    return [{ ...look, lines: drawn.map((line) => thin(line, Math.min(most, shownRecords))), mean: meanOf(all) }];
  });
}

/** Every point that is drawn of some families. */
export const pointsOf = (families: readonly Family[]): Point[] =>
  families.flatMap((family) => [...family.lines.flat(), ...family.mean]);

/**
 * Decades of a loss that a figure needs, from its highest to the lowest of the network, and `least` at the least: the frozen kernel
 * may fall to rounding, far below, and would flatten all else.
 */
export function decadesOf(families: readonly Family[], lossOf: (point: Point) => number, least: number): number {
  const highest = pointsOf(families).reduce((most, point) => Math.max(most, lossOf(point)), 0);
  const network = pointsOf(families.filter(({ label }) => label !== frozenLabel));
  const lowest = network.reduce((low, point) => Math.min(low, lossOf(point)), highest);
  return Math.max(least, Math.log10(highest / lowest) + 0.1);
}

/** Thin lines for the initialisations, a strong one for their mean; a single initialisation is its own mean. */
export function familyLayers({ lines: single, mean, colour, dash }: Family): Layer[] {
  return [
    ...(single.length > 1 ? [lines(single, { colour, width: 0.8, opacity: 0.35 })] : []),
    lines([mean], { colour, width: 2.4, dash }),
  ];
}

export function familyKey({ label, colour, dash, lines: single, mean }: Family): KeyEntry[] {
  if (single.length === 1) return [{ label, colour, dash, look: 'line' }];
  // Where they share no part of the axis there is no mean.
  if (mean.length === 0) return [{ label: `${label}: each initialisation`, colour, look: 'line' }];
  return [{ label: `${label}: mean, and each initialisation`, colour, dash, look: 'faint' }];
}
