import { certifiedLimit } from '@qntk/core/forecast';
import { atOnce, type Kind } from '@qntk/study';
import { type NetworkSpec, networkOf } from '../networks.ts';

/** What no circuit behind an encoding fits better: training MSE is at least mse − gap. */
export interface LimitResult {
  readonly mse: number;
  readonly gap: number;
}

/** The seed is that of the split; the ansatz makes no difference. */
export const limitKind = {
  name: 'qntk-diagnostics-limit',
  seedRun: (spec) =>
    atOnce((split) => {
      const { model, dataset } = networkOf({ ...spec, ansatz: 'hea', layers: 1, split, steps: 0 });
      const { mse, gap } = certifiedLimit(model, dataset);
      return { mse: mse ?? 0, gap: gap ?? 0 };
    }),
} as const satisfies Kind<Omit<NetworkSpec, 'ansatz' | 'layers' | 'split' | 'steps'>, undefined, LimitResult>;
