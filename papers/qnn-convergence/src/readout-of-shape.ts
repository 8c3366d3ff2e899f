import { type Readout, readoutFrom } from '@qntk/core';

/** γM₀ in dimension d; what equal shares leave over goes to the middle, so that there is no trace. */
export function readoutOfShape(d: number, values: readonly number[], gamma: number): Readout {
  const share = Math.floor(d / values.length);
  const middle = Math.floor(values.length / 2);
  return readoutFrom(
    values.map((value, k) => ({
      value: gamma * value,
      dimension: share + (k === middle ? d - share * values.length : 0),
    })),
  );
}
