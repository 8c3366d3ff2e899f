/**
 * What is not wrong with data, but likely not meant, or was taken for granted: a code and what there is to say. Whoever
 * shows it makes the sentence.
 */
export type DataNote =
  /** The cells of a table stand between other signs than commas; nobody said so. */
  | { readonly code: 'delimiter'; readonly delimiter: string }
  /** The column counts the rows, as the index of pandas: it is left out. */
  | { readonly code: 'index-column'; readonly column: string }
  /** The column has the name that pandas gives to one without. */
  | { readonly code: 'unnamed-column'; readonly column: string }
  /** Some of the names in the header are numbers. */
  | { readonly code: 'numeric-header'; readonly names: readonly string[]; readonly line: number }
  /** A feature numbers or names the rows. */
  | { readonly code: 'identifier'; readonly feature: string }
  /** Names of classes that look alike: they differ in case, in spaces, or in how their letters are written. */
  | { readonly code: 'similar-classes'; readonly classes: readonly string[] }
  /** Each of these features has one value in all training rows. */
  | { readonly code: 'constant-features'; readonly features: readonly string[] }
  /** Test rows have categories of a column of text that no training row has: its features are all 0 there. */
  | { readonly code: 'unseen-categories'; readonly column: string; readonly categories: readonly string[] }
  /** The labels are few different integers, and nobody said whether they are classes. */
  | { readonly code: 'integer-labels'; readonly labels: readonly number[]; readonly taken: 'classes' | 'regression' }
  /** Each of these classes has one row, which is trained on: none is left to test. */
  | { readonly code: 'single-row-classes'; readonly classes: readonly string[] }
  /** No gate depends on these features. */
  | { readonly code: 'unused-features'; readonly features: readonly string[] }
  /** The training rows of a feature span `periods` periods of the gates that encode it. */
  | {
      readonly code: 'period';
      readonly feature: string;
      readonly low: number;
      readonly high: number;
      readonly period: number;
      readonly periods: number;
    };
