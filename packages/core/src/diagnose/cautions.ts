import { duplicatePoints } from '../data/duplicates.ts';
import { regimeOfRanges } from '../dynamics/regime/regime.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import type { Verdict } from './diagnosis.ts';
import { count, times } from './words.ts';

/** Share of the readout's range from which labels are called close to its edge. */
const nearEdge = 0.95;

/** What model and data alone say, before any circuit runs: labels and readouts, and points that are there twice. */
export function cautionsOf(model: Model, dataset: Dataset): Verdict[] {
  return [...reach(model, dataset), ...duplicates(dataset)];
}

function reach(model: Model, { y }: Dataset): Verdict[] {
  const found = model.ranges.map((range, output) => {
    const labels = y.filter((_, i) => i % model.outputs === output);
    return reachOfOutput(range, labels, model.observables[output].text, model.scale);
  });
  const outer = found.filter(({ severity }) => severity !== 'good');
  if (outer.length > 0) return outer;
  // All are well inside: the one that comes closest to its edge stands for the others.
  return [found.reduce((most, each) => ((each.evidence.share ?? 0) > (most.evidence.share ?? 0) ? each : most))];
}

const elsewhere = 'no scale alone moves this edge of the range, shift the labels or the observable';

/**
 * The regime that the range of a readout permits: labels inside are fitted exponentially, at its edge as 1/t² (You et
 * al. 2023, Theorem 3.2), out of it never.
 */
function reachOfOutput(range: Model['ranges'][number], labels: Float64Array, name: string, scale: number): Verdict {
  const low = labels.reduce((least, label) => Math.min(least, label), Number.POSITIVE_INFINITY);
  const high = labels.reduce((most, label) => Math.max(most, label), Number.NEGATIVE_INFINITY);
  const middle = (range.high + range.low) / 2;
  const half = (range.high - range.low) / 2;
  const share = Math.max(high - middle, middle - low) / half;
  const { regime, enough } = regimeOfRanges(labels, [range]);
  const scaleAbove = enough && enough.above * scale;
  const evidence = { low, high, rangeLow: range.low, rangeHigh: range.high, share, regime, scaleAbove };
  // With some room, unless a larger scale leaves the labels on the other side.
  const room =
    enough && Math.min(1.5 * enough.above, Math.sqrt(enough.above * (enough.below ?? Number.POSITIVE_INFINITY)));
  const wanted = room && times(room * scale);
  if (regime === 'stagnant') {
    const beyond = labels.filter((label) => Math.abs(label - middle) > half * (1 + rounding)).length;
    return {
      code: 'reach',
      severity: 'warning',
      text: `${count(beyond)} of ${count(labels.length)} labels are out of reach: they go from ${times(low)} to ${times(high)}, ${name} at scale ${times(scale)} from ${times(range.low)} to ${times(range.high)}. They will never be fitted; ${wanted ? `a scale of ${wanted} would reach them` : elsewhere}.`,
      evidence: { ...evidence, beyond },
    };
  }
  if (share < nearEdge)
    return {
      code: 'reach',
      severity: 'good',
      text: `Labels stay within ${times(100 * share)} % of the range of ${name}: what it learns, it learns exponentially fast.`,
      evidence,
    };
  return {
    code: 'reach',
    severity: 'note',
    text: `Labels reach ${times(100 * share)} % of the range of ${name}: near its edge the last digits come slower than exponentially (loss ∝ 1/t²). ${wanted ? `A scale of ${wanted} restores exponential convergence` : `Exponential convergence is not had by scale: ${elsewhere}`}.`,
    evidence,
  };
}

/** Labels beyond the range by less than this are at its end. */
const rounding = 1e-12;

function duplicates(dataset: Dataset): Verdict[] {
  const pairs = duplicatePoints(dataset);
  if (pairs.length === 0) return [];
  const contradictory = pairs.filter((pair) => pair.contradictory);
  const repeated = pairs.length === 1 ? '1 point repeats' : `${count(pairs.length)} points repeat`;
  const rows = ({ first, second }: (typeof pairs)[number]) => `row ${second} those of row ${first}`;
  const clash =
    contradictory.length === 0
      ? ''
      : ` With other labels: ${count(contradictory.length)} (${rows(contradictory[0])}), which cannot all be fitted.`;
  return [
    {
      code: 'duplicates',
      severity: contradictory.length > 0 ? 'warning' : 'note',
      text: `${repeated} the features of an earlier one (${rows(pairs[0])}, counted from 0), which makes the kernel singular.${clash}`,
      evidence: { duplicates: pairs.length, contradictory: contradictory.length },
    },
  ];
}
