import type { Diagnosis } from '@qntk/core';
import { colours } from '../theme.ts';

/** Where the answers that a figure shows come from: a forecast, or training in its place. */
export interface Source {
  readonly name: string;
  readonly title: string;
  readonly colour: string;
}

const sources = {
  forecast: { name: 'forecast', title: 'Forecast on test points', colour: colours.forecast },
  measured: { name: 'trained network', title: 'Trained networks on test points', colour: colours.trained },
} as const;

export const sourceOf = ({ bottomLine }: Pick<Diagnosis, 'bottomLine'>): Source => sources[bottomLine.changesBasis];
