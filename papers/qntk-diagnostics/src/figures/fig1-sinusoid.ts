import type { Figure } from '../../../figure.ts';
import { sweepClaims } from '../sweep/claims.ts';
import {
  analyseDepths,
  type DepthAnalysis,
  type DepthResult,
  depthEnsembles,
  depthPanels,
} from '../sweep/depth-figure.ts';
import { inLine } from '../sweep/in-line.ts';
import { limitClaims } from '../sweep/limit-claims.ts';
import { sources } from '../sweep/setting.ts';

export const fig1Sinusoid: Figure<DepthResult, DepthAnalysis> = {
  id: 'd-fig1-sinusoid',
  paper: 'qntk-diagnostics',
  title: 'Training and kernel against depth: a noisy sinusoid',
  ensembles: (size) => depthEnsembles(sources.sinusoid, size),
  analyse: analyseDepths,
  panels: (analysis) => depthPanels(analysis, 'regression'),
  claims: [...sweepClaims('d-sinusoid'), ...limitClaims('d-sinusoid'), inLine('d-sinusoid')],
};
