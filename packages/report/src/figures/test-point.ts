/** Forecast and label of one output of one test point; `std` is over the initialisations. */
export interface TestPoint {
  readonly label: number;
  readonly forecast: { readonly mean: number; readonly std: number };
  /** Mean over the trained networks, where there are some. */
  readonly trained: number | undefined;
}
