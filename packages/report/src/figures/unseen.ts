import type { Diagnosis } from '@qntk/core';
import { spread } from '../curves.ts';
import { confusionPlot } from './confusion.ts';
import type { Plot } from './plot.ts';
import { scatterPlot } from './scatter.ts';
import { sortedPlot } from './sorted.ts';
import { unseenCurvePlot } from './unseen-curve.ts';

/** Forecast and label of one output of one unseen point; `std` is over the initialisations. */
export interface Unseen {
  readonly label: number;
  readonly forecast: { readonly mean: number; readonly std: number };
  /** Mean over the trained networks, where there are some. */
  readonly trained: number | undefined;
}

/** What the network will answer on unseen points, in the form that suits the data. */
export function unseenPlot(diagnosis: Diagnosis): Plot {
  const { data, model } = diagnosis;
  if (data.test === 0)
    return {
      title: 'Unseen points',
      missing: 'All points were used for training: there are no unseen points to forecast.',
    };
  const unseen = unseenOf(diagnosis);
  if (data.features.length === 1 && model.outputs === 1) return unseenCurvePlot(diagnosis, unseen);
  if (data.classes && model.outputs > 1) return confusionPlot(diagnosis, data.classes);
  const values = [...new Set([...data.trainY, ...data.testY])].sort((a, b) => a - b);
  if (model.outputs === 1 && values.length === 2) {
    const names = data.classes ?? values.map(String);
    return sortedPlot(diagnosis, unseen, { low: values[0], high: values[1], names });
  }
  return scatterPlot(diagnosis, unseen);
}

function unseenOf({ seeds, data }: Diagnosis): Unseen[] {
  const forecast = spread(seeds.map((seed) => seed.forecast.test));
  const trained = spread(seeds.flatMap((seed) => (seed.verified ? [seed.verified.test] : [])));
  return data.testY.map((label, i) => ({ label, forecast: forecast[i], trained: trained[i]?.mean }));
}
