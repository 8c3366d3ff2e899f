import { fitLabelUnits, standardised } from '../standardise.ts';
import type { FoundColumn } from './column.ts';

/** What kind of labels there are; `few`: whole numbers of so few values that they are taken for classes. */
export type ProposedTask =
  | { readonly task: 'classes'; readonly classes: readonly string[]; readonly few: boolean }
  | { readonly task: 'regression'; readonly range: LabelRange };

/** Where numbers lie. */
export interface LabelRange {
  readonly low: number;
  readonly high: number;
  /** The largest distance of a label from its output's mean, in standard deviations. */
  readonly deviations: number;
}

/** Whole numbers of at most so many values are taken for classes. */
const fewValues = 10;

/** Text and truth values are classes, whole numbers of few values too; other numbers are what a regression is for. */
export function taskOf({ kind, values }: Pick<FoundColumn, 'kind' | 'values'>): ProposedTask {
  if (!(values instanceof Float64Array))
    return { task: 'classes', classes: [...new Set(values as readonly string[])].sort(), few: false };
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  if (kind === 'booleans') return { task: 'classes', classes: ['false', 'true'], few: false };
  const few = distinct.length <= fewValues && distinct.length < values.length / 2 && distinct.every(Number.isInteger);
  return few ? { task: 'classes', classes: distinct.map(String), few } : { task: 'regression', range: rangeOf(values) };
}

/** Of labels of so many outputs, points × outputs. */
export function rangeOf(values: Float64Array, outputs = 1): LabelRange {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (low === high) return { low, high, deviations: 0 };
  const rows = Int32Array.from({ length: values.length / outputs }, (_, row) => row);
  const z = standardised(values, fitLabelUnits(values, outputs, rows));
  return { low, high, deviations: z.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
}
