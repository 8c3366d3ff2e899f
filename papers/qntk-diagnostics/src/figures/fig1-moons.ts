import type { Claim, Figure } from '../../../figure.ts';
import { meanText, spreadOf } from '../numbers.ts';
import { cellsOf, type Sweep } from '../sweep/analysis.ts';
import { sweepClaims } from '../sweep/claims.ts';
import {
  analyseDepths,
  type DepthAnalysis,
  type DepthResult,
  depthEnsembles,
  depthPanels,
} from '../sweep/depth-figure.ts';
import { inLine } from '../sweep/in-line.ts';
import { deep, eachModel, forAll, joined, levels } from '../sweep/judging.ts';
import { limitClaims } from '../sweep/limit-claims.ts';
import { sources } from '../sweep/setting.ts';

/** What is negligible in a share of points. */
const negligible = 0.05;

const accuracy: Claim<Sweep> = {
  id: 'd-moons-accuracy',
  where: '§2, on Figs. 1e and f, for the classification task',
  claim: 'Whether classes are told apart can be analysed with the trained network or with Eq. 5 alike.',
  criterion: `Mean |accuracy of Eq. 5 − accuracy trained| on the test points at most ${negligible} at every depth from ${deep} on. ${forAll}`,
  judge: (sweep) =>
    joined(
      eachModel((model) => {
        const gaps = cellsOf(sweep, model, deep).map(({ of }) =>
          spreadOf(of.kernelAccuracy.values.map((value, i) => Math.abs(value - of.testAccuracy.values[i]!))),
        );
        return {
          holds: gaps.every(({ mean }) => mean <= negligible),
          found: `gap ${meanText(gaps[0]!)} to ${meanText(gaps.at(-1)!)}; trained ${levels(sweep, model, 'testAccuracy', deep)}`,
        };
      }),
      'A class asks for the sign of an output alone, which forgives errors of Eq. 5 that R² counts.',
    ),
};

export const fig1Moons: Figure<DepthResult, DepthAnalysis> = {
  id: 'd-fig1-moons',
  paper: 'qntk-diagnostics',
  title: 'Training and kernel against depth: moons, two classes',
  ensembles: (size) => depthEnsembles(sources.moons, size),
  analyse: analyseDepths,
  panels: (analysis) => depthPanels(analysis, 'classes'),
  claims: [...sweepClaims('d-moons'), ...limitClaims('d-moons'), accuracy, inLine('d-moons')],
};
