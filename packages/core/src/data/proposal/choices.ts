import type { NamedModelInput } from '../../model/schema.ts';
import { type ProposedModel, usualEncoding } from './model.ts';

/** What is tried of each part of a model, all combinations. */
export interface ModelChoices {
  readonly encodings: readonly NamedModelInput['encoding'][];
  readonly ansatze: readonly NamedModelInput['ansatz']['kind'][];
  readonly layers: readonly number[];
  /** Readout scales γ. */
  readonly scales: readonly number[];
}

/** Parts of the usual scale: little more than the labels need, the usual one, and one at which training is nearly linear. */
const partsOfScale = [0.75, 1, 5 / 3];

/**
 * What is worth trying in the place of a model to begin with: features as angles once, before every layer, at growing frequencies and
 * with trainable scaling, or in products of pairs; ansätze of different entanglers, from shallow to deep. Quantum data are states
 * already.
 */
export function modelChoices({ encoding, scale }: ProposedModel): ModelChoices {
  return {
    encodings:
      encoding.kind === 'amplitude'
        ? [encoding]
        : [
            { gate: usualEncoding.gate, frequency: usualEncoding.frequency },
            usualEncoding,
            { ...usualEncoding, frequency: 'linear' },
            { ...usualEncoding, scaling: 'trainable' },
            { kind: 'iqp-feature-map', repeats: 1 },
          ],
    ansatze: ['hea', 'hva', 'strongly-entangling', 'efficient-su2'],
    layers: [2, 4, 8, 16],
    scales: partsOfScale.map((part) => Number((part * scale).toPrecision(2))),
  };
}
