import { type Column, type FeatureColumn, isText } from './table.ts';

/** The categories of a column of text among some rows, sorted. */
export function categoriesOf(texts: readonly string[], rows: Int32Array): string[] {
  return [...new Set(Array.from(rows, (row) => texts[row]))].sort();
}

/**
 * One column for each category, 1 where a row has it and 0 elsewhere: a category that is not among them is 0 in all.
 * They are named `column=category`.
 */
export function oneHot(name: string, texts: readonly string[], categories: readonly string[]): Column[] {
  return categories.map((category) => ({
    name: `${name}=${category}`,
    values: Float64Array.from(texts, (text) => (text === category ? 1 : 0)),
  }));
}

/** Categories of rows outside `train` that no training row has, by column. */
export function unseenCategories(
  features: readonly FeatureColumn[],
  train: Int32Array,
  test: Int32Array,
): { column: string; categories: string[] }[] {
  return features.filter(isText).flatMap(({ name, texts }) => {
    const known = new Set(categoriesOf(texts, train));
    const categories = categoriesOf(texts, test).filter((category) => !known.has(category));
    return categories.length > 0 ? [{ column: name, categories }] : [];
  });
}
