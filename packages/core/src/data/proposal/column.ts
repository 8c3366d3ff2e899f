import { counted } from '../../wording.ts';
import { hasIdentifierName, isIdentifier } from '../feature-notes.ts';

/** A column of a table as a file holds it, before anybody has said what it is for. */
export interface FoundColumn {
  readonly name: string;
  /** `times` are dates and durations, `unreadable` is what neither numbers nor texts can be made of. */
  readonly kind: 'numbers' | 'booleans' | 'texts' | 'times' | 'unreadable';
  /** Truth values as 1 and 0; of no use where cells are missing, or the kind is none of the first three. */
  readonly values: Float64Array | readonly string[];
  readonly rows: number;
  /** Cells without a value. */
  readonly missing: number;
  /** The first cell that does not fit, in words. */
  readonly problem?: string;
  /** The column numbers or names the rows as an index does: readers leave it out. */
  readonly index?: boolean;
}

/** Why a column is no feature. */
export type Unfit =
  | { readonly reason: 'missing'; readonly missing: number }
  | { readonly reason: 'unreadable'; readonly problem: string }
  /** So many different texts that a feature for each would be too many. */
  | { readonly reason: 'categories'; readonly distinct: number }
  | { readonly reason: 'times' | 'constant' | 'identifier' };

/** What a column is used for. */
export type Use =
  | { readonly use: 'target' | 'split' | 'feature' | 'index' }
  /** A feature for each of its texts. */
  | { readonly use: 'one-hot'; readonly categories: number }
  | ({ readonly use: 'none' } & Unfit);

/** Texts of a column that are worth a feature each. */
const mostCategories = 12;
/** Names for the column that says train or test. */
const splitNames = /^(?:split|part|set|subset|fold)$/i;

export const distinctOf = ({ values }: FoundColumn): number => new Set<number | string>(values).size;

/** Why nobody could use the values of a column, undefined where somebody could. */
export function unusable({ kind, missing, problem }: FoundColumn): Unfit | undefined {
  if (kind === 'times') return { reason: 'times' };
  // A cell of another kind is the worse fault of two.
  if (kind === 'unreadable') return { reason: 'unreadable', problem: problem ?? 'nothing that can be read' };
  return missing > 0 ? { reason: 'missing', missing } : undefined;
}

/** What a column other than target and split is used for. */
export function useOf(column: FoundColumn): Use {
  if (column.index) return { use: 'index' };
  const fault = unusable(column) ?? unfit(column);
  if (fault) return { use: 'none', ...fault };
  return column.kind === 'texts' ? { use: 'one-hot', categories: distinctOf(column) } : { use: 'feature' };
}

function unfit(column: FoundColumn): Unfit | undefined {
  const { name, values, kind } = column;
  const distinct = distinctOf(column);
  if (distinct < 2) return { reason: 'constant' };
  if (isIdentifier(values instanceof Float64Array ? { name, values } : { name, texts: values }))
    return { reason: 'identifier' };
  return kind === 'texts' && distinct > mostCategories ? { reason: 'categories', distinct } : undefined;
}

/** A column of whole numbers that go up by 1, but has no name of an identifier: times or sizes, where nothing else can be a feature. */
export const mayCount = ({ name, kind }: FoundColumn, use: Use): boolean =>
  use.use === 'none' && use.reason === 'identifier' && kind === 'numbers' && !hasIdentifierName(name);

/** In a word or two for each, why columns are of no use. */
export function reasonsOf(columns: readonly FoundColumn[]): string {
  const shown = columns.slice(0, mostShown).map((column) => {
    const use = useOf(column);
    const why = use.use === 'none' ? reasonText(use) : use.use === 'index' ? 'numbers or names the rows' : '';
    return `${column.name}${why && ` (${why})`}`;
  });
  return `${shown.join(', ')}${columns.length > mostShown ? ', …' : ''}`;
}

/** Columns that an error names. */
const mostShown = 12;

function reasonText(unfit: Unfit): string {
  switch (unfit.reason) {
    case 'missing':
      return `${counted(unfit.missing, 'cell')} without a value`;
    case 'unreadable':
      return `no number: ${unfit.problem}`;
    case 'categories':
      return counted(unfit.distinct, 'different text');
    case 'times':
      return 'dates or durations';
    case 'constant':
      return 'the same in every row';
    case 'identifier':
      return 'numbers or names the rows';
  }
}

/** What makes columns useful that are not. */
export function mendingOf(columns: readonly FoundColumn[]): { advice?: string } {
  const reasons = columns.map(useOf).map((use) => (use.use === 'none' ? use.reason : undefined));
  const ways = [
    ...(reasons.includes('times') ? ['write dates as numbers, such as days since the first'] : []),
    ...(reasons.includes('missing') ? ['leave rows without a value out of the file'] : []),
    ...(reasons.includes('unreadable') ? ['write numbers alone'] : []),
  ];
  return ways.length > 0 ? { advice: ways.join('; ') } : {};
}

/** Whether a column says train or test for every row, and is named so. */
export function isSplit({ name, values, missing }: FoundColumn): boolean {
  const cells = new Set<number | string>(values);
  return missing === 0 && splitNames.test(name) && cells.size === 2 && cells.has('train') && cells.has('test');
}
