import type { Ensemble } from '@qntk/study';
import { tasks } from '../../../tasks.ts';
import { type DescentResult, descentKind } from '../kinds/descent.ts';
import { type ModelName, models, sources, standardSpec } from '../sweep/setting.ts';

export type SourceName = keyof typeof sources;

/** A network that is trained by gradient descent. */
export interface DescentCell {
  readonly source: SourceName;
  readonly model: ModelName;
  readonly layers: number;
  readonly split: number;
  /** γ. */
  readonly scale: number;
}

export const descentName = ({ source, model, layers, split, scale }: DescentCell): string =>
  `${source}, ${model}, ${layers} layers, split ${split}, γ = ${scale}`;

/** The same initialisations of every cell, and so many steps at the rate 1/λmax. */
export const descentsOf = (
  cells: readonly DescentCell[],
  { seeds, steps }: { readonly seeds: number; readonly steps: number },
): Record<string, Ensemble<never, never, DescentResult>> =>
  Object.fromEntries(
    cells.map((cell) => {
      const { source, layers, split, scale } = cell;
      const model = models.find(({ name }) => name === cell.model)!;
      const spec = { ...standardSpec(sources[source])(model), layers, split, scale, steps };
      return [descentName(cell), tasks(descentKind, spec, seeds)];
    }),
  );
