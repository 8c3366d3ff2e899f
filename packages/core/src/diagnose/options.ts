import type { ForecastBasis } from '../cost/commands.ts';
import type { Distribution } from '../model/initial.ts';
import type { LossKind } from '../model/loss.ts';

/** What the diagnosis of an initialisation depends on, beside model and data; plain data. */
export interface SeedOptions {
  /** Seed of the ensemble: it and the number of an initialisation give its parameters. */
  readonly seed: number;
  /** How angles are drawn; uniform in [0, 2π) where left out. */
  readonly initial?: Distribution;
  readonly loss: LossKind;
  readonly optimizer: string;
  /** The step budget. */
  readonly steps: number;
  /** Learning rate of the optimiser; half the stability limit of the first initialisation where left out. */
  readonly rate?: number | undefined;
  /** Points of a minibatch, and momentum, of optimisers that take them. */
  readonly batch?: number | undefined;
  readonly momentum?: number | undefined;
  /** Jacobians for the forecast on the optimiser's path; about twenty where left out. */
  readonly jacobians?: number | undefined;
  /** Tolerance at which the flow is followed for the forecast; the optimiser's own path is forecast where left out. */
  readonly tolerance?: number;
  /** What the forecast rests on; where left out, a training where that costs hardly more than a forecast (`cheaperBasis`). */
  readonly basis?: ForecastBasis | undefined;
  /** Also train every initialisation. */
  readonly verify: boolean;
}

/** How a diagnosis is made. */
export interface DiagnoseOptions extends SeedOptions {
  /** Number of initialisations. */
  readonly seeds: number;
  /** For the record: where the data came from, and encoding and ansatz in a line. */
  readonly source: string;
  readonly description: string;
  /** For the record: version of the program, and the SPEC as plain data. */
  readonly version?: string;
  readonly spec?: unknown;
}
