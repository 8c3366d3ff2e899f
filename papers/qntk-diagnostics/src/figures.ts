import type { AnyFigure } from '../../figure.ts';
import { eq4 } from './figures/eq4.ts';
import { fig1Moons } from './figures/fig1-moons.ts';
import { fig1Sinusoid } from './figures/fig1-sinusoid.ts';
import { fig1Tfim } from './figures/fig1-tfim.ts';
import { gamma } from './figures/gamma.ts';
import { jacobians } from './figures/jacobians.ts';
import { sensitivity } from './figures/sensitivity.ts';
import { stopping } from './figures/stopping.ts';

/** The figure of Scala et al. 2025 on its three data sets, and ours about what it leaves open. */
export const figures: readonly AnyFigure[] = [
  fig1Tfim,
  fig1Sinusoid,
  fig1Moons,
  sensitivity,
  jacobians,
  gamma,
  eq4,
  stopping,
];
