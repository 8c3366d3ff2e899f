import type { Ensemble } from '@qntk/study';
import type { Size } from '../../../figure.ts';
import { tasks } from '../../../tasks.ts';
import { type LimitResult, limitKind } from '../kinds/limit.ts';
import { type NetworkResult, networkKind } from '../kinds/network.ts';
import type { NetworkSpec } from '../networks.ts';

/** The four networks of the paper. */
export const models = [
  { name: 'HEA, low', ansatz: 'hea', frequency: 'low' },
  { name: 'HEA, high', ansatz: 'hea', frequency: 'high' },
  { name: 'HVA, low', ansatz: 'hva', frequency: 'low' },
  { name: 'HVA, high', ansatz: 'hva', frequency: 'high' },
] as const;

export type ModelName = (typeof models)[number]['name'];

/** The data of the paper; of the latter two it gives no numbers. */
export const sources = {
  tfim: { source: 'tfim' },
  /** One period of a sine, as many points as the Ising ring has. */
  sinusoid: { source: 'sinusoid', points: 20, noise: 0.1 },
  /** As many points a feature as the other data sets have. */
  moons: { source: 'moons', points: 40, noise: 0.1 },
} as const satisfies Record<string, NetworkSpec['data']>;

/**
 * What the paper leaves open, each as the field has it: RY(x) or RY(3^q x) on every qubit; layers of RY, RZ and a ring of CZ, or of a
 * ring of ZZ, RX and RZ with an angle for every gate; inputs in [−π/2, π/2]; readout Z on one qubit, γ = 1.
 */
export const standard = {
  range: [-Math.PI / 2, Math.PI / 2],
  observable: 'Z0',
  scale: 1,
} as const satisfies Partial<NetworkSpec>;

/** A network but for its depth, split and training. */
type UnsizedSpec = Omit<NetworkSpec, 'layers' | 'split' | 'steps'>;

/** The split whose initialisations the panels show. */
export const shownSplit = 1;

/** Depths, initialisations, and other splits: at some depths, with some initialisations each. */
export interface Grid {
  /** Most iterations of L-BFGS. */
  readonly steps: number;
  readonly depths: readonly number[];
  readonly seeds: number;
  readonly splits: readonly number[];
  readonly splitDepths: readonly number[];
  readonly splitSeeds: number;
}

export const sizes: Readonly<Record<Size, Grid>> = {
  full: {
    steps: 500,
    depths: [1, 2, 3, 5, 7, 10, 14, 20, 28, 40],
    seeds: 10,
    splits: [2, 3, 4, 5, 6],
    splitDepths: [10, 40],
    splitSeeds: 2,
  },
  reduced: { steps: 100, depths: [1, 10], seeds: 2, splits: [2], splitDepths: [10], splitSeeds: 1 },
};

export const nameOf = (model: ModelName, layers: number, split = shownSplit): string =>
  `${model}, ${layers} layers, split ${split}`;

type Ensembles = Record<string, Ensemble<never, never, NetworkResult>>;

/** Every network at every depth, and some of them on other splits. */
export function sweepOf(specOf: (model: (typeof models)[number]) => UnsizedSpec, grid: Grid): Ensembles {
  const { steps, depths, seeds, splits, splitDepths, splitSeeds } = grid;
  const entry = (model: (typeof models)[number], layers: number, split: number, count: number) =>
    [nameOf(model.name, layers, split), tasks(networkKind, { ...specOf(model), split, layers, steps }, count)] as const;
  return Object.fromEntries(
    models.flatMap((model) => [
      ...depths.map((layers) => entry(model, layers, shownSplit, seeds)),
      ...splits.flatMap((split) => splitDepths.map((layers) => entry(model, layers, split, splitSeeds))),
    ]),
  );
}

/** As the paper has it, on a data set. */
export const standardSpec =
  (data: NetworkSpec['data']) =>
  ({ ansatz, frequency }: Pick<NetworkSpec, 'ansatz' | 'frequency'>): UnsizedSpec => ({
    ...standard,
    data,
    ansatz,
    frequency,
  });

export const frequencies = ['low', 'high'] as const;

export const limitName = (frequency: NetworkSpec['frequency']): string => `certified limit, ${frequency}`;

/** What no circuit behind an encoding fits better, on every split. */
export function limitsOf(
  data: NetworkSpec['data'],
  { splits }: Grid,
): Record<string, Ensemble<never, never, LimitResult>> {
  const { range, observable, scale } = standard;
  return Object.fromEntries(
    frequencies.map((frequency) => [
      limitName(frequency),
      {
        kind: limitKind,
        spec: { data, range, observable, scale, frequency },
        data: undefined,
        seeds: [shownSplit, ...splits],
      } as unknown as Ensemble<never, never, LimitResult>,
    ]),
  );
}
