import type { CertifiedLimit } from '../certificate/limit.ts';
import type { ForecastBasis } from '../cost/commands.ts';
import type { Distribution } from '../model/initial.ts';
import type { Preparation } from '../model/preparation.ts';
import type { RateMeaning } from '../train/training.ts';
import type { Evidence, Verdict, VerdictCode } from './verdict.ts';

/**
 * What `diagnose` finds, as plain data that survives JSON and structuredClone. Numbers that are undefined are null, and
 * `reasons` of the initialisation says why; none is NaN or infinite. Errors are mean squared errors over points and
 * outputs, in the units of the labels squared.
 */
export interface Diagnosis {
  readonly schema: 2;
  /** Version of the program that made it, and the SPEC it was made from, as the caller gave them; null where not. */
  readonly version: string | null;
  readonly spec: unknown;
  readonly model: {
    readonly qubits: number;
    readonly parameters: number;
    readonly inputs: number;
    readonly outputs: number;
    readonly scale: number;
    readonly observables: readonly string[];
    /** One line for people: encoding and ansatz. */
    readonly description: string;
    /** Least and largest value of each output, scale included; a bound from outside where not exact. */
    readonly ranges: readonly { readonly low: number; readonly high: number; readonly exact: boolean }[] | null;
  };
  readonly data: {
    readonly source: string;
    readonly features: readonly string[];
    readonly classes: readonly string[] | null;
    /** How the features came from the columns of a table: all that was fitted; null for data made otherwise. */
    readonly preparation: Preparation | null;
    /** Number of training and test points. */
    readonly train: number;
    readonly test: number;
    /**
     * Rows of the data, from 0, whose points are listed in this document: all of a part, or 2000 spread evenly over it.
     * Every score is over all points.
     */
    readonly trainRows: readonly number[];
    readonly testRows: readonly number[];
    /** Labels and, for plots, features of the listed points; points × outputs and points × features. */
    readonly trainX: readonly number[];
    readonly trainY: readonly number[];
    readonly testX: readonly number[];
    readonly testY: readonly number[];
  };
  readonly training: {
    readonly loss: 'mean' | 'sum';
    readonly optimizer: string;
    readonly steps: number;
    /** Learning rate that turns steps into t = rate × steps, and where it comes from. */
    readonly rate: number;
    readonly rateSource: 'given' | 'half-stability-limit';
    /** What a step of the optimiser is multiplied by: of one with momentum β (1 − β) times the rate; null where it has none. */
    readonly optimizerRate: number | null;
    readonly momentum: number;
    /** What the rate is to the optimiser. */
    readonly rateMeaning: RateMeaning;
  };
  /** The seed of the initialisations and how their angles are drawn. */
  readonly initial: Distribution & { readonly seed: number };
  /** What no training gets below, certainly (core's `certificate`). */
  readonly limit: Omit<CertifiedLimit, 'readout'>;
  /** Scores of models that need no quantum computer, on the same features and split; null where there are no test points. */
  readonly references: ReferenceScores | null;
  readonly seeds: readonly SeedDiagnosis[];
  /** Over the initialisations, by the path a number has in `seeds`, such as `forecast.testR2`. */
  readonly summary: Readonly<Record<string, Statistic>>;
  /** The most important first. */
  readonly verdicts: readonly Verdict[];
  readonly bottomLine: BottomLine;
  /** Which sentences training bore out; null where nothing was trained. */
  readonly judgements: readonly Judgement[] | null;
}

/** A verdict, by its code, beside the training that it foretold. */
export interface Judgement {
  readonly sentence: VerdictCode;
  readonly contradicted: boolean;
}

/**
 * What to expect of the trained network and what limits it: nothing reaches the readout or nothing is trained (`no-effect`), too few training points to say anything (`few-points`),
 * a learning rate at which training does not settle, a readout scale far from the labels (`scale`), labels out of the readout's range, labels that no function fits, the encoding (certified), the budget of steps, ansatz or
 * depth, a fixed readout, more freedom than the points hold (`freedom`), the number of points, the initialisation, or nothing of weight; open where several
 * of these are left, or none that was tried would help.
 */
