import type { Figure } from '../../../figure.ts';
import type { NetworkResult } from '../kinds/network.ts';
import { analyseSweep, type Sweep } from '../sweep/analysis.ts';
import { sweepClaims } from '../sweep/claims.ts';
import { inLine } from '../sweep/in-line.ts';
import { sixPanels } from '../sweep/panels.ts';
import { sweepOf } from '../sweep/setting.ts';

/** The paper gives no numbers: one period of a sine, as many points as for the Ising ring, noise of deviation 0.1 on the labels. */
export const fig1Sinusoid: Figure<NetworkResult, Sweep> = {
  id: 'd-fig1-sinusoid',
  paper: 'qntk-diagnostics',
  title: 'Training and kernel against depth: a noisy sinusoid',
  ensembles: (size) => sweepOf({ source: 'sinusoid', points: 20, noise: 0.1 }, size),
  analyse: analyseSweep,
  panels: (sweep) => sixPanels(sweep, 'regression'),
  claims: [...sweepClaims('d-sinusoid'), inLine('d-sinusoid')],
};
