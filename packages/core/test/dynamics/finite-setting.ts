import {
  defaultLabels,
  initialAngles,
  type PeriodicSetting,
  periodicNetwork,
} from '../../src/dynamics/dense-network.ts';
import type { FiniteProblem } from '../../src/dynamics/finite-run.ts';
import { orthogonalInputs } from '../../src/dynamics/input-states.ts';
import { type Random, random } from '../../src/linalg/random.ts';

/** Half of d levels at +1, half at −1. */
export const balanced = (d: number) => Float64Array.from({ length: d }, (_, k) => (k < d / 2 ? 1 : -1));

/** Paper C's problem: m orthogonal inputs, labels ±1, p parameters, γ; fixed by the words. */
export function problemOf(
  [d, m, p, scale]: readonly [number, number, number, number],
  words: readonly number[],
  more: (draw: Random) => Partial<PeriodicSetting> = () => ({}),
): FiniteProblem {
  const draw = random(...words);
  const inputs = orthogonalInputs(d, m, draw);
  const setting = { inputs, parameters: p, readout: balanced(d), scale, ...more(draw) };
  const network = periodicNetwork(setting, draw);
  return { network, labels: defaultLabels(setting.inputs.count), theta0: initialAngles(p, draw) };
}