export interface BottomLine {
  /** What it rests on: forecasts, or trainings: that were asked for, or that cost no more than forecasts. */
  readonly basis: ForecastBasis;
  /** What its changes rest on: those of a verified diagnosis are forecast, too. */
  readonly changesBasis: ForecastBasis;
  /** Whether R² of the trainings that were asked for is in its interval; null where nothing was foretold, or without an interval. */
  readonly held: boolean | null;
  readonly code:
    | 'no-effect'
    | 'few-points'
    | 'rate'
    | 'scale'
    | 'range'
    | 'labels'
    | 'encoding'
    | 'steps'
    | 'ansatz'
    | 'readout'
    | 'freedom'
    | 'points'
    | 'initialisation'
    | 'open'
    | 'none';
  readonly evidence: {
    readonly 'forecast.testR2': number | null;
    /** Of trainings beside a forecast; null where there are none. */
    readonly 'verified.testR2': number | null;
    readonly 'verified.testAccuracy': number | null;
    /** Over the initialisations, of the trainings where there are any. */
    readonly testR2Std: number | null;
    /** In what R² on new points is, nine times in ten: as these test points are some of many. Null where these are too few. */
    readonly newR2Low: number | null;
    readonly newR2High: number | null;
    readonly 'data.train': number;
    readonly 'data.test': number;
    readonly 'forecast.jacobians': number;
    /** Ends of the interval of a forecast; null where there is none. */
    readonly testR2Low: number | null;
    readonly testR2High: number | null;
    readonly 'forecast.testAccuracy': number | null;
    readonly testAccuracyLow: number | null;
    readonly testAccuracyHigh: number | null;
    /** What a constant answer has: the share of the class that most training points are of. */
    readonly 'references.constant.testAccuracy': number | null;
    /** R² on the training points, of the trainings where there are any; null where labels of an output are all the same. */
    readonly trainR2: number | null;
    /** Training error that none gets below, certainly, and as a share of the labels' variance; null where these have none. */
    readonly certified: number;
    readonly certifiedShare: number | null;
    /** A rate or a readout scale that a verdict warns of; null where none does. */
    readonly rate: Evidence['rate'] | null;
    readonly scale: Evidence['scale'] | null;
    /** How far an angle turns within the steps at most, about, rad; null where the optimiser's steps have no length. */
    readonly travel: number | null;
    /** Whether the optimiser has a rate: others find their step lengths. */
    readonly isRatePlanned: boolean;
    /** What changes bring, on training points that were kept out; null where that was not tried. */
    readonly longer: TriedChange | null;
    readonly deeper: TriedChange | null;
    readonly readout: TriedChange | null;
    readonly fewer: TriedChange | null;
    readonly simpler: TriedChange | null;
    readonly richer: TriedChange | null;
    readonly rescaled: TriedChange | null;
    /** Changes that were not tried, as that takes long beside the diagnosis. */
    readonly tooLong: readonly TooLong[];
    /** The best of the models that need no quantum computer. */
    readonly bestReference: {
      readonly name: 'constant' | 'ridge' | 'rbf';
      readonly testR2: number;
      readonly comparison: Evidence['references']['comparison'];
    } | null;
  };
}

/**
 * What a diagnosis may change of a plan: twice the steps, twice the layers, weights and a bias of the readout trained, half of the
 * training points, less freedom (each feature encoded once at the lowest frequency or, where that is so, half of the layers), the
 * data encoded again before every layer, a readout scale that leaves the labels room.
 */
export type Change = 'longer' | 'deeper' | 'readout' | 'fewer' | 'simpler' | 'richer' | 'rescaled';

/** What changes of the plan come to; those left out were not tried. */
export type Changes = { readonly [Name in Change]?: TriedChange };

/**
 * What training comes to as planned and with a change, forecast or trained as the diagnosis is, on points that were kept out of it:
 * parts of the training points, of which the others were trained on. Test points have no part in it.
 */
export interface TriedChange {
  /** R² on the points that were kept out, all parts together. */
  readonly planned: number;
  readonly changed: number;
  /** By how much less the change may bring, nineteen times in twenty. */
  readonly within: number;
  /** Shares of these points in the right class; null where labels are no classes. */
  readonly right: { readonly planned: number; readonly changed: number } | null;
  /** Points that were kept out, and how many parts that are `of` all. */
  readonly points: number;
  readonly parts: number;
  readonly of: number;
  /** Each part has one of them. */
  readonly initialisations: number;
  /** Of less freedom: what has less. */
  readonly by?: 'encoding' | 'layers';
  /** Of another readout scale. */
  readonly scale?: number;
}

/** A change that was not tried, and about what that would take. */
export interface TooLong {
  readonly change: Change;
  readonly seconds: number;
}

/** What a diagnosis tried, and what it did not. */
export interface Tried {
  readonly changes: Changes;
  readonly tooLong: readonly TooLong[];
}

/** What stands beside the scores of the network (core's `references`); nulls have their reason in `reasons`, by their path. */
export interface ReferenceScores {
  /** The mean of the training labels. */
  readonly constant: ReferenceScore;
  /** Ridge regression, and kernel ridge regression with a Gaussian kernel. */
  readonly ridge: ReferenceScore | null;
  readonly rbf: ReferenceScore | null;
  /** The best readouts of the encoded states, of which every circuit behind this encoding is one or less. */
  readonly readout: ReferenceScore | null;
  /** Training points that they were fitted on. */
  readonly points: number;
  readonly reasons: Readonly<Record<string, string>>;
}

/** Scores of one of them, and its outputs on the listed test points. */
export interface ReferenceScore extends TestScores {
  readonly test: readonly number[];
}

/** Mean and standard deviation of a number over the initialisations; null, with a reason, where any has none. */
export interface Statistic {
  readonly mean: number | null;
  /** With n − 1; 0 for one initialisation. */
  readonly std: number | null;
  readonly reason?: string;
}

