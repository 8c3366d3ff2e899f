import type { Ensemble } from '@qntk/study';
import type { Size } from '../../figure.ts';
import { resultsOf, tasks } from '../../tasks.ts';
import { type LimitResult, limitKind } from './kinds/limit.ts';
import { type Mean, meanOf } from './numbers.ts';

/** The limit p → ∞ for one (d, m, γ), labels drawn from ±1, 100 starts. */
export interface Setting {
  readonly d: number;
  readonly m: number;
  readonly gamma: number;
}

/** What is swept: γ at the two dimensions of the figures' upper panels, d at the two γ of the lower ones. */
export interface Sweep {
  readonly gammas: readonly number[];
  readonly dimensions: readonly number[];
  readonly samples: readonly number[];
  readonly seeds: number;
}

/** Figs. 3 and 5 name d = 32, 64 and γ = 2, 4; the other values are ours, 2^50 beyond what any matrix can hold. */
export const sweepOf = (size: Size): Sweep =>
  size === 'full'
    ? {
        gammas: [1.2, 1.5, 2, 3, 4, 6, 8],
        dimensions: [16, 32, 64, 128, 256, 512, 1024, 2 ** 20, 2 ** 50],
        samples: [2, 4, 8, 16],
        seeds: 100,
      }
    : { gammas: [1.5, 4], dimensions: [64, 128, 2 ** 50], samples: [2, 4], seeds: 8 };

const atDimensions = [32, 64];
const atGammas = [2, 4];

export const nameOf = ({ d, m, gamma }: Setting): string => `d = ${d}, m = ${m}, γ = ${gamma}`;

/** Every setting once; labels of one sign take up to m dimensions of an eigenspace of d/2. */
function settingsOf({ gammas, dimensions, samples }: Sweep): Setting[] {
  const all = samples.flatMap((m) => [
    ...atDimensions.flatMap((d) => gammas.map((gamma) => ({ d, m, gamma }))),
    ...atGammas.flatMap((gamma) => dimensions.map((d) => ({ d, m, gamma }))),
  ]);
  return [...new Map(all.filter(({ d, m }) => 2 * m <= d).map((setting) => [nameOf(setting), setting])).values()];
}

/**
 * Beside runs at 10⁻¹² (m = 4 … 16, γ = 1.2 … 8) λmin is within 2·10⁻¹⁰, the change of K_asym within 10⁻¹¹, the least rate within
 * 2·10⁻⁶ and the loss, down to e^−32 of the first, within 4·10⁻⁴, in three fifths of the time.
 */
const tolerance = 1e-10;

export function sweepEnsembles(sweep: Sweep): Record<string, Ensemble<never, never, LimitResult>> {
  return Object.fromEntries(
    settingsOf(sweep).map((setting) => [
      nameOf(setting),
      // The slowest rate, 4(γ² − 1), goes through e^−32.
      tasks(
        limitKind,
        { ...setting, labels: 'random', time: 8 / (setting.gamma ** 2 - 1), curves: false, tolerance },
        sweep.seeds,
      ),
    ]),
  );
}

/** What 100 starts of a setting show. */
export interface Swept extends Setting {
  /** Least eigenvalue of K_asym: at the start, least of the run, at the end. */
  readonly start: Mean;
  readonly least: Mean;
  readonly end: Mean;
  /** Relative change of K_asym. */
  readonly change: Mean;
  /** Runs whose loss fell below 10⁻⁶ of its start. */
  readonly converged: number;
  /** Runs whose λmin at the end is within 1 % of the least of the run. */
  readonly leastAtEnd: number;
  /** Least −d ln L/dt over 2C₀ of all runs. */
  readonly rateShare: number;
  /** The smallest λmin of all runs. */
  readonly smallest: number;
  /** λmin(0)/γ² of each start, the first ten. */
  readonly startShares: readonly number[];
}

export function sweptOf(results: Readonly<Record<string, readonly unknown[]>>, sweep: Sweep): Swept[] {
  return settingsOf(sweep).map((setting) => {
    const runs = resultsOf<LimitResult>(results, nameOf(setting));
    return {
      ...setting,
      start: meanOf(runs.map(({ lambda }) => lambda.start)),
      least: meanOf(runs.map(({ lambda }) => lambda.least)),
      end: meanOf(runs.map(({ lambda }) => lambda.end)),
      change: meanOf(runs.map(({ change }) => change)),
      converged: runs.filter(({ loss }) => loss.end < 1e-6 * loss.start).length,
      leastAtEnd: runs.filter(({ lambda }) => lambda.end <= 1.01 * lambda.least).length,
      rateShare: Math.min(...runs.map(({ rateShare }) => rateShare ?? Number.MAX_VALUE)),
      smallest: Math.min(...runs.map(({ lambda }) => lambda.least)),
      startShares: runs.slice(0, 10).map(({ lambda }) => lambda.start / setting.gamma ** 2),
    };
  });
}

/** Those of the upper panels, one for each dimension, and of the lower ones, one for each γ. */
export const upperOf = (swept: readonly Swept[]) =>
  atDimensions.map((d) => ({ d, swept: swept.filter((one) => one.d === d) }));
export const lowerOf = (swept: readonly Swept[]) =>
  atGammas.map((gamma) => ({ gamma, swept: swept.filter((one) => one.gamma === gamma) }));
export const samplesOf = (swept: readonly Swept[]): number[] => [...new Set(swept.map(({ m }) => m))];
