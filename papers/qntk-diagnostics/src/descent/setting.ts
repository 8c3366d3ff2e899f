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
}

export const descentName = ({ source, model, layers, split }: DescentCell): string =>
  `${source}, ${model}, ${layers} layers, split ${split}`;

/** The same initialisations of every cell, and so many steps at the rate 1/λmax. */
export const descentsOf = (
  cells: readonly DescentCell[],
  { seeds, steps }: { readonly seeds: number; readonly steps: number },
): Record<string, Ensemble<never, never, DescentResult>> =>
  Object.fromEntries(
    cells.map((cell) => {
      const { source, layers, split } = cell;
      const model = models.find(({ name }) => name === cell.model)!;
      const spec = { ...standardSpec(sources[source])(model), layers, split, steps };
      return [descentName(cell), tasks(descentKind, spec, seeds)];
    }),
  );
