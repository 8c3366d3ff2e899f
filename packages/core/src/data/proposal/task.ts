import type { FoundColumn } from './column.ts';

/** What kind of labels there are; `few`: whole numbers of so few values that they are taken for classes. */
export type ProposedTask =
  | { readonly task: 'classes'; readonly classes: readonly string[]; readonly few: boolean }
  | { readonly task: 'regression'; readonly range: LabelRange };

/** Where numbers lie. */
export interface LabelRange {
  readonly low: number;
  readonly high: number;
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

export function rangeOf(values: Float64Array): LabelRange {
  return {
    low: values.reduce((a, b) => Math.min(a, b), Infinity),
    high: values.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}
