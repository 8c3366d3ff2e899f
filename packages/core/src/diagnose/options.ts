import type { LossKind } from '../model/loss.ts';

/** How a diagnosis is made. */
export interface DiagnoseOptions {
  /** Number of initialisations, and the seed of the ensemble. */
  readonly seeds: number;
  readonly seed: number;
  readonly loss: LossKind;
  readonly optimizer: string;
  /** The step budget. */
  readonly steps: number;
  /** Learning rate; half the stability limit of the first initialisation where left out. */
  readonly rate?: number | undefined;
  /** Tolerance of the adaptive integrator; the frozen kernel is the forecast where left out. */
  readonly tolerance?: number;
  /** Also train every initialisation. */
  readonly verify: boolean;
  /** Words for the report: where the data came from, and encoding and ansatz in a line. */
  readonly source: string;
  readonly description: string;
  /** Called when one more initialisation is done. */
  readonly onProgress?: (done: number, all: number) => void;
}
