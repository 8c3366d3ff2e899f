import type { LabelUnits } from '@qntk/core';
import { formatNumber } from '../format.ts';

/** From where labels were brought to mean 0 and deviation 1. */
export function labelUnitsText({ means, deviation }: LabelUnits): string {
  const from = `${means.length === 1 ? 'mean' : 'means'} ${means.map(formatNumber).join(', ')}`;
  return `to mean 0 and deviation 1, from ${from} and deviation ${formatNumber(deviation)}`;
}
