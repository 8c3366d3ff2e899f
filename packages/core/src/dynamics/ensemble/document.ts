import type { AsymptoticSetting } from './asymptotic.ts';
import type { FiniteSetting } from './finite.ts';
import { expectedOf, judge } from './problem.ts';
import { type Curves, type SeedRecord, type SeedRun, summaryOf } from './run.ts';
import { type Statistics, statistics } from './statistics.ts';

/** Quantities over the seeds along the run: every entry of a list belongs to a time. */
export interface Band {
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly median: readonly number[];
  readonly high: readonly number[];
}

/** All curves, and their mean, median and 5 % and 95 % quantiles over the seeds. */
export interface EnsembleCurves {
  readonly times: readonly number[];
  readonly seeds: readonly ({ readonly seed: number } & Curves)[];
  readonly loss: Band;
  readonly lambdaMin: Band;
  readonly kernelChange: Band;
}

/** What `dynamics asymptotic` and `dynamics finite` write, and print with --json. */
export interface EnsembleDocument {
  readonly schema: 'qntk/dynamics-asymptotic/1' | 'qntk/dynamics-finite/1';
  readonly version: string;
  readonly setting: AsymptoticSetting | FiniteSetting;
  /** By where the labels lie in the limit p → ∞, and where outputs end then. */
  readonly regime: ReturnType<typeof judge>;
  /** Closed forms, in the limit p → ∞. */
  readonly expected: ReturnType<typeof expectedOf>;
  readonly seeds: readonly SeedRun[];
  readonly summary: ReturnType<typeof summaryOf>;
  readonly curves: EnsembleCurves;
}

/**
 * Joins the records of an ensemble.
 *
 * @param records - at least one.
 * @param version - of the program that computed them.
 */
export function ensembleDocument(
  schema: EnsembleDocument['schema'],
  setting: EnsembleDocument['setting'],
  times: readonly number[],
  records: readonly SeedRecord[],
  version: string,
): EnsembleDocument {
  const sorted = [...records].sort((a, b) => a.run.seed - b.run.seed);
  const seeds = sorted.map(({ run }) => run);
  const curves = sorted.map((record) => record.curves);
  return {
    schema,
    version,
    setting,
    regime: judge(setting),
    expected: expectedOf(setting),
    seeds,
    summary: summaryOf(seeds),
    curves: {
      times,
      seeds: sorted.map(({ run, curves: own }) => ({ seed: run.seed, ...own })),
      loss: band(curves.map(({ loss }) => loss)),
      lambdaMin: band(curves.map(({ lambdaMin }) => lambdaMin)),
      kernelChange: band(curves.map(({ kernelChange }) => kernelChange)),
    },
  };
}

function band(curves: readonly (readonly number[])[]): Band {
  const along = curves[0]!.map((_, k) => statistics(curves.map((curve) => curve[k]!)));
  const read = (of: (each: Statistics) => number) => along.map(of);
  return {
    mean: read(({ mean }) => mean),
    low: read(({ quantiles }) => quantiles['0.05']),
    median: read(({ quantiles }) => quantiles['0.5']),
    high: read(({ quantiles }) => quantiles['0.95']),
  };
}