/** One initialisation. Every number or null in it, by its path, is a quantity of the summary. */
export interface SeedDiagnosis {
  readonly seed: number;
  /** Outputs at θ₀ on the listed training points. */
  readonly f0: readonly number[];
  /** Eigenvalues of the kernel, descending. */
  readonly spectrum: readonly number[];
  readonly kappa: number | null;
  /** Kernel–target alignment, 0 to 1, with the labels as they are trained on. */
  readonly alignment: number | null;
  /** (Σλ)²/Σλ². */
  readonly effectiveDimension: number | null;
  readonly rank: number;
  readonly cutoff: number;
  /** Largest stable rate of gradient descent. */
  readonly rateLimit: number | null;
  /** The kernel frozen at θ₀ (Scala et al. 2025): one Jacobian. */
  readonly frozen: Frozen;
  /** At the step budget: on the planned optimiser's own path, or of the flow followed at a tolerance. */
  readonly forecast: Forecast;
  /**
   * Curves for plots: frozen kernel; samples of the network on the optimiser's path, and between them the training loss of its
   * model step by step (without test errors), or the flow followed at the tolerance; the training itself where it was measured
   * in the place of a forecast.
   */
  readonly curves: {
    readonly frozen: Curve;
    readonly adaptive?: Curve;
    readonly path?: Curve;
    readonly everyStep?: Curve;
    readonly trained?: Curve;
  };
  readonly verified?: Verified;
  /** Of the first initialisation, where the data have two features: what the network answers where the forecast ends, or the training. */
  readonly plane?: Plane;
  /** Why a number above is null, by its path or that of what it is part of. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** Scores on the test points; null where undefined. */
export interface TestScores {
  readonly testMse: number | null;
  readonly testR2: number | null;
  readonly testAccuracy: number | null;
}

export interface Scores extends TestScores {
  readonly trainMse: number;
}

export interface Frozen {
  /** Training error that the frozen kernel never loses: that of y − f₀ in its null space. */
  readonly residualMse: number;
  /** Number of modes learned (decayed to 1/e) within the step budget. */
  readonly learnedModes: number;
  /** Steps until the training loss has lost 99 % of its excess over the residual. */
  readonly steps: number | null;
  /** At the step budget (Eq. 4, with f₀). */
  readonly forecast: Scores;
  /** Kernel regression, t = ∞ (Eq. 5, with f₀). */
  readonly infinity: Scores;
}

export interface Forecast extends Scores {
  /** `measured` where training itself costs hardly more than a forecast and was done in its place; the same for all initialisations. */
  readonly basis: ForecastBasis;
  /**
   * Steps after which the training loss has made 99 % of its way to where it ends at the budget, start, way and end by the model
   * that the curve of every step is of, or those of the training where it was measured; null where steps are not forecast.
   */
  readonly steps: number | null;
  /** Jacobians evaluated for this on each training point, of a training one a gradient; 1 is the frozen kernel. */
  readonly jacobians: number;
  /** Steps after which the training was stopped to forecast its end; left out where a forecast rests on models of the network. */
  readonly stoppedAfter?: number;
  /** On the training points, the mean of the outputs' coefficients as of the test R²; null where labels of an output are all the same. */
  readonly trainR2: number | null;
  /** Least and largest value that a score is expected to come to, nine times in ten; of those that have one, and none where measured. */
  readonly interval?: { readonly [Score in 'trainMse' | 'trainR2' | keyof TestScores]?: readonly [number, number] };
  /** Outputs on the listed test points. */
  readonly test: readonly number[];
}

/** A run along time for plots: `steps` counts steps at the rate of the diagnosis; records of a trajectory. */
export interface Curve {
  readonly steps: readonly number[];
  readonly trainLoss: readonly number[];
  /** Mean squared error on the test points at each record; empty where there are none. */
  readonly testMse: readonly number[];
}

/** Outputs over the plane of two features, these as they enter the circuit, for a figure. */
export interface Plane {
  /** Ascending, evenly spaced values of either feature. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** To four digits, in the labels' own units: for each y, for each x, every output. */
  readonly outputs: readonly number[];
}

/** Real training beside the forecast. */
export interface Verified extends Scores {
  readonly optimizer: string;
  /** As that of the forecast. */
  readonly trainR2: number | null;
  readonly iterations: number;
  readonly parameterChange: number | null;
  readonly curve: Curve;
  /** Outputs on the listed test points at the end. */
  readonly test: readonly number[];
  /** Least and largest value of each output on the training points at the end. */
  readonly spans: readonly (readonly [number, number])[];
  /**
   * The frozen kernel, or the flow where that is what was followed, where its training loss equals the trained network's; null
   * where it never does, steps null at t = ∞.
   */
  readonly atEqualLoss: {
    readonly testMse: number | null;
    readonly testR2: number | null;
    readonly steps: number | null;
  };
}
