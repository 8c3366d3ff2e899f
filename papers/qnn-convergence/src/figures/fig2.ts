import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type NetworkResult, type NetworkSpec, networkKind, type RunSeen } from '../kinds/network.ts';
import { band, counting, digits, type Mean, meanOf, meanText, range } from '../numbers.ts';
import { type StartsChecked, startsChecked } from '../one-sample.ts';

/** γ of the paper; d, which it does not give, is the smaller one of Fig. 1. */
export const gammasOf = (size: Size) => (size === 'full' ? [1.2, 1.4, 2, 4, 8] : [4, 8]);
const seedsOf = (size: Size) => (size === 'full' ? 10 : 1);
export const gammaName = (gamma: number) => `γ = ${gamma}`;

/** 10 000 steps as in the paper, or as many as take the limit's loss through e^−30 from where it is slowest. */
function stepsAt(gamma: number): number {
  return Math.min(10_000, Math.ceil((30 / (4 * (gamma ** 2 - 1))) * 1000));
}

const specOf = (gamma: number): NetworkSpec => ({ d: 32, m: 1, p: 320, gamma, steps: stepsAt(gamma), descent: true });

export const ensemblesOf = (size: Size) =>
  Object.fromEntries(
    gammasOf(size).map((gamma) => [gammaName(gamma), tasks(networkKind, specOf(gamma), seedsOf(size))]),
  );

interface GammaCurves {
  readonly gamma: number;
  readonly steps: readonly number[];
  /** Geometric mean of the loss over initialisations. */
  readonly loss: readonly number[];
  /** Every fifth record of every run: 2(γ² − ŷ²)/γ² and −d ln L/dt/γ², by differences of ln L as in the paper. */
  readonly scatter: readonly { readonly x: number; readonly y: number }[];
  /** Slope of the second over the first through the origin, of each run; R² of all of them about the mean slope. */
  readonly slope: Mean;
  readonly explained: number;
  /** The same slope of the flow with rates by Lemma 3.1. */
  readonly flowSlope: Mean;
  /** Least rate −d ln L/dt of each run of the flow, and that over γ² − 1. */
  readonly leastRate: Mean;
  readonly overStated: readonly number[];
  /** Change of K_asym at the end of each run. */
  readonly change: Mean;
}

interface Analysis {
  readonly gammas: readonly GammaCurves[];
  /** Largest error of K_asym = 2(γ² − ŷ²) over all runs and records, as a share; and of 2(γ² − ŷ), as the text has it. */
  readonly kernelForm: { readonly squared: number; readonly printed: number };
  readonly starts: readonly StartsChecked[];
}

/** Below this share of the first loss rounding shows in differences of ln L. */
const leastLoss = 1e-12;

function curvesOf(gamma: number, runs: readonly NetworkResult[]): GammaCurves {
  const descents = runs.map(({ descent }) => descent!);
  const flows = runs.map(({ flow }) => flow);
  const seen = descents.map((run) => byDifferences(run, gamma));
  const points = seen.flat();
  const slope = meanOf(seen.map(slopeThroughOrigin));
  const least = flows.map((run) => Math.min(...ratesOf(run).map(({ rate }) => rate)));
  return {
    gamma,
    steps: counting(descents[0]!.loss.length).map((k) => Math.round((k * stepsAt(gamma)) / 100)),
    loss: band(descents.map(({ loss }) => loss.map((value) => Math.log(Math.max(value, 1e-300))))).mean.map(Math.exp),
    scatter: points.filter((_, k) => k % 5 === 0),
    slope,
    explained: explainedBy(points, slope.mean),
    flowSlope: meanOf(flows.map((run) => slopeThroughOrigin(ratesOf(run).map(({ x, rate }) => ({ x, y: rate }))))),
    leastRate: meanOf(least),
    overStated: least.map((rate) => rate / (gamma ** 2 - 1)),
    change: meanOf(flows.map((run) => run.asymptoticChange.at(-1)!)),
  };

  function ratesOf(run: RunSeen) {
    return run.rates.flatMap((rate, k) =>
      rate !== null && run.loss[k]! > leastLoss * run.loss[0]!
        ? [{ rate, x: 2 * (gamma ** 2 - run.outputs[k]! ** 2) }]
        : [],
    );
  }
}

/** −d ln L/dt between the records before and behind, over the abscissa of the paper's Fig. 2, both over γ². */
function byDifferences({ times, loss, outputs }: RunSeen, gamma: number) {
  return counting(times.length - 2).flatMap((before) => {
    const [k, behind] = [before + 1, before + 2];
    if (!(loss[behind]! > leastLoss * loss[0]!)) return [];
    const rate = Math.log(loss[before]! / loss[behind]!) / (times[behind]! - times[before]!);
    return [{ x: (2 * (gamma ** 2 - outputs[k]! ** 2)) / gamma ** 2, y: rate / gamma ** 2 }];
  });
}

