import type { Claim, Figure } from '../../../figure.ts';
import { type LabelsResult, labelsKind } from '../kinds/labels.ts';
import type { NetworkResult } from '../kinds/network.ts';
import { digits } from '../numbers.ts';
import { analyseSweep, type Sweep } from '../sweep/analysis.ts';
import { sweepClaims } from '../sweep/claims.ts';
import { sixPanels } from '../sweep/panels.ts';
import { sweepOf } from '../sweep/setting.ts';

interface Analysis extends Sweep {
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

export const fig1Tfim: Figure<NetworkResult | LabelsResult, Analysis> = {
  id: 'd-fig1-tfim',
  paper: 'qntk-diagnostics',
  title: 'Training and kernel against depth: magnetisation of the Ising ring',
  ensembles: (size) => ({
    ...sweepOf({ source: 'tfim' }, size),
    labels: { kind: labelsKind, spec: { points: size === 'full' ? 20 : 4 }, data: undefined, seeds: [1] } as never,
  }),
  analyse: (results, size) => ({ ...analyseSweep(results, size), labels: results.labels![0] as LabelsResult }),
  panels: (analysis) => sixPanels(analysis, 'regression'),
  claims: [...sweepClaims('d-tfim'), eigensolver],
};
