import { fitDecay } from '@qntk/core/dynamics';
import type { Ensemble } from '@qntk/study';
import type { Series } from '../../panel.ts';
import { resultsOf, tasks } from '../../tasks.ts';
import { type NetworkResult, networkKind, type RunSeen } from './kinds/network.ts';
import { band, crossing, type Mean, meanOf, slopeBetween } from './numbers.ts';

/** Networks of some dimensions and numbers of parameters, as Figs. 1 and 4 of You et al. 2023 have them: m = 4. */
export interface NetworkGrid {
  readonly dimensions: readonly number[];
  readonly parameters: readonly number[];
  readonly seeds: number;
  readonly gamma: number;
  readonly steps: number;
  readonly beyond?: number;
}

const m = 4;

const nameOf = (d: number, p: number): string => `d = ${d}, p = ${p}`;

export function networksOf(grid: NetworkGrid): Record<string, Ensemble<never, never, NetworkResult>> {
  const { dimensions, parameters, seeds, gamma, steps, beyond } = grid;
  // The dearest first, lest the last ones be waited for alone.
  return Object.fromEntries(
    dimensions
      .toReversed()
      .flatMap((d) =>
        parameters
          .toReversed()
          .map((p) => [
            nameOf(d, p),
            tasks(
              networkKind,
              { d, m, p, gamma, steps, descent: true, ...(beyond !== undefined && { beyond }) },
              seeds,
            ),
          ]),
      ),
  );
}

/** Training curves of one setting over its initialisations. */
export interface SettingCurves {
  readonly name: string;
  readonly d: number;
  readonly p: number;
  /** Steps of gradient descent at the records. */
  readonly steps: readonly number[];
  /** Mean loss of gradient descent and its standard deviation. */
  readonly loss: readonly number[];
  readonly deviation: readonly number[];
  /** Mean loss of the flow at the same times. */
  readonly flow: readonly number[];
  /** Largest relative difference between the losses of descent and flow, over all initialisations and records. */
  readonly apart: number;
  /** Loss of each initialisation after the last step. */
  readonly ends: readonly number[];
  /** Mean of these. */
  readonly end: Mean;
  /** Step at which the mean loss comes to 0.1; null where it does not. */
  readonly tenth: number | null;
  /** −d ln L/dt of the mean curve over the first and over the last tenth of the steps. */
  readonly rates: { readonly first: number; readonly last: number };
  /** Theorem 3.2: mean 1/√L(0), c₁ as stated and of the limit, and c₁ as stated over what each run needs. */
  readonly bound: { readonly c0: number; readonly stated: number; readonly limit: number } | null;
  readonly room: readonly number[];
  /** Runs of descent and flow that go below the bound as stated. */
  readonly below: number;
  /** The flow's loss at its last record, and −d ln L/d ln t there, each initialisation. */
  readonly flowEnds: readonly { readonly loss: number; readonly steepness: number }[];
  /** How the flow's loss ends, over all of its time. */
  readonly regimes: readonly string[];
  readonly exponents: readonly number[];
  /** Step at which each initialisation comes to L = 10⁻²; null where it does not. */
  readonly hundredth: readonly (number | null)[];
  /** Rate of the flow at its last record over that at its first, each initialisation. */
  readonly rateLeft: readonly number[];
}

/** Everything that panels and claims of Figs. 1 and 4 need. */
export function curvesOf(results: Readonly<Record<string, readonly unknown[]>>, grid: NetworkGrid): SettingCurves[] {
  return grid.dimensions.flatMap((d) =>
    grid.parameters.map((p) => settingOf(d, p, grid, resultsOf<NetworkResult>(results, nameOf(d, p)))),
  );
}

function settingOf(d: number, p: number, { steps: last }: NetworkGrid, runs: readonly NetworkResult[]): SettingCurves {
  const descents = runs.map(({ descent }) => descent!);
  const { mean: loss, deviation } = band(descents.map((run) => run.loss));
  const steps = loss.map((_, k) => Math.round((k * last) / (loss.length - 1)));
  const times = descents[0]!.times;
  const flows = runs.map(({ flow }) => flow);
  const ends = descents.map((run) => run.loss.at(-1)!);
  const slopes = runs[0]!.slopes;
  const decays = flows.map((run) => fitDecay(run.times, run.loss, leastLoss));
  return {
    name: nameOf(d, p),
    d,
    p,
    steps,
    loss,
    deviation,
    flow: band(flows.map((run) => run.loss.slice(0, loss.length))).mean,
    apart: Math.max(...descents.map((run, k) => largestDifference(run, flows[k]!))),
    ends,
    end: meanOf(ends),
    tenth: crossing(steps, loss, 0.1),
    rates: { first: slopeBetween(times, loss, 0, 0.1), last: slopeBetween(times, loss, 0.9, 1) },
    bound: slopes && {
      c0: meanOf(flows.map((run) => 1 / Math.sqrt(run.loss[0]!))).mean,
      stated: slopes.stated,
      limit: slopes.limit,
    },
    room: slopes ? flows.map((run) => slopes.stated / run.needed!) : [],
    below: slopes ? [...flows, ...descents].filter((run) => run.needed! > slopes.stated).length : 0,
    flowEnds: flows.map((run) => ({ loss: run.loss.at(-1)!, steepness: run.rates.at(-1)! * run.times.at(-1)! })),
    regimes: decays.map((decay) => decay?.regime ?? 'too short to tell'),
    exponents: decays.flatMap((decay) => decay?.exponent?.value ?? []),
    hundredth: descents.map((run) => crossing(steps, run.loss, 0.01)),
    rateLeft: flows.map(({ rates }) => rates.at(-1)! / rates[0]!),
  };
}

/** Settings of one dimension together, in the order of the grid. */
export function byDimension(settings: readonly SettingCurves[]): SettingCurves[][] {
  const dimensions = [...new Set(settings.map(({ d }) => d))];
  return dimensions.map((d) => settings.filter((setting) => setting.d === d));
}

/** Loss against steps with half a standard deviation, as the paper draws it; on a logarithmic axis bars end above 0. */
export function lossSeries({ p, steps, loss, deviation }: SettingCurves, look: number): Series {
  const bars = steps.map((x, k) => ({
    x,
    low: Math.max(1e-9, loss[k]! - deviation[k]! / 2),
    high: loss[k]! + deviation[k]! / 2,
  }));
  return {
    label: `p = ${p}`,
    look,
    line: steps.map((x, k) => ({ x, y: loss[k]! })),
    bars: bars.filter((_, k) => k % 10 === 0),
  };
}

/** Below this share of the first loss the integrator's tolerance shows. */
const leastLoss = 1e-13;

function largestDifference(descent: RunSeen, flow: RunSeen): number {
  return descent.loss.reduce((most, value, k) => {
    const other = flow.loss[k]!;
    return other > leastLoss * flow.loss[0]! ? Math.max(most, Math.abs(value / other - 1)) : most;
  }, 0);
}