type Points = readonly { readonly x: number; readonly y: number }[];

const slopeThroughOrigin = (points: Points) =>
  points.reduce((sum, { x, y }) => sum + x * y, 0) / points.reduce((sum, { x }) => sum + x * x, 0);

/** R² of y = slope·x. */
function explainedBy(points: Points, slope: number): number {
  const mean = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const left = points.reduce((sum, { x, y }) => sum + (y - slope * x) ** 2, 0);
  return 1 - left / points.reduce((sum, { y }) => sum + (y - mean) ** 2, 0);
}

/** K_asym of one sample is λmin; how far 2(γ² − ŷ²) and 2(γ² − ŷ) are from it. */
function formErrors(results: Readonly<Record<string, readonly unknown[]>>, size: Size) {
  let [squared, printed] = [0, 0];
  for (const gamma of gammasOf(size))
    for (const { flow } of resultsOf<NetworkResult>(results, gammaName(gamma)))
      flow.outputs.forEach((output, k) => {
        const kernel = flow.lambdaMin[k]!;
        squared = Math.max(squared, Math.abs((2 * (gamma ** 2 - output ** 2)) / kernel - 1));
        printed = Math.max(printed, Math.abs((2 * (gamma ** 2 - output)) / kernel - 1));
      });
  return { squared, printed };
}

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-2-gamma',
    where: 'Fig. 2, top',
    claim: 'The smallest convergence rate during training increases with γ.',
    criterion:
      'Its mean over initialisations grows from each γ to the next by more than two standard errors of both together.',
    judge({ gammas }) {
      const rates = gammas.map(({ leastRate }) => leastRate);
      const grows = rates
        .slice(1)
        .every((next, k) => next.mean - rates[k]!.mean > 2 * Math.hypot(next.error, rates[k]!.error));
      return {
        found: gammas.map(({ gamma, leastRate }) => `γ = ${gamma}: ${meanText(leastRate)}`).join('; '),
        verdict: grows ? 'holds' : 'does not hold as stated',
        why: 'It is 4(γ² − 1) in the limit, where ŷ has come to the label.',
      };
    },
  },
  {
    id: 'c-2-linear',
    where: 'Fig. 2, bottom',
    claim: 'The empirical rate depends on 2(γ² − ŷ²) approximately linearly.',
    criterion: 'R² of the line through the origin, all γ together and both axes over γ², is at least 0.9.',
    judge({ gammas }) {
      const all = gammas.flatMap(({ scatter }) => scatter);
      const explained = explainedBy(all, slopeThroughOrigin(all));
      return {
        found: `R² ${digits(explained)} over ${all.length} points; by γ ${range(gammas.map((one) => one.explained))}`,
        verdict: explained >= 0.9 ? 'holds' : 'does not hold as stated',
        why: 'What scatters is K_pert at p = 320, which differs from run to run; within one γ the abscissa hardly varies where γ is large, and a line explains little there.',
      };
    },
  },
  {
    id: 'c-2-slope',
    where: 'Fig. 2, bottom, §4',
    claim: 'The slope is not exactly one because the learning rate is much smaller than in the corollary.',
    criterion:
      'Holds if, in the corollary’s own clock, the slope of the gradient flow (no step size at all) is 1 within two standard errors at every γ.',
    judge({ gammas }) {
      const one = gammas.every(({ flowSlope: { mean, error } }) => Math.abs(mean - 1) <= 2 * error);
      return {
        found: gammas
          .map(({ gamma, slope, flowSlope }) => `γ = ${gamma}: descent ${meanText(slope)}, flow ${meanText(flowSlope)}`)
          .join('; '),
        verdict: one ? 'holds' : 'does not hold as stated',
        why: 'L is a square: −d ln L/dt = 2K = 4(γ² − ŷ²), so that the slope over 2(γ² − ŷ²) is 2, whatever the step. A smaller rate only rescales t. Steps that are not small lift the slope, by 7 % at γ = 8 (−2·ln(1 − hK)/h).',
      };
    },
  },
  {
    id: 'c-2-kernel',
    where: '§4, end of the paragraph on one sample',
    claim: 'K = 2(γ² − ŷ(t)).',
    criterion: 'Agrees with K_asym by commutators at every record of every run within 10⁻⁹.',
    judge: ({ kernelForm: { squared, printed } }) => ({
      found: `largest relative error ${digits(printed, 2)}; of 2(γ² − ŷ²) ${digits(squared, 2)}`,
      verdict: printed <= 1e-9 ? 'holds' : 'does not hold as stated',
      why: 'A square is missing, which the line before has.',
    }),
  },
  {
    id: 'c-2-not-frozen',
    where: '§4, end of the paragraph on one sample',
    claim: 'K changes with ŷ and is not frozen, although p → ∞.',
    criterion:
      'K_asym changes by 5 % (the threshold of Fig. 5) or more on the mean at every γ: holds; at some: with a condition.',
    judge({ gammas }) {
      const changing = gammas.filter(({ change }) => change.mean >= 0.05);
      return {
        found: gammas.map(({ gamma, change }) => `γ = ${gamma}: ${meanText(change)}`).join('; '),
        verdict:
          changing.length === gammas.length
            ? 'holds'
            : changing.length > 0
              ? 'holds with a condition'
              : 'does not hold as stated',
        why: 'It changes by 1/γ² from ŷ = 0 on: not frozen at any γ, but as good as frozen at γ = 8.',
      };
    },
  },
  {
    id: 'c-4-3-start',
    where: 'Corollary 4.3',
    claim: 'L(t) ≤ L(0)·exp(−C₁t), C₁ ≥ γ² − 1, whenever ŷ(0) < 1 (label 1).',
    criterion:
      'By the closed form of the limit it holds from each of 1000 starts −γ < ŷ(0) < 1, for γ = 1.1, 1.2, 1.4, 2, 4, 8.',
    judge({ starts }) {
      return {
        found: starts
          .map(
            ({ gamma, failing, seen, exact }) =>
              `γ = ${gamma}: ${digits(100 * failing, 2)} % of the starts fail, those below ${digits(seen, 4)} (exact ${digits(exact, 4)})`,
          )
          .join('; '),
        verdict: starts.every(({ failing }) => failing === 0) ? 'holds' : 'does not hold as stated',
        why: 'Near −γ the rate 4(γ² − ŷ²) is 0. The exact condition is |ŷ(0)| ≤ √(3γ² + 1)/2; |ŷ(0)| ≤ 1, which the text uses, is enough.',
      };
    },
  },
  {
    id: 'c-4-3-rate',
    where: 'Corollary 4.3',
    claim: 'C₁ ≥ γ² − 1 from a random start.',
    criterion: 'The least −d ln L/dt of every run of a network with p = 320 is at least γ² − 1.',
    judge({ gammas }) {
      const shares = gammas.flatMap(({ overStated }) => overStated);
      return {
        found: `least rate over γ² − 1: ${gammas.map(({ gamma, overStated }) => `γ = ${gamma}: ${range(overStated, 3)}`).join('; ')}`,
        verdict: shares.every((share) => share >= 1) ? 'holds' : 'does not hold as stated',
        why: 'From within the labels the limit has 4(γ² − 1): the corollary is loose by four.',
      };
    },
  },
];

