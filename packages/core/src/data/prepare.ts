import type { Preparation } from '../model/preparation.ts';
import { componentScores, fitComponents } from './components.ts';
import { categoriesOf, oneHot } from './one-hot.ts';
import { fitRange, scaledToRange } from './scaling.ts';
import { type Column, type FeatureColumn, isText } from './table.ts';

/** What is to be made of the features. */
export interface FeatureOptions {
  /** Number of principal components; none are taken where left out. */
  readonly components?: number | undefined;
  readonly range?: readonly number[] | undefined;
}

/**
 * Fits what is to be made of features on the rows `train`, and on nothing else: categories, principal components of the
 * standardised features, the range.
 *
 * @throws InputError where the rows span fewer directions than there are to be components.
 */
export function fitPreparation(
  features: readonly FeatureColumn[],
  train: Int32Array,
  { components, range }: FeatureOptions,
): Preparation {
  const columns = features.map((column) =>
    isText(column) ? { name: column.name, categories: categoriesOf(column.texts, train) } : { name: column.name },
  );
  const encoded: Preparation = { columns };
  const reduced =
    components === undefined
      ? encoded
      : { ...encoded, components: fitComponents(prepared(encoded, features), train, components) };
  return range ? { ...reduced, range: fitRange(prepared(reduced, features), train, range) } : reduced;
}

/** The features as a preparation makes them of columns that it was fitted on, or of others of the same names. */
export function prepared(preparation: Preparation, features: readonly FeatureColumn[]): Column[] {
  const { columns, components, range } = preparation;
  const encoded = features.flatMap((column, c) =>
    isText(column) ? oneHot(column.name, column.texts, columns[c].categories ?? []) : [column],
  );
  const reduced = components ? componentScores(encoded, components) : encoded;
  return range ? scaledToRange(reduced, range) : reduced;
}
