/**
 * What became of the columns of a table on their way to a model, in this order: a feature for each category of a column
 * of text, principal components, a range; and of the labels. Everything in it was fitted on the training rows alone; plain data, so that
 * it can be kept and applied to other rows.
 */
export interface Preparation {
  /** The columns in use. One of text has its categories, as the training rows have them, in order. */
  readonly columns: readonly { readonly name: string; readonly categories?: readonly string[] }[];
  readonly components?: Components;
  readonly range?: FittedRange;
  /** Mean and deviation of the labels, where they were standardised. */
  readonly labels?: LabelUnits;
}

/** Principal components of standardised features: score k is Σ_f loadings[k][f]·(x_f − means[f])/deviations[f]. */
export interface Components {
  /** Mean and standard deviation (divided by the number of rows) of each feature; 1 where it is constant. */
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Orthonormal, a list for each component; of each the loading of the largest size is positive. */
  readonly loadings: readonly (readonly number[])[];
  /** Share of the standardised features' variance that each component has, descending. */
  readonly explained: readonly number[];
}

/** The affine maps that take the least and the largest value of each feature to `low` and `high`. */
export interface FittedRange {
  readonly low: number;
  readonly high: number;
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/**
 * How labels are had from the numbers z that networks are trained on, y = means[o] + deviation·z for output o. One
 * deviation for all outputs, so that a mean squared error over outputs in one unit is deviation² times that in the other.
 */
export interface LabelUnits {
  /** One for each output. */
  readonly means: readonly number[];
  readonly deviation: number;
}
