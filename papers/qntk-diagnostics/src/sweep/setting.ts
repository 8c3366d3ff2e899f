import type { Ensemble } from '@qntk/study';
import type { Size } from '../../../figure.ts';
import { type NetworkResult, type NetworkSpec, networkKind } from '../kinds/network.ts';

/** The four networks of the paper. */
export const models = [
  { name: 'HEA, low', ansatz: 'hea', frequency: 'low' },
  { name: 'HEA, high', ansatz: 'hea', frequency: 'high' },
  { name: 'HVA, low', ansatz: 'hva', frequency: 'low' },
  { name: 'HVA, high', ansatz: 'hva', frequency: 'high' },
] as const;

export type ModelName = (typeof models)[number]['name'];

/**
 * What the paper leaves open, each as the field has it: RY(x) or RY(3^q x) on every qubit; layers of RY, RZ and a ring of CZ, or of a
 * ring of ZZ, RX and RZ with an angle for every gate; inputs in [−π/2, π/2]; readout Z on one qubit, γ = 1; L-BFGS with at most 500
 * iterations.
 */
const standard = {
  range: [-Math.PI / 2, Math.PI / 2],
  observable: 'Z0',
  scale: 1,
  steps: 500,
} as const satisfies Partial<NetworkSpec>;

/** The split whose initialisations the panels show. */
const shownSplit = 1;

/** Depths, initialisations, and other splits: at some depths, with some initialisations each. */
export const sizes = {
  full: {
    depths: [1, 2, 3, 5, 7, 10, 14, 20, 28, 40],
    seeds: 10,
    splits: [2, 3, 4, 5, 6],
    splitDepths: [10, 40],
    splitSeeds: 2,
  },
  reduced: { depths: [1, 10, 14], seeds: 2, splits: [2], splitDepths: [10], splitSeeds: 1 },
} as const satisfies Record<Size, object>;

export const nameOf = (model: ModelName, layers: number, split = shownSplit): string =>
  `${model}, ${layers} layers, split ${split}`;

/** Every network of a data set at every depth, and some of them on other splits. */
export function sweepOf(data: NetworkSpec['data'], size: Size): Record<string, Ensemble<never, never, NetworkResult>> {
  const { depths, seeds, splits, splitDepths, splitSeeds } = sizes[size];
  const entry = (model: (typeof models)[number], layers: number, split: number, count: number) => {
    const { ansatz, frequency } = model;
    return [
      nameOf(model.name, layers, split),
      tasks({ ...standard, data, split, ansatz, frequency, layers }, count),
    ] as const;
  };
  return Object.fromEntries(
    models.flatMap((model) => [
      ...depths.map((layers) => entry(model, layers, shownSplit, seeds)),
      ...splits.flatMap((split) => splitDepths.map((layers) => entry(model, layers, split, splitSeeds))),
    ]),
  );
}

/** The first initialisations of a network. */
function tasks(spec: NetworkSpec, count: number): Ensemble<never, never, NetworkResult> {
  const seeds = Array.from({ length: count }, (_, index) => index);
  return { kind: networkKind, spec, data: undefined, seeds } as unknown as Ensemble<never, never, NetworkResult>;
}
