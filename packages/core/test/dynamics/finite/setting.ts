import { orthogonalInputs } from '../../../src/dynamics/finite/input-states.ts';
import {
  defaultLabels,
  initialAngles,
  type PeriodicSetting,
  periodicNetwork,
} from '../../../src/dynamics/finite/network.ts';
import type { FiniteProblem } from '../../../src/dynamics/finite/run.ts';
import { readoutOf } from '../../../src/dynamics/readout.ts';
import { type Random, random } from '../../../src/random/random.ts';

/** You et al.'s problem: m orthogonal inputs, labels ±1, p parameters, γ; fixed by the words. */
export function problemOf(
  [d, m, p, gamma]: readonly [number, number, number, number],
  words: readonly number[],
  more: (draw: Random) => Partial<PeriodicSetting> = () => ({}),
  eigenvalues: readonly number[] = [1, -1],
): FiniteProblem {
  const draw = random(...words);
  const inputs = orthogonalInputs(d, m, draw);
  const setting = { inputs, parameters: p, readout: readoutOf(d, eigenvalues, gamma), ...more(draw) };
  const network = periodicNetwork(setting, draw);
  return { network, labels: defaultLabels(setting.inputs.count), theta0: initialAngles(p, draw) };
}
