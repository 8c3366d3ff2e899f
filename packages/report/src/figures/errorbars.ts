import { colours } from '../theme.ts';
import type { Layer } from './layers.ts';
import type { KeyEntry } from './plot.ts';
import type { Source } from './source.ts';
import type { TestPoint } from './test-point.ts';

/** Bars from `low` to `high` at each x: ±1 standard deviation over the initialisations. */
export function errorBars(
  bars: readonly { x: number; low: number; high: number }[],
  colour: string = colours.forecast,
): Layer {
  return {
    data: { values: bars.map(({ x, low, high }) => ({ x, y: low, high })) },
    mark: { type: 'rule', color: colour, opacity: 0.35, strokeWidth: 1.4, clip: true },
    encoding: { y2: { field: 'high' } },
  };
}

export function bar(x: number, { mean, std }: TestPoint['forecast']): { x: number; low: number; high: number } {
  return { x, low: mean - std, high: mean + std };
}

/** What the marks of a figure of test points mean. */
export function answersKey({ name, colour }: Source, several: boolean, trained: boolean): readonly KeyEntry[] {
  return [
    {
      label: several ? `${name}, mean ± 1 standard deviation over initialisations` : name,
      colour,
      look: 'dot',
    },
    ...(trained ? [{ label: 'trained network', colour: colours.trained, look: 'diamond' } as const] : []),
  ];
}
