import type { Claim, Figure } from '../../../figure.ts';
import type { NetworkResult } from '../kinds/network.ts';
import { meanText, spreadOf } from '../numbers.ts';
import { analyseSweep, cellsOf, type Sweep } from '../sweep/analysis.ts';
import { sweepClaims } from '../sweep/claims.ts';
import { inLine } from '../sweep/in-line.ts';
import { deep, eachModel, forAll, joined, levels } from '../sweep/judging.ts';
import { sixPanels } from '../sweep/panels.ts';
import { sweepOf } from '../sweep/setting.ts';

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

/** The paper gives no numbers: as many points a feature as the other data sets have, and noise of deviation 0.1 on both. */
export const fig1Moons: Figure<NetworkResult, Sweep> = {
  id: 'd-fig1-moons',
  paper: 'qntk-diagnostics',
  title: 'Training and kernel against depth: moons, two classes',
  ensembles: (size) => sweepOf({ source: 'moons', points: 40, noise: 0.1 }, size),
  analyse: analyseSweep,
  panels: (sweep) => sixPanels(sweep, 'classes'),
  claims: [...sweepClaims('d-moons'), accuracy, inLine('d-moons')],
};
