import { type LongTable, longTable } from '../terminal/table.ts';

/** What a command of `dynamics` says, in the order in which it is read; a line break is one. */
export interface DynamicsWords {
  /** What its table comes to, in a line. */
  readonly headline: string;
  readonly setting: string;
  /** What is to be expected. */
  readonly before: readonly string[];
  /** Every seed, where there is a row for each. */
  readonly table?: LongTable;
  readonly after: readonly string[];
}

/** The same for a terminal, where the headline is the command itself. */
export function dynamicsText({ setting, before, table, after }: DynamicsWords): string {
  return [setting, ...before, ...(table ? [longTable(table)] : []), ...after].join('\n\n');
}
