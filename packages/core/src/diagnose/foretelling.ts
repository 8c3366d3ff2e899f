import type { Work } from '../progress.ts';
import type { Training } from '../train/training.ts';
import type { Forecast, SeedDiagnosis } from './diagnosis.ts';
import { measuredForecast } from './measured-forecast.ts';
import { forecastingPath } from './path-forecast.ts';
import { trainingAsPlanned } from './planned.ts';
import type { DiagnosisProblem } from './problem.ts';

/** What is said of a training before anybody asks for it. */
export interface Foretold {
  readonly forecast: Forecast;
  /** Parameters where it ends. */
  readonly theta: Float64Array;
  readonly curves: Pick<SeedDiagnosis['curves'], 'path' | 'everyStep' | 'trained'>;
  /** The training itself, where it was cheaper than a forecast. */
  readonly training?: Training;
}

/** Foretells the training of an initialisation by what its problem's basis says: a forecast on its path, or itself. */
export function* foretelling(
  problem: DiagnosisProblem,
  index: number,
  theta0: Float64Array,
  reasons: Record<string, string>,
): Work<Foretold> {
  if (problem.basis === 'measured') {
    const training = yield* trainingAsPlanned(problem, index, theta0);
    const { forecast, curve } = measuredForecast(problem, training, reasons);
    return { forecast, theta: training.theta, curves: { trained: curve }, training };
  }
  const { forecast, theta, curve, everyStep } = yield* forecastingPath(problem, index, theta0, reasons);
  return { forecast, theta, curves: { path: curve, ...(everyStep && { everyStep }) } };
}
