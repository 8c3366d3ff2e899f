import type { Distribution } from '../model/initial.ts';
import type { LossKind } from '../model/loss.ts';

/** How a diagnosis is made. */
export interface DiagnoseOptions {
  /** Number of initialisations, and the seed of the ensemble. */
  readonly seeds: number;
  readonly seed: number;
  /** How its angles are drawn; uniform in [0, 2π) where left out. */
  readonly initial?: Distribution;
  readonly loss: LossKind;
  readonly optimizer: string;
  /** The step budget. */
  readonly steps: number;
  /** Learning rate; half the stability limit of the first initialisation where left out. */
  readonly rate?: number | undefined;
  /** Tolerance at which the flow is followed for the forecast; the frozen kernel is the forecast where left out. */
  readonly tolerance?: number;
  /** Also train every initialisation. */
  readonly verify: boolean;
  /** For the record: where the data came from, and encoding and ansatz in a line. */
  readonly source: string;
  readonly description: string;
  /** For the record: version of the program, and the SPEC as plain data. */
  readonly version?: string;
  readonly spec?: unknown;
}
