import type { DrawnPlot } from '@qntk/report/plots';
import type { Figure, Size } from '../../../figure.ts';
import { panel, type Series } from '../../../panel.ts';
import { resultsOf } from '../../../tasks.ts';
import { type Cell, cellFrom, type Eq4Analysis } from '../descent/eq4-cells.ts';
import { eq4Claims, wideGamma } from '../descent/eq4-claims.ts';
import { type DescentCell, descentName, descentsOf } from '../descent/setting.ts';
import type { DescentResult } from '../kinds/descent.ts';
import { models, shownSplit } from '../sweep/setting.ts';

const gridOf = (size: Size) =>
  size === 'full' ? { depths: [10, 40], seeds: 10, steps: 2000 } : { depths: [2, 3], seeds: 2, steps: 100 };

/** Both depths at γ = 1, as the paper has it, and the greater one at γ = 3. */
const cellsOf = (size: Size): DescentCell[] => {
  const { depths } = gridOf(size);
  return models.flatMap(({ name }) =>
    [...depths.map((layers) => ({ layers, scale: 1 })), { layers: depths.at(-1)!, scale: wideGamma }].map((own) => ({
      source: 'tfim',
      model: name,
      split: shownSplit,
      ...own,
    })),
  );
};

type At = Pick<Cell, 'layers' | 'gamma'>;

const isAt =
  ({ layers, gamma }: At) =>
  (cell: Cell): boolean =>
    cell.layers === layers && cell.gamma === gamma;

/** Step 0 has no place on a logarithmic axis. */
const against = ({ steps }: Cell, values: readonly number[]) =>
  steps.flatMap((x, k) => (x > 0 ? [{ x, y: values[k]! }] : []));

const steps = { title: 'steps', scale: 'logarithmic' } as const;

function curves({ cells }: Eq4Analysis, at: At, of: 'Train' | 'Test'): DrawnPlot {
  const { layers, gamma } = at;
  return panel({
    name: `${of.toLowerCase()}-${layers}${gamma === 1 ? '' : `-gamma-${gamma}`}`,
    title: `${of === 'Train' ? 'Training' : 'Test'} error of gradient descent and of Eq. 4: ${layers} layers, γ = ${gamma}`,
    caption:
      'Magnetisation of the Ising ring. Lines: gradient descent at the rate 1/λmax; dashed: Eq. 4, outputs at initialisation kept. Means over the initialisations.',
    x: steps,
    y: { title: `${of === 'Train' ? 'training' : 'test'} MSE`, scale: 'logarithmic' },
    series: cells.filter(isAt(at)).flatMap((cell, look): Series[] => [
      { label: cell.model, look, line: against(cell, cell[`descent${of}`]) },
      { label: '', look, theory: true, line: against(cell, cell[`forecast${of}`]) },
    ]),
  });
}

function errors({ cells }: Eq4Analysis, { name, line, dashed }: { name: string; line: At; dashed: At }): DrawnPlot {
  const text = ({ layers, gamma }: At) => `${layers} layers, γ = ${gamma}`;
  return panel({
    name,
    title: 'Error of Eq. 4 a point, step by step',
    caption: `Mean over test points and initialisations of |f of Eq. 4 − f of gradient descent|; lines: ${text(line)}; dashed: ${text(dashed)}.`,
    x: steps,
    y: { title: 'mean |difference|', scale: 'logarithmic' },
    series: [
      ...cells.filter(isAt(line)).map(
        (cell, look): Series => ({
          label: cell.model,
          look,
          line: against(cell, cell.error),
        }),
      ),
      ...cells.filter(isAt(dashed)).map(
        (cell, look): Series => ({
          label: '',
          look,
          theory: true,
          line: against(cell, cell.error),
        }),
      ),
    ],
  });
}

export const eq4: Figure<DescentResult, Eq4Analysis> = {
  id: 'd-eq4',
  paper: 'qntk-diagnostics',
  title: 'Eq. 4 over time against gradient descent',
  ensembles: (size) => descentsOf(cellsOf(size), gridOf(size)),
  analyse: (results, size) => ({
    cells: cellsOf(size).map((cell) => cellFrom(cell, resultsOf<DescentResult>(results, descentName(cell)))),
  }),
  panels(analysis) {
    const depths = analysis.cells.map(({ layers }) => layers);
    const shallow = { layers: Math.min(...depths), gamma: 1 };
    const deep = { layers: Math.max(...depths), gamma: 1 };
    const wide = { ...deep, gamma: wideGamma };
    return [
      ...[shallow, deep, wide].flatMap((at) => [curves(analysis, at, 'Train'), curves(analysis, at, 'Test')]),
      errors(analysis, { name: 'error-depth', line: deep, dashed: shallow }),
      errors(analysis, { name: 'error-gamma', line: deep, dashed: wide }),
    ];
  },
  claims: eq4Claims,
};
