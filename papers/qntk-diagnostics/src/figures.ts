import type { AnyFigure } from '../../figure.ts';
import { fig1Moons } from './figures/fig1-moons.ts';
import { fig1Sinusoid } from './figures/fig1-sinusoid.ts';
import { fig1Tfim } from './figures/fig1-tfim.ts';

/** The figure of Scala et al. 2025 on its three data sets, and ours about what it leaves open. */
export const figures: readonly AnyFigure[] = [fig1Tfim, fig1Sinusoid, fig1Moons];
