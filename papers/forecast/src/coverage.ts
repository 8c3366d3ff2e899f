import { accuracyAround, type Following, type ForecastInterval, intervalAround, trainErrorAround } from '@qntk/core';
import { upperMedian } from '../../statistics.ts';
import { digits, mean } from '../../table.ts';
import type { Run } from './records.ts';
import { type TrainingName, trainings } from './trainings.ts';

/** What training came to, and the interval that its forecast gave. */
interface Held extends ForecastInterval {
  readonly truth: number;
}

/** A figure of a forecast that has an interval. */
export const figures = ['R²', 'training error', 'right class'] as const;

function followingOf(forecast: Run, training: TrainingName): Following {
  if (forecast.training) return 'training';
  if (trainings[training].optimizer === 'lbfgs') return 'samples';
  return forecast.few ? 'few steps' : 'steps';
}

/** The figure's interval of a forecast beside the truth; nothing where there is none. */
function heldOf(figure: (typeof figures)[number], forecast: Run, truth: Run, training: TrainingName): Held[] {
  const following = followingOf(forecast, training);
  const { r2, change, trainMse, trainChange, variance, right, margins } = forecast as Record<string, unknown>;
  const moved = change as number;
  if (figure === 'R²') {
    const ends = truth.ends as number[];
    return [{ truth: ends[ends.length - 1], ...intervalAround(r2 as number, moved, following) }];
  }
  if (figure === 'training error') {
    const around = trainErrorAround(trainMse as number, trainChange as number, variance as number, following);
    return [{ truth: truth.trainMse as number, ...around }];
  }
  // The first runs were kept without what a share needs: what is not known is no miss.
  if (margins === undefined || truth.right === undefined) return [];
  const around = accuracyAround(right as number, Float64Array.from(margins as number[]), moved, following);
  return [{ truth: truth.right as number, ...around }];
}

/** Share of the trainings that the interval of their forecast holds, and its median half-width. */
export function coverage(
  figure: (typeof figures)[number],
  pairs: readonly { readonly forecast: Run; readonly truth: Run }[],
  training: TrainingName,
): string {
  const all = pairs.flatMap(({ forecast, truth }) => heldOf(figure, forecast, truth, training));
  if (all.length === 0) return '–';
  // Numbers are kept to four digits.
  const held = all.map(({ truth, low, high }) => (truth >= low - 1e-4 && truth <= high + 1e-4 ? 100 : 0));
  const halves = all.map(({ low, high }) => (high - low) / 2);
  return `${digits(mean(held), 3)} %, ± ${digits(upperMedian(halves), 2)}`;
}