export const fig2: Figure<NetworkResult, Analysis> = {
  id: 'c-fig2',
  paper: 'qnn-convergence',
  title: 'One sample: curves and empirical rates',
  ensembles: ensemblesOf,
  analyse: (results, size) => ({
    gammas: gammasOf(size).map((gamma) => curvesOf(gamma, resultsOf<NetworkResult>(results, gammaName(gamma)))),
    kernelForm: formErrors(results, size),
    starts: [1.1, 1.2, 1.4, 2, 4, 8].map(startsChecked),
  }),
  panels: ({ gammas }) => [curvePanel(gammas), ratePanel(gammas)],
  claims,
};

function curvePanel(gammas: readonly GammaCurves[]): DrawnPlot {
  return panel({
    name: 'curves',
    title: 'One sample, d = 32, p = 320',
    caption: `Geometric mean of ${gammas[0]!.slope.count} initialisations: the larger γ, the steeper; straight lines are exponential decay.`,
    x: { title: 'steps of gradient descent, rate 10⁻³/p', scale: 'linear', from: 0, to: 2500 },
    y: { title: 'L', scale: 'logarithmic', from: 1e-12, to: 2 },
    series: gammas.map(({ gamma, steps, loss }, look) => ({
      label: `γ = ${gamma}`,
      look,
      line: steps.map((x, k) => ({ x, y: loss[k]! })).filter(({ x, y }) => x <= 2500 && y > 1e-13),
    })),
  });
}

function ratePanel(gammas: readonly GammaCurves[]): DrawnPlot {
  const ends = [0.5, 2];
  return panel({
    name: 'rates',
    title: 'Empirical rate against the predicted one, both over γ²',
    caption: `Every fifth record of ${gammas[0]!.slope.count} runs for each γ. Points lie about the line of slope 2, which is the law 4(γ² − ŷ²), and not about slope 1; a run’s K_pert shifts all of its points.`,
    x: { title: '2(γ² − ŷ²)/γ²', scale: 'linear', from: 0.5, to: 2.05 },
    y: { title: '−d ln L/dt, over γ²', scale: 'linear', from: 0, to: 5.6 },
    series: [
      ...gammas.map(({ gamma, scatter }, look) => ({ label: `γ = ${gamma}`, look, marks: scatter })),
      { label: 'slope 2: −d ln L/dt = 4(γ² − ŷ²)', look: 5, line: ends.map((x) => ({ x, y: 2 * x })) },
      { label: 'slope 1', look: 6, theory: true, line: ends.map((x) => ({ x, y: x })) },
    ],
  });
}
