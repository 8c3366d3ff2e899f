import { terminalRate } from '@qntk/core/dynamics';
import { readoutOfShape } from './readout-of-shape.ts';

const equidistant = (count: number) => Array.from({ length: count }, (_, k) => 1 - (2 * k) / (count - 1));

/** Spectra from 1 to −1 whose entries share the dimension equally. */
export const shapes = [
  { name: '±1', values: [1, -1], gap: 2 },
  { name: '1, 0, −1', values: [1, 0, -1], gap: 1 },
  { name: '1, 0 (six times), −1', values: [1, 0, 0, 0, 0, 0, 0, -1], gap: 1 },
  { name: '5 eigenvalues', values: equidistant(5), gap: 1 / 2 },
  { name: '33 eigenvalues', values: equidistant(33), gap: 1 / 16 },
] as const;

/** The closed form of d → ∞ for a label 1, as a share of γ². */
export function limitRate(values: readonly number[], gamma: number): number {
  return terminalRate(readoutOfShape(2 ** 40 * values.length, values, gamma), 1) / gamma ** 2;
}
