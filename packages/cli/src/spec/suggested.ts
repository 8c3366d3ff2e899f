import { type ModelChoices, type ProposedModel, parseGrid } from '@qntk/core';
import type { ComparedCandidate } from '@qntk/core/compare';
import type { ProposedSpec } from './proposed.ts';

/** Initialisations that candidates are judged by, and the last few of them. */
const seeds = 1;
export const finalSeeds = 3;

/** A grid of a SPEC in which every part of the model has its choices. */
export function suggestedGrid({ spec }: ProposedSpec, { encodings, ansatze, layers, scales }: ModelChoices) {
  const base = spec as { model: object; initial: object };
  return parseGrid({
    ...base,
    model: {
      ...base.model,
      encoding: encodings.length === 1 ? encodings[0] : { each: encodings },
      ansatz: { kind: { each: ansatze }, layers: { each: layers } },
      scale: { each: scales },
    },
    initial: { ...base.initial, seeds },
  });
}

/** The model that a member of such a grid stands for. */
export function chosenModel(model: ProposedModel, { values }: Pick<ComparedCandidate, 'values'>): ProposedModel {
  const [kind, layers] = [values['model.ansatz.kind'], values['model.ansatz.layers']];
  return {
    ...model,
    encoding: (values['model.encoding'] as ProposedModel['encoding'] | undefined) ?? model.encoding,
    ansatz: { kind, layers } as ProposedModel['ansatz'],
    scale: values['model.scale'] as number,
  };
}
