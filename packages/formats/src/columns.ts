/** Columns with names, as any table file has them. Every error names file, row and column. */
export interface NamedColumns {
  /** In the order of the file. */
  readonly names: readonly string[];
  /** Columns that only number or name the rows, as pandas writes its index: no features unless asked for by name. */
  readonly index: readonly string[];
  /** How a row (from 0) is named in messages. */
  place(row: number): string;
  /** @throws InputError where a cell is no finite number. */
  numbers(name: string): Float64Array;
  /** Numbers, or text where no cell is a number. @throws InputError where a cell is empty or does not fit the others. */
  labels(name: string): Float64Array | string[];
  texts(name: string): string[];
}
