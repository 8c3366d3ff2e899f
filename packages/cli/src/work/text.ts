/** A row-major array as lists, as `shape` has it; a single axis gives a plain list. */
export function nested(values: ArrayLike<number>, width: number): number[] | number[][] {
  if (width === 1) return Array.from(values);
  return Array.from({ length: values.length / width }, (_, i) =>
    Array.from({ length: width }, (__, o) => values[i * width + o]!),
  );
}
