import type { Diagnosis } from '@qntk/core';
import { spread } from '../curves.ts';
import { confusionPlot } from './confusion.ts';
import type { Plot } from './plot.ts';
import { scatterPlot } from './scatter.ts';
import { sortedPlot } from './sorted.ts';
import { testCurvePlot } from './test-curve.ts';
import type { TestPoint } from './test-point.ts';

/** What the network will answer on test points, or answers where it was trained, in the form that suits the data. */
export function testPointsPlot(diagnosis: Diagnosis): Plot {
  const { data, model } = diagnosis;
  if (data.test === 0)
    return {
      title: 'Test points',
      missing: 'All points were used for training: there are no test points to forecast.',
    };
  const testPoints = testPointsOf(diagnosis);
  if (data.features.length === 1 && model.outputs === 1) return testCurvePlot(diagnosis, testPoints);
  if (data.classes && model.outputs > 1) return confusionPlot(diagnosis, data.classes);
  const values = [...new Set([...data.trainY, ...data.testY])].sort((a, b) => a - b);
  if (model.outputs === 1 && values.length === 2) {
    const names = data.classes ?? values.map(String);
    return sortedPlot(diagnosis, testPoints, { low: values[0], high: values[1], names });
  }
  return scatterPlot(diagnosis, testPoints);
}

function testPointsOf({ seeds, data }: Diagnosis): TestPoint[] {
  const forecast = spread(seeds.map((seed) => seed.forecast.test));
  const trained = spread(
    seeds.flatMap(({ verified, forecast: { basis } }) => (verified && basis === 'forecast' ? [verified.test] : [])),
  );
  return data.testY.map((label, i) => ({ label, forecast: forecast[i], trained: trained[i]?.mean }));
}
