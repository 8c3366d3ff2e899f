import { type DataNote, type FoundColumn, InputError } from '@qntk/core';
import { type Column, foundText, type Misfit } from './column.ts';
import { isNumberOtherwise, isNumberText } from './number.ts';
import { isTime } from './values.ts';

/** Columns with names, as any table file has them. Every error names file, row and column. */
export interface NamedColumns {
  /** In the order of the file. */
  readonly names: readonly string[];
  /** Columns that only number or name the rows, as pandas writes its index: no features unless asked for by name. */
  readonly index: readonly string[];
  /** What was taken for granted about the file, to be told. */
  readonly notes: readonly DataNote[];
  /** How a row (from 0) is named in messages. */
  place(row: number): string;
  /** Truth values are 1 and 0. @throws InputError where a cell is no finite number. */
  numbers(name: string): Float64Array;
  /**
   * Numbers stay numbers; text and truth values are classes, `true` and `false`. @throws InputError where a cell is
   * missing, does not fit the others, or is a date or duration.
   */
  labels(name: string): Float64Array | string[];
  texts(name: string): string[];
  /** All columns as they are, also those that are neither numbers nor labels; no errors. */
  found(): FoundColumn[];
}

/** What a format gives; the rest is the same for all. */
export interface StoredColumns {
  readonly where: string;
  readonly names: readonly string[];
  readonly index: readonly string[];
  readonly notes: readonly DataNote[];
  readonly rows: number;
  place(row: number): string;
  /** @throws InputError where the column holds what no number or text can be made of. */
  column(name: string): Column;
  /** How a text that is no number here could be read as one. */
  adviceOn?(text: string): string | undefined;
}

/** The rules of docs/formats.md, for the columns of any format. */
export function namedColumns(stored: StoredColumns): NamedColumns {
  const { where, names, index, notes, rows, place, adviceOn } = stored;
  const known = new Set(names);
  const checked = (name: string, problemOf: (column: Column, adviceOn?: AdviceOn) => Refused | undefined): Column => {
    if (!known.has(name))
      throw new InputError({ where, found: `no column "${name}"`, expected: `one of ${names.join(', ')}` });
    const column = stored.column(name);
    const bad = problemOf(column, adviceOn);
    if (!bad) return column;
    const { row, ...problem } = bad;
    throw new InputError({ where: `${place(row)}: column "${name}"`, ...problem });
  };
  return {
    names,
    index,
    notes,
    place,
    numbers: (name) => Float64Array.from((checked(name, badNumber) as NumericColumn).values),
    labels: (name) => labelsOf(checked(name, badLabel)),
    texts: (name) => Array.from(labelsOf(checked(name, badText)), String),
    found: () =>
      names.map((name) => ({
        name,
        rows,
        ...foundIn(() => stored.column(name), adviceOn),
        ...(index.includes(name) && { index: true }),
      })),
  };
}

type NumericColumn = Exclude<Column, { kind: 'texts' }>;
type AdviceOn = (text: string) => string | undefined;

interface Refused {
  readonly row: number;
  readonly found: string;
  readonly expected: string;
  readonly advice?: string;
}

const expectedNumber = 'a finite number';
const expectedLabel = 'a finite number or the name of a class';

/** The labels of a column in which {@link badLabel} finds nothing. */
export function labelsOf(column: Column): Float64Array | string[] {
  if (column.kind === 'numbers') return column.values;
  if (column.kind === 'texts') return [...column.values];
  return Array.from(column.values, (value) => (value ? 'true' : 'false'));
}

function badNumber({ kind, values, misfit, missing }: Column, adviceOn?: AdviceOn): Refused | undefined {
  if (kind === 'texts' && values[0] !== undefined) return refusedText(values[0], expectedNumber, adviceOn);
  return misfit && { ...withoutRows(misfit, missing), ...refused(misfit, expectedNumber, adviceOn) };
}

/** The way out where cells have no value. */
function withoutRows({ missing }: Misfit, count: number): { advice?: string } {
  if (!missing) return {};
  return { advice: count === 1 ? 'leave the row out' : `leave out the ${count} rows that have no value there` };
}

/** What keeps a column from being labels, if anything. */
export function badLabel(column: Column, adviceOn?: AdviceOn): Refused | undefined {
  const bad = badText(column, adviceOn);
  if (bad || column.kind !== 'texts') return bad;
  const { values } = column;
  // Numbers that are only written otherwise must not become classes.
  if (values.every((text) => adviceFor(text, adviceOn) !== undefined))
    return refusedText(values[0]!, expectedNumber, adviceOn);
  // As texts in a file that has numbers too: integers may name classes, others do not.
  if (values.every(isNumberText) && !values.every((text) => /^[+-]?\d+$/.test(text))) {
    const problem = {
      found: `numbers as text, such as ${foundText(values[0]!)}`,
      expected: 'numbers or names of classes',
    };
    return { row: 0, ...problem, advice: 'make numbers of them, as astype(float) does' };
  }
  if (!values.every(isTime)) return undefined;
  const found = `dates or durations, such as ${JSON.stringify(values[0])}`;
  return { row: 0, found, expected: 'numbers or classes', advice: 'turn them into numbers' };
}

function badText({ kind, misfit, missing }: Column, adviceOn?: AdviceOn): Refused | undefined {
  if (!misfit) return undefined;
  const rows = withoutRows(misfit, missing);
  if (kind === 'numbers' || !misfit.missing) return { ...rows, ...refused(misfit, expectedNumber, adviceOn) };
  return { ...refused(misfit, expectedLabel), advice: `${rows.advice}, or give the class another name` };
}

/** How a text could be read as a number, where it is one to people; a format may know better. */
function adviceFor(text: string, adviceOn?: AdviceOn): string | undefined {
  return adviceOn?.(text) ?? (isNumberOtherwise(text) ? 'write it as a plain number, such as 1000 or 0.1' : undefined);
}

function refused({ row, found, expected, text }: Misfit, usual: string, adviceOn?: AdviceOn): Refused {
  const advice = text === undefined ? undefined : adviceFor(text, adviceOn);
  return { row, found, expected: expected ?? usual, ...(advice !== undefined && { advice }) };
}

const refusedText = (text: string, expected: string, adviceOn?: AdviceOn): Refused =>
  refused({ row: 0, text, found: foundText(text) }, expected, adviceOn);

type Found = Omit<FoundColumn, 'name' | 'rows' | 'index'>;

const none: readonly string[] = [];

/** A column as it is, without an error for what it cannot be. */
function foundIn(read: () => Column, adviceOn?: AdviceOn): Found {
  try {
    return described(read(), adviceOn);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [problem] = error.problems;
    const kind = /^(?:dates|times|durations)/.test(problem!.found) ? 'times' : 'unreadable';
    return { kind, values: none, missing: 0, problem: problem!.found };
  }
}

function described(column: Column, adviceOn?: AdviceOn): Found {
  const { kind, misfit, missing } = column;
  if (misfit && !misfit.missing) return { kind: 'unreadable', values: none, missing, problem: misfit.found };
  if (misfit) return { kind, values: none, missing, problem: misfit.found };
  if (column.kind !== 'texts') return { kind, values: Float64Array.from(column.values), missing };
  const bad = badLabel(column, adviceOn);
  if (!bad) return { kind, values: column.values, missing };
  return { kind: column.values.every(isTime) ? 'times' : 'unreadable', values: none, missing, problem: bad.found };
}
