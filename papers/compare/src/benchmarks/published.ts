import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The models of XanaduAI/qml-benchmarks that a SPEC comes near to. */
export type PublishedModel = 'CircuitCentricClassifier' | 'DataReuploadingClassifier';

/** Which outputs DataReuploadingClassifier learns with: Z on the first qubit, on the first half, on all. */
export type ObservableType = 'single' | 'half' | 'full';

/** A candidate of a published grid search, and its accuracy on each of the five folds. */
export interface PublishedCandidate {
  readonly learning_rate: number;
  readonly n_layers: number;
  readonly n_input_copies?: number;
  readonly observable_type?: ObservableType;
  readonly accuracies: readonly number[];
}

/** The grid search of one model on one data set. */
export interface PublishedTable {
  readonly model: PublishedModel;
  readonly set: string;
  readonly candidates: readonly PublishedCandidate[];
}

/** All tables. */
export const publishedTables = (folder: string): PublishedTable[] =>
  JSON.parse(readFileSync(join(benchmarksIn(folder), 'results.json'), 'utf8')).tables;

export interface Points {
  readonly X: readonly (readonly number[])[];
  /** −1 or 1. */
  readonly y: readonly number[];
}

/** The 240 rows on which the grid searches of a data set were made. */
export function pointsOf(folder: string, set: string): Points {
  const [, ...lines] = readFileSync(join(benchmarksIn(folder), `${set}.csv`), 'utf8')
    .trim()
    .split('\n');
  const rows = lines.map((line) => line.split(',').map(Number));
  return { X: rows.map((row) => row.slice(0, -1)), y: rows.map((row) => row[row.length - 1]!) };
}

const benchmarksIn = (folder: string): string => join(folder, 'data/benchmarks');
