import { colours } from '../theme.ts';
import type { Layer } from './layers.ts';

/** Bars from `low` to `high` at each x: ±1 standard deviation over the initialisations. */
export function errorBars(bars: readonly { x: number; low: number; high: number }[]): Layer {
  return {
    data: { values: bars.map(({ x, low, high }) => ({ x, y: low, high })) },
    mark: { type: 'rule', color: colours.forecast, opacity: 0.35, strokeWidth: 1.4 },
    encoding: { y2: { field: 'high' } },
  };
}
