import { logSpaced } from '@qntk/core';
import { fitDecay } from '@qntk/core/dynamics';
import { train } from '@qntk/core/train';
import { atOnce, type Kind } from '@qntk/study';
import { type NetworkSpec, networkOf, thetaOf } from '../networks.ts';

/** The gradient flow of the mean loss 1/(2m)Σr² up to t = `steps`, and how it ends. */
export interface FlowResult {
  readonly times: readonly number[];
  readonly loss: readonly number[];
  readonly regime: 'exponential' | 'sublinear' | 'stagnant' | null;
  /** Terminal −d ln L/dt. */
  readonly rate: number | null;
  /** α of L ∝ (t + t₀)^−α where it is sublinear. */
  readonly exponent: number | null;
}

/** Steps in a unit of time, and how many are recorded: a flow that ends early has enough of them, too. */
const [perTime, records] = [100, 240];
/** Of a step of the flow from its model. */
const tolerance = 0.01;
/** Losses below this share of the first are what this tolerance leaves. */
const least = 1e-16;

export const flowKind = {
  name: 'qntk-diagnostics-flow',
  seedRun(spec) {
    const { model, dataset } = networkOf(spec);
    return atOnce((index): FlowResult => {
      const { trajectory } = train(model, dataset, {
        optimizer: 'flow',
        loss: 'mean',
        rate: 1 / perTime,
        steps: perTime * spec.steps,
        record: Array.from(logSpaced(1, perTime * spec.steps, records), Math.round),
        tolerance,
        theta0: thetaOf(model, index),
      });
      const { times, trainLoss } = trajectory;
      const decay = fitDecay(times, trainLoss, least);
      return {
        times: [...times],
        loss: [...trainLoss],
        regime: decay?.regime ?? null,
        rate: decay?.rate.value ?? null,
        exponent: decay?.exponent?.value ?? null,
      };
    });
  },
} as const satisfies Kind<NetworkSpec, undefined, FlowResult>;
