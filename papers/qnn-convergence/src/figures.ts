import type { AnyFigure } from '../../figure.ts';
import { distance } from './figures/distance.ts';
import { examples } from './figures/examples.ts';
import { fig1 } from './figures/fig1.ts';
import { fig2 } from './figures/fig2.ts';
import { fig3 } from './figures/fig3.ts';
import { fig4 } from './figures/fig4.ts';
import { fig5 } from './figures/fig5.ts';
import { fig6 } from './figures/fig6.ts';
import { lemmas } from './figures/lemmas.ts';
import { minima } from './figures/minima.ts';
import { regimes } from './figures/regimes.ts';
import { spectra } from './figures/spectra.ts';
import { time } from './figures/time.ts';

/** The figures of You et al. 2023, and ours about what they leave open. */
export const figures: readonly AnyFigure[] = [
  fig1,
  fig2,
  fig3,
  fig4,
  fig5,
  fig6,
  lemmas,
  minima,
  distance,
  spectra,
  time,
  regimes,
  examples,
];
