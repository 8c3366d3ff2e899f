import { z } from 'zod';
import type { Dataset } from '../model/dataset.ts';
import { decisionOf } from '../model/scores.ts';
import { random } from '../random/random.ts';
import { streams } from './streams.ts';

/** `selection` in a GRID: what a choice between models is made by. */
export const selectionSchema = z.union([
  z.strictObject({
    folds: z.int().min(2).max(100).describe('parts of the training rows, each kept out once'),
  }),
  z.strictObject({
    validation: z.number().gt(0).lt(1).describe('share of the training rows that is kept out'),
  }),
]);

/** How training rows are split to choose between models. */
export type Selection = { readonly folds: number } | { readonly validation: number };

/** Training rows from which one validation part tells as much as folds for a fourth of the work. */
const enoughRows = 200;

/** The selection where nobody names one. */
export const usualSelection = ({ train }: Dataset): Selection =>
  train.length < enoughRows ? { folds: Math.min(4, Math.max(2, train.length)) } : { validation: 0.25 };

/**
 * Data sets of the training rows alone: in each some are kept out and stand as its test rows. Of classes every part has its
 * share. What was fitted to prepare the features was fitted on all training rows, without their labels.
 */
export function selectionSplits(dataset: Dataset, selection: Selection, seed: number): Dataset[] {
  const order = dealt(dataset, seed);
  const parts = 'folds' in selection ? Math.min(selection.folds, order.length) : 1;
  return Array.from({ length: parts }, (_, part) => {
    const out = order.filter((_, k) =>
      'folds' in selection ? k % parts === part : isKeptOut(k, order.length, selection.validation),
    );
    const validationRows = new Set(out);
    return {
      ...dataset,
      train: dataset.train.filter((row) => !validationRows.has(row)),
      test: Int32Array.from(out).sort(),
    };
  });
}

/** Spread evenly over the order, at least one and not all. */
function isKeptOut(k: number, rows: number, share: number): boolean {
  const count = Math.max(1, Math.min(rows - 1, Math.round(share * rows)));
  return Math.floor(((k + 1) * count) / rows) > Math.floor((k * count) / rows);
}

/** The training rows at random, those of a class one after the other, so that whoever takes them in turn has of each. */
function dealt(dataset: Dataset, seed: number): number[] {
  const { train, y, outputs } = dataset;
  const shuffled = Array.from(random(seed, streams.folds).permutation(train.length), (k) => train[k]);
  if (!decisionOf(dataset)) return shuffled;
  const classes = new Map<string, number[]>();
  for (const row of shuffled) {
    const label = y.subarray(row * outputs, (row + 1) * outputs).join();
    classes.set(label, [...(classes.get(label) ?? []), row]);
  }
  return [...classes.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, rows]) => rows);
}
