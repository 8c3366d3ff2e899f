import type { Range } from '../circuit/range.ts';
import { regimeOfRanges } from '../dynamics/regime/regime.ts';
import { checkFits } from '../model/checks.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { duplicatePoints } from '../model/duplicates.ts';
import { labelUnitsOf } from '../model/label-units.ts';
import type { Model } from '../model/model.ts';
import { column } from '../model/scores.ts';
import type { Verdict } from './verdict.ts';
import { isUseless, structurallyWithoutEffect } from './without-effect.ts';

/** Share of the readout's range from which labels are called close to its edge. */
const nearEdge = 0.95;

/** Share of the range up to which labels are told as well inside of it: of a range far wider than they are that is no good news. */
const farWithin = 0.01;

/** Labels beyond the range by less than this are at its end. */
const rounding = 1e-12;

/**
 * What model and data alone say, before any circuit runs: what the outputs do not depend on, labels and readouts, and points
 * that are there twice.
 *
 * @throws InputError where data and model do not fit together.
 */
export function cautionsOf(model: Model, dataset: Dataset): Verdict[] {
  checkFits(model, dataset);
  const effects = structurallyWithoutEffect(model, dataset);
  // Of what is not learned at all it is idle to say how fast it is.
  const ranges = rangeVerdicts(model, dataset).filter(
    ({ severity }) => severity !== 'good' || !effects.some(isUseless),
  );
  return [...effects, ...ranges, ...duplicates(dataset)];
}

function rangeVerdicts(model: Model, dataset: Dataset): Verdict<'range'>[] {
  // A readout whose weights are trained reaches any label.
  if (model.ranges === null) return [];
  const { means, deviation } = labelUnitsOf(dataset);
  const standardised = dataset.preparation?.labels !== undefined;
  // Only these are fitted.
  const y = takeRows(dataset.y, dataset.outputs, dataset.train);
  const found = model.ranges.map((range, output) => {
    const labels = column(y, model.outputs, output);
    const inUnits = (value: number) => means[output] + deviation * value;
    const { text } = model.observables[output];
    return rangeOfOutput({ range, labels, observable: text, scale: model.scale, inUnits, standardised });
  });
  const outer = found.filter(({ severity }) => severity !== 'good');
  if (outer.length > 0) return outer;
  // All are well inside: the one that comes closest to its edge stands for the others.
  const share = ({ evidence }: Verdict<'range'>) => evidence.rangeShare ?? 0;
  return [found.reduce((most, each) => (share(each) > share(most) ? each : most))];
}

/**
 * The regime that the range of a readout permits: labels inside are fitted exponentially, at its edge as 1/t² (You et al.
 * 2023, Theorem 3.2), out of it never. Labels and range are those that are trained on; `inUnits` takes them to the labels' own
 * units.
 */
function rangeOfOutput(output: {
  readonly range: Range;
  readonly labels: Float64Array;
  readonly observable: string;
  readonly scale: number;
  readonly inUnits: (value: number) => number;
  readonly standardised: boolean;
}): Verdict<'range'> {
  const { range, labels, observable, scale, inUnits, standardised } = output;
  const low = labels.reduce((least, label) => Math.min(least, label), Number.POSITIVE_INFINITY);
  const high = labels.reduce((most, label) => Math.max(most, label), Number.NEGATIVE_INFINITY);
  const middle = (range.high + range.low) / 2;
  const half = (range.high - range.low) / 2;
  const share = half > 0 ? Math.max(high - middle, middle - low) / half : null;
  const { regime, enough } = regimeOfRanges(labels, [range]);
  const outside = labels.filter((label) => Math.abs(label - middle) > half * (1 + rounding)).length;
  // With some room, unless a larger scale leaves the labels on the other side.
  const room =
    enough && Math.min(1.5 * enough.above, Math.sqrt(enough.above * (enough.below ?? Number.POSITIVE_INFINITY)));
  return {
    code: 'range',
    severity:
      regime === 'stagnant' ? 'warning' : share !== null && share < nearEdge && share > farWithin ? 'good' : 'note',
    // A bound from outside still says what is out of range for certain.
    basis: regime === 'stagnant' || range.exact ? 'certain' : 'forecast',
    evidence: {
      observable,
      regime,
      low: inUnits(low),
      high: inUnits(high),
      rangeLow: inUnits(range.low),
      rangeHigh: inUnits(range.high),
      rangeShare: share,
      'model.scale': scale,
      outside,
      labels: labels.length,
      standardised,
      scaleAbove: enough && enough.above * scale,
      scaleWithRoom: room && room * scale,
    },
  };
}

/** Of training points: only these are fitted. */
function duplicates(dataset: Dataset): Verdict<'duplicates'>[] {
  const { train, features, outputs } = dataset;
  const X = takeRows(dataset.X, features.length, train);
  const y = takeRows(dataset.y, outputs, train);
  const pairs = duplicatePoints({ features, outputs, X, y });
  if (pairs.length === 0) return [];
  const contradictory = pairs.filter((pair) => pair.contradictory);
  return [
    {
      code: 'duplicates',
      severity: contradictory.length > 0 ? 'warning' : 'note',
      basis: 'certain',
      evidence: {
        duplicates: pairs.length,
        contradictory: contradictory.length,
        row: train[pairs[0].second],
        repeatedRow: train[pairs[0].first],
        contradictoryRow: contradictory.length > 0 ? train[contradictory[0].second] : null,
        contradictedRow: contradictory.length > 0 ? train[contradictory[0].first] : null,
      },
    },
  ];
}
