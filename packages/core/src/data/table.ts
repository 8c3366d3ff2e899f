/** Columns as a source gives them, before labels, split and scaling; M rows. */
export interface Table<Feature extends FeatureColumn = FeatureColumn> {
  /** Feature columns, M values each; those of text become a feature for each of their categories. */
  readonly features: readonly Feature[];
  /** The features are states: real and imaginary part of each amplitude in turn, 2·2ⁿ columns of n qubits. */
  readonly states?: boolean;
  /** What the labels are called in messages. */
  readonly targetName: string;
  /** The file of the table, for messages about all labels; `place` names it for those about one. */
  readonly file?: string;
  readonly target: Target;
  /** What the labels are, where the source knows. */
  readonly task?: 'classes' | 'regression';
  /** The column that says `train` or `test` for each row, where the source has one. */
  readonly split?: { readonly name: string; readonly cells: readonly string[] };
  /** How a row (from 0) is named in messages, such as `moons.csv:12`; `row 11 (from 0)` where left out. */
  readonly place?: (row: number) => string;
}

export interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

export interface TextColumn {
  readonly name: string;
  readonly texts: readonly string[];
}

export type FeatureColumn = Column | TextColumn;

export const isText = (column: FeatureColumn): column is TextColumn => 'texts' in column;

/** Labels: numbers (M), text (M), or a matrix with a column an output (M × width, row-major). */
export type Target = Float64Array | readonly string[] | { readonly values: Float64Array; readonly width: number };

/** What the labels are called in a message about all of them. */
export const targetOf = ({ file, targetName }: Table): string =>
  file === undefined ? targetName : `${file}: ${targetName}`;

/** A row's name in a message. */
export function placeOf(table: Table, row: number): string {
  return table.place?.(row) ?? `row ${row} (from 0)`;
}
