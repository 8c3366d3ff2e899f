import type { Claim, Figure } from '../../../figure.ts';
import { type LabelsResult, labelsKind } from '../kinds/labels.ts';
import { digits } from '../numbers.ts';
import { sweepClaims } from '../sweep/claims.ts';
import {
  analyseDepths,
  type DepthAnalysis,
  type DepthResult,
  depthEnsembles,
  depthPanels,
} from '../sweep/depth-figure.ts';
import { limitClaims } from '../sweep/limit-claims.ts';
import { sources } from '../sweep/setting.ts';

interface Analysis extends DepthAnalysis {
  readonly labels: LabelsResult;
}

const eigensolver: Claim<Analysis> = {
  id: 'd-tfim-labels',
  where: '§2',
  claim: 'Ground states by a variational eigensolver serve as labels: an approximated magnetisation.',
  criterion:
    'Largest difference of the magnetisation from that of the exact ground state, over all fields, below 10⁻³.',
  judge({ labels }) {
    const differences = labels.variational.map((value, i) => Math.abs(value - labels.exact[i]!));
    const largest = Math.max(...differences);
    return {
      found: `largest |difference| ${digits(largest)} over ${differences.length} fields, one run of the eigensolver a field`,
      verdict: largest < 1e-3 ? 'holds' : 'does not hold as stated',
      why: 'The panels use exact ground states.',
    };
  },
};

export const fig1Tfim: Figure<DepthResult | LabelsResult, Analysis> = {
  id: 'd-fig1-tfim',
  paper: 'qntk-diagnostics',
  title: 'Training and kernel against depth: magnetisation of the Ising ring',
  ensembles: (size) => ({
    ...depthEnsembles(sources.tfim, size),
    labels: { kind: labelsKind, spec: { points: size === 'full' ? 20 : 4 }, data: undefined, seeds: [1] } as never,
  }),
  analyse: (results, size) => ({ ...analyseDepths(results, size), labels: results.labels![0] as LabelsResult }),
  panels: (analysis) => depthPanels(analysis, 'regression'),
  claims: [...sweepClaims('d-tfim'), ...limitClaims('d-tfim'), eigensolver],
};
