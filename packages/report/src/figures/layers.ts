import type { TopLevelSpec } from 'vega-lite';
import type { Point } from '../curves.ts';
import { colours, dashes, size } from '../theme.ts';

export type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/** The x and y that all layers of a figure share, each with a scale and an axis of its own. */
export function axes<X extends object, Y extends object>(x: X, y: Y) {
  return {
    x: { field: 'x', type: 'quantitative', ...x },
    y: { field: 'y', type: 'quantitative', ...y },
  } as const;
}

export interface LineLook {
  readonly colour: string;
  readonly width?: number;
  readonly opacity?: number;
  readonly dash?: readonly number[];
}

/** Several lines of one look, over the x and y that all layers share. */
export function lines(drawn: readonly (readonly Point[])[], look: LineLook): Layer {
  return {
    data: { values: drawn.flatMap((points, line) => points.map(({ x, y }) => ({ line, x, y }))) },
    mark: {
      type: 'line',
      clip: true,
      color: look.colour,
      strokeWidth: look.width ?? 1,
      opacity: look.opacity ?? 1,
      strokeDash: [...(look.dash ?? [])],
    },
    encoding: { detail: { field: 'line', type: 'nominal' } },
  };
}

/** Points of one look. */
export function points(
  drawn: readonly Point[],
  look: { colour: string; shape: string; size: number; filled: boolean },
): Layer {
  return {
    data: { values: drawn.map(({ x, y }) => ({ x, y })) },
    mark: {
      type: 'point',
      clip: true,
      shape: look.shape,
      size: look.size,
      filled: look.filled,
      fill: look.filled ? look.colour : colours.page,
      stroke: look.filled ? colours.page : look.colour,
      strokeWidth: look.filled ? 0.6 : 1.3,
      opacity: 1,
    },
  };
}

const labelHeight = { above: -10, top: 8, bottom: size.height - 9 };

interface Labelled {
  readonly label: string;
  readonly colour?: string;
  readonly dash?: readonly number[];
}

/** Line across the figure at one x, labelled above, at its upper or at its lower end, on the side that has room. */
export function verticalAt(
  x: number,
  mark: Labelled & { end: keyof typeof labelHeight; side: 'left' | 'right' },
): Layer {
  const colour = mark.colour ?? colours.soft;
  const extent = { y: { value: mark.end === 'bottom' ? 18 : 0 }, y2: { value: size.height } };
  return {
    data: { values: [{ x, label: mark.label }] },
    layer: [
      // Without the pale line beneath, the mark would be lost on dark areas.
      {
        mark: { type: 'rule', color: colours.page, strokeWidth: 3, opacity: 0.75 },
        encoding: extent,
      },
      {
        mark: { type: 'rule', color: colour, strokeDash: [...(mark.dash ?? dashes.level)] },
        encoding: extent,
      },
      {
        mark: {
          type: 'text',
          align: mark.side === 'left' ? 'right' : 'left',
          dx: mark.end === 'above' ? 0 : mark.side === 'left' ? -5 : 5,
          color: colour,
        },
        encoding: { text: { field: 'label' }, y: { value: labelHeight[mark.end] } },
      },
    ],
  };
}

/** Line across the figure at one y, labelled at its left or right end. */
export function horizontalAt(y: number, mark: Labelled & { end: 'left' | 'right'; below?: boolean }): Layer {
  const colour = mark.colour ?? colours.soft;
  return {
    data: { values: [{ y, label: mark.label }] },
    layer: [
      {
        mark: { type: 'rule', color: colour, strokeDash: [...(mark.dash ?? dashes.level)] },
        encoding: { x: { value: 0 }, x2: { value: 'width' } },
      },
      {
        mark: {
          type: 'text',
          align: mark.end,
          dx: mark.end === 'left' ? 5 : -5,
          dy: mark.below ? 9 : -8,
          color: colour,
        },
        encoding: { text: { field: 'label' }, x: { value: mark.end === 'left' ? 0 : 'width' } },
      },
    ],
  };
}
