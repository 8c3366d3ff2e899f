import type { Dataset } from '../model/dataset.ts';
import { inLabelUnits, labelUnitsOf } from '../model/label-units.ts';
import type { DiagnosisProblem } from './problem.ts';

/** Points of each part that a diagnosis lists. Nobody reads more, and tens of thousands make files of many megabytes. */
const mostListed = 2000;

/** Places, within a part of `count` points, of those that are listed: all, or 2000 spread evenly, first and last included. */
function placesListed(count: number): Int32Array {
  const listed = Math.min(count, mostListed);
  return Int32Array.from({ length: listed }, (_, k) =>
    listed === count ? k : Math.round((k * (count - 1)) / (listed - 1)),
  );
}

/** The rows of the data set that are listed of each part. */
export function rowsListed({ train, test }: Dataset): { train: Int32Array; test: Int32Array } {
  return {
    train: placesListed(train.length).map((place) => train[place]),
    test: placesListed(test.length).map((place) => test[place]),
  };
}

/** Outputs on a part (points × outputs) at the points that are listed, in the labels' own units. */
export function listedOutputs({ dataset }: Pick<DiagnosisProblem, 'dataset'>, outputs: Float64Array): number[] {
  const width = dataset.outputs;
  const values = inLabelUnits(outputs, labelUnitsOf(dataset));
  return Array.from(placesListed(values.length / width)).flatMap((place) =>
    Array.from(values.subarray(place * width, (place + 1) * width)),
  );
}
