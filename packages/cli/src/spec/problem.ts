import path from 'node:path';
import {
  buildModel,
  type Dataset,
  encodingNotes,
  engines,
  type Model,
  type OutputsWanted,
  type QasmCircuit,
  type Spec,
} from '@qntk/core';
import type { Listener } from '../command.ts';
import { readCircuit } from './circuit.ts';
import { dataWords } from './data-words.ts';
import { readSpec, type SpecFile } from './read.ts';
import { readDataset } from './table.ts';
import { warningsOf } from './warnings.ts';

/** Everything a SPEC stands for, ready to work on. */
export interface Problem {
  readonly spec: Spec;
  /** The SPEC as it was written. */
  readonly text: string;
  readonly model: Model;
  readonly dataset: Dataset;
  readonly placing: SpecFile['placing'];
  /** The circuit that the SPEC takes from a file. */
  readonly circuit?: QasmCircuit;
}

/**
 * Reads a SPEC and the data it names, and says what looks like a mistake.
 *
 * @throws InputError naming file and place.
 */
export function readProblem(file: string, listener: Pick<Listener, 'warn'>): Problem {
  const { spec, text, placing } = readSpec(file);
  const engine = engines.wasm;
  const outputs = outputsWanted(spec.model);
  const { dataset, notes } = placing(() => readDataset(spec.data, path.dirname(file), outputs, engine));
  const circuit = placing(() => readCircuit(spec.model, path.dirname(file), dataset.states === true));
  for (const note of circuit?.notes ?? []) listener.warn(note);
  const { features, states } = dataset;
  const given = { states, circuit, outputs: dataset.outputs };
  const model = placing(() => buildModel(spec.model, features.length, engine, given));
  for (const note of [...notes, ...encodingNotes(model, dataset)]) listener.warn(dataWords(note));
  for (const warning of warningsOf(model, dataset)) listener.warn(warning);
  return { spec, text, model, dataset, placing, ...(circuit && { circuit }) };
}

/** How many outputs a model has, as far as its SPEC alone can say. */
export function outputsWanted({ observable }: Spec['model']): OutputsWanted {
  if (observable === 'classes') return observable;
  return typeof observable === 'string' ? 1 : observable.length;
}
