import type { Diagnosis } from '@qntk/core';
import { counted, formatNumber } from '../format.ts';

/** Says how many of the test points a figure knows, where that is not all. */
export function listedNote({ data }: Diagnosis): string {
  const listed = data.testRows.length;
  return listed < data.test
    ? `Read from ${formatNumber(listed)} of ${counted(data.test, 'test point')}, spread evenly.`
    : '';
}
