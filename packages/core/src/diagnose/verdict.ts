import type { Regime } from '../dynamics/regime/regime.ts';

/** The numbers behind a verdict, by its code. Keys with a dot are paths of the summary or of the diagnosis. */
export interface Evidence {
  /**
   * How far the training data is fitted at the step budget; R² null where labels of an output are all the same. Ends of the
   * intervals are means over the initialisations; null where there is none. `verified`: of trainings beside a forecast, else null.
   */
  readonly fit: {
    readonly 'forecast.trainMse': number;
    readonly trainMseLow: number | null;
    readonly trainMseHigh: number | null;
    readonly 'forecast.trainR2': number | null;
    readonly trainR2Low: number | null;
    readonly trainR2High: number | null;
    readonly 'verified.trainMse': number | null;
    readonly 'verified.trainR2': number | null;
    /** Steps after which the trainings were stopped to forecast their end; null where forecasts rest on models. */
    readonly 'forecast.stoppedAfter': number | null;
    readonly 'training.steps': number;
  };
  /**
   * A learning rate at which training does not settle and nothing is fitted: above twice the largest stable one at the start, or
   * steps of an optimiser whose steps have a length that turn angles by more than a radian (`limit` null).
   */
  readonly rate: { readonly rate: number; readonly limit: number | null; readonly momentum: number };
  /**
   * A readout scale γ far from the labels, and nothing is fitted: outputs reach so many times further than labels, or, of a
   * readout that is trained, labels so many times further than outputs at the start.
   */
  readonly scale: {
    readonly 'model.scale': number;
    readonly times: number;
    readonly too: 'large' | 'small';
    /** How little is fitted; null where that is not forecast. */
    readonly trainR2: number | null;
    readonly scaleWithRoom: number;
  };
  /** What no training gets below. `certified`: the limit less its gap; as a share of the labels' variance null where that is 0. */
  readonly limit: {
    readonly certified: number;
    readonly certifiedShare: number | null;
    readonly basis: 'states' | 'labels';
    /** Parts of it: variance of the labels among equal inputs, and what labels out of the readout's range add. */
    readonly 'limit.noise': number;
    readonly 'limit.outOfRange': number;
  };
  /** Training error that the frozen kernel never loses; as a share of the labels' variance null where that is 0. */
  readonly residual: { readonly 'frozen.residualMse': number; readonly residualShare: number | null };
  /** Steps of gradient descent that the frozen kernel takes. */
  readonly steps: {
    readonly 'frozen.steps': number | null;
    readonly reason: string | null;
    readonly kappa: number | null;
    readonly 'training.optimizerRate': number;
    /** Null where there is none. */
    readonly 'training.momentum': number | null;
    readonly rateSource: 'given' | 'half-stability-limit';
    readonly 'training.steps': number;
  };
  /** Scores on the test points; `verified`: of trainings beside a forecast, else null. */
  readonly generalisation: {
    readonly 'forecast.testR2': number | null;
    readonly 'verified.testR2': number | null;
    readonly 'verified.testMse': number | null;
    readonly 'verified.testAccuracy': number | null;
    /** Over the initialisations, of the trainings where there are any. */
    readonly testR2Std: number | null;
    /** Ends of the interval, means over the initialisations; null where there is none. */
    readonly testR2Low: number | null;
    readonly testR2High: number | null;
    readonly reason: string | null;
    readonly 'forecast.testMse': number;
    readonly 'forecast.testAccuracy': number | null;
    readonly testAccuracyLow: number | null;
    readonly testAccuracyHigh: number | null;
    /** What a constant answer has: the share of the class that most training points are of. */
    readonly 'references.constant.testAccuracy': number | null;
    readonly 'data.test': number;
  };
  /** Scores on the test points of models that need no quantum computer, and the best of these. */
  readonly references: {
    readonly 'references.constant.testR2': number;
    readonly 'references.ridge.testR2': number | null;
    readonly 'references.rbf.testR2': number | null;
    readonly 'references.readout.testR2': number | null;
    /** Shares in the right class; null where labels are no classes. */
    readonly 'references.constant.testAccuracy': number | null;
    readonly 'references.ridge.testAccuracy': number | null;
    readonly 'references.rbf.testAccuracy': number | null;
    readonly bestR2: number;
    /**
     * Of the network with all of these: better or worse where their difference is known by points, initialisations and forecast; else
     * open, even where it was trained.
     */
    readonly comparison: 'better' | 'worse' | 'open' | 'even';
    /** In what R² of the network less that of the best is, nine times in ten; null where the test points are too few. */
    readonly moreLow: number | null;
    readonly moreHigh: number | null;
    readonly 'data.test': number;
    readonly initialisations: number;
    /** That of the trained network where it was trained, else of the forecast. */
    readonly networkR2: number;
    readonly networkR2Std: number;
  };
  /**
   * No parameter changes any output: by the structure of the circuit, or, where not `structural`, as far as the Jacobians at
   * the initial parameters tell.
   */
  readonly 'parameters-without-effect': { readonly observables: readonly string[]; readonly structural: boolean };
  /** Features that change no output, all or some; found as above, from outputs in the place of Jacobians. */
  readonly 'inputs-without-effect': {
    readonly observables: readonly string[];
    readonly features: readonly string[];
    readonly all: boolean;
    readonly structural: boolean;
  };
  /** Training labels in the range of a readout. */
  readonly range: {
    readonly observable: string;
    readonly regime: Regime;
    readonly low: number;
    readonly high: number;
    readonly rangeLow: number;
    readonly rangeHigh: number;
    /** Distance of the outermost label from the middle of the range, 1 at its edge; null where the range is a point. */
    readonly rangeShare: number | null;
    readonly 'model.scale': number;
    /** Labels outside, of all training labels of this output. */
    readonly outside: number;
    readonly labels: number;
    /** Whether they were brought to mean 0 and deviation 1. */
    readonly standardised: boolean;
    /** Readout scales γ above which training is exponential, and one with room; null where no scale is. */
    readonly scaleAbove: number | null;
    readonly scaleWithRoom: number | null;
  };
  /** A singular kernel. */
  readonly rank: {
    readonly rank: number;
    readonly rows: number;
    readonly 'model.parameters': number;
    readonly reason: string;
  };
  /** Training rows with the features of an earlier one; the first such pair, and the first with other labels, rows from 0. */
  readonly duplicates: {
    readonly duplicates: number;
    readonly contradictory: number;
    readonly row: number;
    readonly repeatedRow: number;
    readonly contradictoryRow: number | null;
    readonly contradictedRow: number | null;
  };
  /** Real training, and what was forecast of it. */
  readonly verified: {
    readonly optimizer: string;
    readonly 'verified.trainMse': number;
    readonly 'verified.testR2': number | null;
    readonly 'forecast.testR2': number | null;
    readonly testR2Low: number | null;
    readonly testR2High: number | null;
    readonly 'verified.iterations': number;
    /** Whether it is the training that the diagnosis rests on, in the place of a forecast. */
    readonly sameRun: boolean;
  };
}

export type VerdictCode = keyof Evidence;

/** Good news, something to know, or something to change. */
export type Severity = 'good' | 'note' | 'warning';

/**
 * What a verdict rests on: `certain` holds for every θ of this circuit, `forecast` follows from Jacobians before training,
 * `measured` comes from real training.
 */
export type Basis = 'certain' | 'forecast' | 'measured';

/** A finding of one code. */
export interface VerdictOf<Code extends VerdictCode> {
  readonly code: Code;
  readonly severity: Severity;
  readonly basis: Basis;
  readonly evidence: Evidence[Code];
}

/** One finding, as data; the report makes words of it. */
export type Verdict<Code extends VerdictCode = VerdictCode> = { [C in Code]: VerdictOf<C> }[Code];
