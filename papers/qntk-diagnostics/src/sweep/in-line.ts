import type { Claim } from '../../../figure.ts';
import type { Sweep } from './analysis.ts';
import { belowEverywhere, deep, eachAnsatz, forAll, joined, levels, trendOfMean, trendText } from './judging.ts';

/** Rank correlation with depth of what falls. */
const falls = -0.8;

/** Whether another data set shows what the paper reads off the Ising ring. */
export const inLine = (prefix: string): Claim<Sweep> => ({
  id: `${prefix}-in-line`,
  where: '§2, last paragraph',
  claim: 'Results on the noisy sinusoid and on moons are in line with those on the Ising ring.',
  criterion: `For an ansatz: parameter change of both its networks falls with depth from ${deep} layers on (rank correlation of means at most −${Math.abs(falls)}), and at every such depth, by two standard errors, κ of the high-frequency network is below that of the low-frequency one and its trained test R² is below. ${forAll}`,
  judge: (sweep) =>
    joined(
      eachAnsatz((high, low) => {
        const change = [high, low].every((model) => trendOfMean(sweep, model, 'change', deep) <= falls);
        const kappa = belowEverywhere(sweep, high, low, 'logKappa', deep);
        const test = belowEverywhere(sweep, high, low, 'testR2', deep);
        return {
          holds: change && kappa && test,
          found: [
            `change with depth ${change ? 'falls' : 'does not fall in both'}: ${trendText(sweep, high, 'change', deep)}, ${trendText(sweep, low, 'change', deep)}`,
            `κ ${kappa ? 'smaller' : 'not smaller everywhere'}`,
            `test R² ${test ? 'lower' : 'not lower everywhere'}: high ${levels(sweep, high, 'testR2', deep)}, low ${levels(sweep, low, 'testR2', deep)}`,
          ].join(', '),
        };
      }),
      'These are the three statements of panels c, d and f that do not depend on where L-BFGS is stopped.',
    ),
});
