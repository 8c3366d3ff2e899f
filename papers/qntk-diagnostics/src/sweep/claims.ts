import type { Claim } from '../../../figure.ts';
import { rankCorrelation } from '../../../statistics.ts';
import { digits, meanText, slopeOf, spreadOf } from '../numbers.ts';
import { type Cell, cellsOf, type Sweep } from './analysis.ts';
import {
  belowEverywhere,
  deep,
  eachAnsatz,
  eachModel,
  forAll,
  joined,
  levels,
  othersOf,
  trendOfMean,
  trendText,
} from './judging.ts';
import { models } from './setting.ts';

/** Criteria, fixed before the full run. */
const least = {
  trainMse: 1e-4,
  /** Rank correlation with depth of what falls, or falls and rises together. */
  trend: 0.8,
  /** R² that fits "almost perfectly". */
  perfect: 0.95,
  /** What is negligible in an output between −1 and 1, and in R². */
  negligible: 0.05,
  /** Largest over least of what is almost constant. */
  constant: 2,
  /** Share of the test error that a worthwhile stop spares. */
  spared: 0.1,
} as const;

type ClaimOf = Claim<Sweep>;

const training: readonly ClaimOf[] = [
  {
    id: 'a-error',
    where: 'Fig. 1a, §2',
    claim: 'All models train to errors below 10⁻⁴ from 10 layers on.',
    criterion: `Mean training MSE over the initialisations below 10⁻⁴ at every depth from ${deep} on. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachModel((model) => ({
          holds: cellsOf(sweep, model, deep).every(({ of }) => of.trainMse.mean < least.trainMse),
          found: levels(sweep, model, 'trainMse', deep),
        })),
        'What is left is the part of the labels outside the functions that encoding and ansatz reach, which depth does not change, or labels near ±1, where a readout with γ = 1 is slow.',
      ),
  },
  {
    id: 'a-lowest',
    where: 'Fig. 1a, §2',
    claim: 'High-frequency models converge with the lowest error.',
    criterion: `Training MSE of the high-frequency network below that of the low-frequency one with the same ansatz at every depth from ${deep} on, by two standard errors over the initialisations. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachAnsatz((high, low) => ({
          holds: belowEverywhere(sweep, high, low, 'trainMse', deep),
          found: `high ${levels(sweep, high, 'trainMse', deep)}, low ${levels(sweep, low, 'trainMse', deep)}`,
        })),
        'More frequencies fit more labels; near the readout’s edge they take longer to.',
      ),
  },
  {
    id: 'b-epochs',
    where: 'Fig. 1b, §2',
    claim: 'The number of epochs decreases with the number of layers.',
    criterion: `Rank correlation of mean iterations with depth, from ${deep} layers on, at most −${least.trend}. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachModel((model) => ({
          holds: trendOfMean(sweep, model, 'epochs', deep) <= -least.trend,
          found: `${trendText(sweep, model, 'epochs', deep)}; ${levels(sweep, model, 'epochs', deep)}`,
        })),
        'Where all runs use the whole budget of 500 iterations nothing can decrease.',
      ),
  },
  {
    id: 'b-fastest',
    where: 'Fig. 1b, §2',
    claim: 'High-frequency models are the fastest to converge.',
    criterion: `Fewer iterations than the low-frequency network with the same ansatz at every depth from ${deep} on, by two standard errors. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachAnsatz((high, low) => ({
          holds: belowEverywhere(sweep, high, low, 'epochs', deep),
          found: `high ${levels(sweep, high, 'epochs', deep)}, low ${levels(sweep, low, 'epochs', deep)}`,
        })),
        'Iterations count until L-BFGS stops by itself: a network that cannot fit the labels may stop sooner than one that can, and at γ = 1 labels near ±1 cost those that can hundreds of iterations (d-gamma-epochs).',
      ),
  },
  {
    id: 'c-change',
    where: 'Fig. 1c, §2',
    claim: 'The relative change of the parameters drops with the number of layers.',
    criterion: `Rank correlation of the mean change with depth, from ${deep} layers on, at most −${least.trend}. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachModel((model) => ({
          holds: trendOfMean(sweep, model, 'change', deep) <= -least.trend,
          found: `${trendText(sweep, model, 'change', deep)}; ${levels(sweep, model, 'change', deep)}`,
        })),
        'With more parameters each has to move less.',
      ),
  },
];

const kernel: readonly ClaimOf[] = [
  {
    id: 'd-kappa',
    where: 'Fig. 1d, §2',
    claim: 'κ decreases with the depth of the model.',
    criterion: `Rank correlation of mean log κ with depth, over the depths at which K has its final rank, at most −${least.trend}. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachModel((model) => {
          const last = cellsOf(sweep, model).at(-1)!.of.singular.mean;
          const from = Math.min(
            ...cellsOf(sweep, model)
              .filter(({ layers, of }) => of.singular.mean === last && layers >= 5)
              .map(({ layers }) => layers),
          );
          return {
            holds: trendOfMean(sweep, model, 'logKappa', from) <= -least.trend,
            found: `${trendText(sweep, model, 'logKappa', from)} from ${from} layers on; log₁₀ κ ${levels(sweep, model, 'logKappa', from)}`,
          };
        }),
        'κ here is λmax/λmin, which the figure must show, as the text’s λmin/λmax would rise; of a singular K, over the eigenvalues above rounding.',
      ),
  },
  {
    id: 'd-smaller',
    where: 'Fig. 1d, §2',
    claim: 'High-frequency models have a smaller condition number.',
    criterion: `Below that of the low-frequency network with the same ansatz at every depth from ${deep} on, by two standard errors of log κ. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachAnsatz((high, low) => ({
          holds: belowEverywhere(sweep, high, low, 'logKappa', deep),
          found: `log₁₀ κ: high ${levels(sweep, high, 'logKappa', deep)}, low ${levels(sweep, low, 'logKappa', deep)}`,
        })),
        'Low frequencies on a short interval are almost the same functions, so that some directions are hardly seen.',
      ),
  },
  {
    id: 'd-epochs',
    where: '§2, Fig. 1b and d',
    claim: 'κ at initialisation is reflected in the number of epochs.',
    criterion: `Rank correlation of log κ and iterations over all networks and depths from ${deep} on at least ${least.trend}, as a mean over the initialisations less two standard errors: holds; at least 0.5: with the condition that it is a tendency.`,
    judge(sweep) {
      const by = byInitialisation(sweep, (cells, i) =>
        rankCorrelation(
          cells.map(({ of }) => of.logKappa.values[i]!),
          cells.map(({ of }) => of.epochs.values[i]!),
        ),
      );
      const low = by.mean - (2 * by.std) / Math.sqrt(by.values.length);
      return {
        found: meanText(by),
        verdict: low >= least.trend ? 'holds' : low >= 0.5 ? 'holds with a condition' : 'does not hold as stated',
        why: 'Runs that use their whole budget are alike in epochs whatever their κ.',
      };
    },
  },
  {
    id: 'd-decay',
    where: '§2, below Eq. 4',
    claim: 'The decay time of the training error is τ ~ κ.',
    criterion:
      'Exponent of iterations against κ, by least squares on logarithms over all networks and depths from 10 on, between 0.5 and 1.5 for every initialisation: holds; 0.5 is what L-BFGS does on a quadratic. Between 0.25 and 0.5 in the mean: with that condition.',
    judge(sweep) {
      const by = byInitialisation(sweep, (cells, i) =>
        slopeOf(
          cells.map(({ of }) => of.logKappa.values[i]!),
          cells.map(({ of }) => Math.log10(Math.max(1, of.epochs.values[i]!))),
        ),
      );
      const holds = by.values.every((exponent) => exponent >= 0.5 && exponent <= 1.5);
      return {
        found: `exponent ${meanText(by)}`,
        verdict: holds
          ? 'holds'
          : by.mean >= 0.25 && by.mean <= 1.5
            ? 'holds with a condition'
            : 'does not hold as stated',
        why: 'The slowest direction decides about τ only where labels have a part along it that matters; L-BFGS stops, or its budget ends, before it comes to that.',
      };
    },
  },
];

const inference: readonly ClaimOf[] = [
  {
    id: 'e-negligible',
    where: 'Fig. 1e, §2',
    claim: 'The approximation error a point is negligible.',
    criterion: `Mean |f of Eq. 5 − f trained| on the test points at most ${least.negligible} at every depth from ${deep} on. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachModel((model) => ({
          holds: cellsOf(sweep, model, deep).every(({ of }) => of.error.mean <= least.negligible),
          found: `${levels(sweep, model, 'error', deep)}; f₀ dropped ${levels(sweep, model, 'errorDropped', deep)}`,
        })),
        'Where κ is large, t = ∞ includes directions that no training of this length learns, and errors leave the readout’s range; where it is small, the kernel moves while the network trains.',
      ),
  },
  {
    id: 'e-constant',
    where: 'Fig. 1e, §2',
    claim: 'For low frequencies the approximation error is almost constant over depths.',
    criterion: `Largest over least mean error at most ${least.constant} over all depths. ${forAll} From 5 layers on alone: with that condition.`,
    judge(sweep) {
      const ratio = (model: 'HEA, low' | 'HVA, low', from: number) => {
        const errors = cellsOf(sweep, model, from).map(({ of }) => of.error.mean);
        return Math.max(...errors) / Math.min(...errors);
      };
      const low = ['HEA, low', 'HVA, low'] as const;
      const found = low
        .map(
          (model) =>
            `${model}: ${digits(ratio(model, 1))} (from 5 layers on ${digits(ratio(model, 5))}); ${levels(sweep, model, 'error', 1)}`,
        )
        .join('; ');
      const [whole, later] = [1, 5].map((from) => low.filter((model) => ratio(model, from) <= least.constant));
      if (whole!.length === low.length) return { found, verdict: 'holds', why: 'At every depth.' };
      const names = [...new Set([...whole!, ...later!])];
      return names.length > 0
        ? {
            found,
            verdict: 'holds with a condition',
            why: `True of ${names.join(' and ')}${whole!.length > 0 ? '' : ' from 5 layers on'}.`,
          }
        : {
            found,
            verdict: 'does not hold as stated',
            why: 'The error goes with how much of the labels the kernel sees, which depth changes.',
          };
    },
  },
  {
    id: 'e-depth',
    where: 'Abstract',
    claim: 'The predictive power improves with circuit depth.',
    criterion: `Rank correlation of the mean approximation error with depth at most −${least.trend}. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachModel((model) => ({
          holds: trendOfMean(sweep, model, 'error') <= -least.trend,
          found: `${trendText(sweep, model, 'error')}`,
        })),
        'Deeper networks are closer to their linear model; where the kernel at t = ∞ is not what training comes to, that does not help.',
      ),
  },
  {
    id: 'f-low',
    where: 'Fig. 1f, §2',
    claim: 'Low-frequency networks fit the test data almost perfectly.',
    criterion: `Mean test R² of Eq. 5 at least ${least.perfect} at every depth from ${deep} on. Both ansätze: holds; one: with that condition; none, but both trained networks: with the condition that they are trained; else it does not.`,
    judge(sweep) {
      const low = ['HEA, low', 'HVA, low'] as const;
      const meets = (of: 'kernelR2' | 'testR2') =>
        low.filter((model) => cellsOf(sweep, model, deep).every((cell) => cell.of[of].mean >= least.perfect));
      const [byKernel, trained] = [meets('kernelR2'), meets('testR2')];
      return {
        found: low
          .map(
            (model) =>
              `${model}: Eq. 5 ${levels(sweep, model, 'kernelR2', deep)}, trained ${levels(sweep, model, 'testR2', deep)}`,
          )
          .join('; '),
        verdict:
          byKernel.length === 2
            ? 'holds'
            : byKernel.length === 1 || trained.length === 2
              ? 'holds with a condition'
              : 'does not hold as stated',
        why: `By Eq. 5: ${byKernel.join(' and ') || 'none'}; trained: ${trained.join(' and ') || 'none'}. Where κ is large, Eq. 5 answers for directions that training never learns.`,
      };
    },
  },
  {
    id: 'f-high',
    where: 'Fig. 1f, §2',
    claim: 'High-frequency networks perform worse on the test data: they overfit.',
    criterion: `Trained, R² on the test points below that of the low-frequency network with the same ansatz at every depth from ${deep} on, by two standard errors, and the same on every other split in the mean. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachAnsatz((high, low) => ({
          holds:
            belowEverywhere(sweep, high, low, 'testR2', deep) &&
            othersOf(sweep, high, deep).every(
              (cell, k) => cell.of.testR2.mean < othersOf(sweep, low, deep)[k]!.of.testR2.mean,
            ),
          found: `trained: high ${levels(sweep, high, 'testR2', deep)}, low ${levels(sweep, low, 'testR2', deep)}; Eq. 5: high ${levels(sweep, high, 'kernelR2', deep)}`,
        })),
        'High frequencies fit the training points with functions that turn between them.',
      ),
  },
  {
    id: 'f-either',
    where: '§2, on Figs. 1e and f',
    claim: 'The test performance can be analysed with the trained network or with Eq. 5 alike.',
    criterion: `Mean |R² of Eq. 5 − R² trained| on the test points at most ${least.negligible} at every depth from ${deep} on. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachModel((model) => {
          const gaps = cellsOf(sweep, model, deep).map(({ of }) =>
            spreadOf(of.kernelR2.values.map((value, i) => Math.abs(value - of.testR2.values[i]!))),
          );
          return {
            holds: gaps.every(({ mean }) => mean <= least.negligible),
            found: `${meanText(gaps[0]!)} to ${meanText(gaps.at(-1)!)}`,
          };
        }),
        'Eq. 5 is read at t = ∞; Eq. 4 at the time of the training is closer (the figure d-eq4).',
      ),
  },
  {
    id: 'f-stopping',
    where: '§2',
    claim: 'Early stopping could be beneficial for high-frequency models.',
    criterion: `The best moment of the training spares at least ${100 * least.spared} % of the final test error, in the mean less two standard errors, at every depth from ${deep} on, of both high-frequency networks. ${forAll}`,
    judge: (sweep) =>
      joined(
        eachAnsatz((high, low) => ({
          holds: cellsOf(sweep, high, deep).every(
            ({ of: { spared } }) => spared.mean - (2 * spared.std) / Math.sqrt(spared.values.length) >= least.spared,
          ),
          found: `high ${levels(sweep, high, 'spared', deep)}, low ${levels(sweep, low, 'spared', deep)}`,
        })),
        'The best moment is known from the test points, so that this is the most that a rule could gain.',
      ),
  },
];

/** A number of each initialisation from all networks and depths from 10 on. */
function byInitialisation(sweep: Sweep, of: (cells: readonly Cell[], index: number) => number) {
  const cells = models.flatMap(({ name }) => cellsOf(sweep, name, deep));
  return spreadOf(cells[0]!.of.epochs.values.map((_, index) => of(cells, index)));
}

/** The claims about Fig. 1, on one data set. */
export const sweepClaims = (prefix: string): readonly ClaimOf[] =>
  [...training, ...kernel, ...inference].map((claim) => ({ ...claim, id: `${prefix}-${claim.id}` }));
