import path from 'node:path';
import {
  buildModel,
  checkBatchSize,
  checkOutputs,
  type Dataset,
  engines,
  type Grid,
  InputError,
  parseGrid,
  parseSpec,
  type Spec,
} from '@qntk/core';
import { decodeText } from '@qntk/formats';
import type { Candidate } from '@qntk/study';
import type { Listener } from '../command.ts';
import { largest, readInput } from '../files/input.ts';
import { readCircuit } from './circuit.ts';
import { dataWords } from './data-words.ts';
import { readDocument, type SourceDocument } from './document.ts';
import { outputsWanted } from './problem.ts';
import { readDataset } from './table.ts';

/** A grid and the file it came from. */
export interface GridFile {
  readonly grid: Grid;
  readonly file: string;
}

/** A member that cannot be trained, and why. */
export interface Skipped {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

/** @throws InputError naming file and place. */
export function readGrid(file: string): GridFile {
  const text = decodeText(readInput(file, largest.spec), file, { advice: 'save it as UTF-8' });
  const source = readDocument(text, file);
  try {
    return { grid: parseGrid(source.value), file };
  } catch (error) {
    throw error instanceof InputError ? error.at(({ where }) => placeOf(source, where)) : error;
  }
}

function placeOf(source: SourceDocument, where: string): string {
  return where === 'GRID' ? source.placeOfValue([]) : `${source.placeOfValue(where.split('.'))}: ${where}`;
}

/**
 * All members of a grid as models on their data; those that cannot be are told of and the rest go on. Data are read once.
 *
 * @param folder - what names of files are relative to: that of the grid where left out.
 * @throws InputError where not one can be trained, as the first says.
 */
export function readCandidates(
  { grid, file }: GridFile,
  listener: Pick<Listener, 'warn'>,
  folder = path.dirname(file),
): { candidates: Candidate[]; skipped: Skipped[] } {
  const candidates: Candidate[] = [];
  const skipped: Skipped[] = [];
  const read = candidateReader(folder, listener);
  for (let index = 0; index < grid.size; index++) {
    const { name, values, spec } = grid.member(index);
    try {
      candidates.push({ name, values, ...read(spec) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      skipped.push({ name, values, reason: error.message });
    }
  }
  const [first] = skipped;
  if (candidates.length === 0 && first)
    throw new InputError({
      where: file,
      found: `${grid.size === 1 ? 'one candidate' : `${grid.size} candidates`}, none of which can be trained`,
      expected: 'at least one',
      advice: `${first.name}: ${first.reason}`,
    });
  return { candidates, skipped };
}

function candidateReader(folder: string, listener: Pick<Listener, 'warn'>) {
  const read = new Map<string, Dataset>();
  const told = new Set<string>();
  const engine = engines.wasm;
  const datasetOf = ({ data, model }: Spec) => {
    const outputs = outputsWanted(model);
    const key = JSON.stringify([data, outputs]);
    const known = read.get(key);
    if (known) return known;
    const { dataset, notes } = readDataset(data, folder, outputs, engine);
    for (const text of notes.map(dataWords)) {
      if (!told.has(text)) listener.warn(text);
      told.add(text);
    }
    read.set(key, dataset);
    return dataset;
  };
  return (value: unknown): Omit<Candidate, 'name' | 'values'> => {
    const spec = parseSpec(value);
    const dataset = datasetOf(spec);
    const circuit = readCircuit(spec.model, folder, dataset.states === true);
    const given = { states: dataset.states, circuit, outputs: dataset.outputs };
    const model = buildModel(spec.model, dataset.features.length, engine, given);
    checkOutputs(model, dataset);
    const { batch } = spec.training;
    // As a training of all rows would refuse it, though parts of them are trained on here.
    if (batch !== undefined) checkBatchSize(batch, dataset.train.length);
    return { spec, model, dataset, ...(circuit && { circuit }) };
  };
}
