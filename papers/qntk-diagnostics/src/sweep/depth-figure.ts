import type { DrawnPlot } from '@qntk/report/plots';
import type { Ensemble } from '@qntk/study';
import type { Size } from '../../../figure.ts';
import { resultsOf } from '../../../tasks.ts';
import type { LimitResult } from '../kinds/limit.ts';
import type { NetworkResult } from '../kinds/network.ts';
import type { NetworkSpec } from '../networks.ts';
import { type Sweep, sweepFrom } from './analysis.ts';
import { sixPanels } from './panels.ts';
import { frequencies, limitName, limitsOf, sizes, standardSpec, sweepOf } from './setting.ts';

/** Fig. 1 on a data set: the sweep over depths, and what no circuit behind its encodings fits better, by split. */
export interface DepthAnalysis extends Sweep {
  readonly limits: Readonly<Record<NetworkSpec['frequency'], readonly LimitResult[]>>;
}

export type DepthResult = NetworkResult | LimitResult;

export const depthEnsembles = (
  data: NetworkSpec['data'],
  size: Size,
): Record<string, Ensemble<never, never, DepthResult>> => ({
  ...sweepOf(standardSpec(data), sizes[size]),
  ...limitsOf(data, sizes[size]),
});

export function analyseDepths(results: Readonly<Record<string, readonly unknown[]>>, size: Size): DepthAnalysis {
  const limits = frequencies.map((frequency) => [frequency, resultsOf<LimitResult>(results, limitName(frequency))]);
  return {
    ...sweepFrom((name) => resultsOf(results, name), sizes[size]),
    limits: Object.fromEntries(limits) as DepthAnalysis['limits'],
  };
}

export const depthPanels = (analysis: DepthAnalysis, task: 'regression' | 'classes'): DrawnPlot[] =>
  sixPanels(
    analysis,
    task,
    frequencies.map((frequency) => ({ frequency, floor: floorOf(analysis.limits[frequency][0]!) })),
  );

/** Training errors are certainly not below this. */
export const floorOf = ({ mse, gap }: LimitResult): number => Math.max(0, mse - gap);
