/**
 * What `diagnose` finds, as plain data: report.json is this, the HTML report and the printed verdict are made from it.
 * Numbers that are undefined are null, and a reason stands beside them; none is NaN or infinite.
 */
export interface Diagnosis {
  readonly schema: 'qntk/diagnosis/1';
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
    readonly ranges: readonly { readonly low: number; readonly high: number; readonly exact: boolean }[];
  };
  readonly data: {
    readonly source: string;
    readonly features: readonly string[];
    readonly classes: readonly string[] | null;
    /** Number of training and unseen points. */
    readonly train: number;
    readonly test: number;
    /**
     * Rows of the data, from 0, whose points are listed in this document: all of a part, or 2000 spread evenly over it.
     * Every figure is over all points.
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
    readonly rateSource: 'given' | 'half the stability limit of the first initialisation';
  };
  readonly seeds: readonly SeedDiagnosis[];
  /** Mean and standard deviation over the initialisations of every figure; null where it is undefined in any. */
  readonly summary: Record<string, Figure>;
  readonly verdicts: readonly Verdict[];
}

export interface Figure {
  readonly mean: number | null;
  /** 0 for one initialisation. */
  readonly std: number | null;
  /** The mean is of values some of which are lower bounds. */
  readonly atLeast?: true;
  readonly reason?: string;
}

/** One sentence with the number that backs it. */
export interface Verdict {
  readonly code:
    | 'fit'
    | 'never'
    | 'steps'
    | 'generalise'
    | 'stop'
    | 'trust'
    | 'reach'
    | 'rank'
    | 'duplicates'
    | 'verified';
  readonly severity: 'good' | 'note' | 'warning';
  readonly text: string;
  /** The figures behind the sentence, by name. */
  readonly evidence: Record<string, number | string | null>;
}

/** One initialisation. */
export interface SeedDiagnosis {
  readonly seed: number;
  /** Outputs at θ₀ on the listed training points. */
  readonly f0: readonly number[];
  /** Eigenvalues of the kernel, descending. */
  readonly spectrum: readonly number[];
  readonly kappa: number | null;
  readonly rank: number;
  readonly cutoff: number;
  /** Training error that no training takes away, in the frozen kernel. */
  readonly floor: { readonly mse: number };
  /** Number of modes learned (decayed to 1/e) within the step budget. */
  readonly learnedModes: number;
  /** Largest stable rate of gradient descent. */
  readonly rateLimit: number | null;
  readonly forecast: Forecast;
  /** Best time to stop by the forecast on unseen points; null where there are none. */
  readonly earlyStop: { readonly steps: number; readonly testMse: number } | null;
  readonly trust: Trust;
  /** Curves for the plots: frozen kernel, and the adaptive integrator where it ran. */
  readonly curves: { readonly frozen: Curve; readonly adaptive: Curve | null };
  readonly verified?: Verified;
  /** Why a figure above is null, by its name, such as `kappa` or `forecast.testR2`. */
  readonly reasons: Record<string, string>;
}

export interface Forecast {
  /** At the step budget. */
  readonly trainLoss: number;
  readonly testMse: number | null;
  readonly testR2: number | null;
  readonly testAccuracy: number | null;
  /** Steps until the training loss above its floor has fallen to a hundredth. */
  readonly steps: number | null;
  /** Jacobians evaluated for this forecast on each point; 1 is the frozen kernel. */
  readonly jacobians: number;
  /** Kernel regression, t = ∞ (Scala et al. 2025, Eq. 5). */
  readonly limit: { readonly trainLoss: number; readonly testMse: number | null; readonly testR2: number | null };
  /** Outputs on the listed unseen points at the step budget. */
  readonly test: readonly number[];
}

/** How far the frozen kernel can be trusted, all before training. */
export interface Trust {
  /**
   * Largest relative deviation of the frozen loss curve from the true flow until the loss above its floor has fallen to a
   * hundredth; a lower bound where the flow was not `followedToEnd`.
   */
  readonly lossDeviation: number | null;
  /** Steps up to which the flow was followed for it, and whether that is all the way. */
  readonly followedSteps: number | null;
  readonly followedToEnd: boolean;
  /** ‖θ* − θ₀‖/‖θ₀‖ for the linear model's own end point θ* at the step budget (Scala et al. 2025, Fig. 1c). */
  readonly parameterChange: number | null;
  /** ‖K(θ*) − K(θ₀)‖/‖K(θ₀)‖. */
  readonly kernelChange: number | null;
  /** ‖f(θ*) − y‖/‖f(θ₀) − y‖: 0 where the linear model's end point really fits. */
  readonly residualLeft: number | null;
  /** Jacobians these figures took beyond the forecast's. */
  readonly jacobians: number;
}

/** A run along time for plots: `steps` counts steps at the rate of the diagnosis; records of a trajectory. */
export interface Curve {
  readonly steps: readonly number[];
  readonly trainLoss: readonly number[];
  /** Mean squared error on the unseen points at each record; null where there are none. */
  readonly testMse: readonly number[] | null;
}

/** Real training beside the forecast. */
export interface Verified {
  readonly optimizer: string;
  readonly trainLoss: number;
  readonly testMse: number | null;
  readonly testR2: number | null;
  readonly testAccuracy: number | null;
  readonly iterations: number;
  readonly parameterChange: number | null;
  readonly curve: Curve;
  /** Outputs on the listed unseen points at the end. */
  readonly test: readonly number[];
  /** The forecast where its training loss equals the trained network's, null where it never does; steps null at t = ∞. */
  readonly atEqualLoss: {
    readonly testMse: number;
    readonly testR2: number | null;
    readonly steps: number | null;
  } | null;
}
