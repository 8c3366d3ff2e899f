import { type Decay, fitDecay } from '../regime/decay.ts';
import { statistics } from './statistics.ts';

/** Along the run of one seed, at the times that all seeds share. */
export interface Curves {
  readonly loss: readonly number[];
  /** Least eigenvalue of the kernel. */
  readonly lambdaMin: readonly number[];
  /** ‖K(t) − K(0)‖/‖K(0)‖, Frobenius. */
  readonly kernelChange: readonly number[];
}

/** What every command of `dynamics` gives for a seed. */
export interface SeedRun {
  readonly seed: number;
  /** Least eigenvalue of the kernel over the whole run. */
  readonly lambdaMin: number;
  /** At the end. */
  readonly kernelChange: number;
  readonly loss: number;
  /** How the loss ends, fitted; null where it is rounding too soon. */
  readonly regime: Decay['regime'] | null;
  readonly rate: Decay['rate'] | null;
  readonly exponent: Decay['exponent'];
  /** Of finite networks: largest ‖K_pert(t)‖/‖K_asym(0)‖ along the run, Frobenius: how far it is from the limit p → ∞. */
  readonly perturbation?: number;
}

/** A seed's results and its curves. */
export interface SeedRecord {
  readonly run: SeedRun;
  readonly curves: Curves;
}

/** A run's results from its curves; `least` as in fitDecay. */
export function seedRun(seed: number, times: readonly number[], curves: Curves, least?: number): SeedRun {
  const decay = fitDecay(times, curves.loss, least);
  return {
    seed,
    lambdaMin: Math.min(...curves.lambdaMin),
    kernelChange: curves.kernelChange.at(-1)!,
    loss: curves.loss.at(-1)!,
    regime: decay?.regime ?? null,
    rate: decay?.rate ?? null,
    exponent: decay?.exponent ?? null,
  };
}

/** The results of all seeds together. */
export function summaryOf(seeds: readonly SeedRun[]) {
  const perturbations = seeds.flatMap(({ perturbation }) => perturbation ?? []);
  return {
    lambdaMin: statistics(seeds.map(({ lambdaMin }) => lambdaMin)),
    kernelChange: statistics(seeds.map(({ kernelChange }) => kernelChange)),
    loss: statistics(seeds.map(({ loss }) => loss)),
    ...(perturbations.length > 0 && { perturbation: statistics(perturbations) }),
  };
}
