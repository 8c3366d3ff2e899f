import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type LimitResult, limitKind } from '../kinds/limit.ts';
import { type NetworkResult, networkKind } from '../kinds/network.ts';
import { counting, digits, type Mean, meanOf, meanText } from '../numbers.ts';

/** One sample of label 1: readouts that cannot reach it, just reach it, and reach beyond it. */
const gammasOf = (size: Size) => (size === 'full' ? [0.6, 0.8, 1, 1.25, 2] : [0.8, 1, 1.25]);
/** The limit's time, in which 1/(32t²) is 8·10⁻⁷. */
const time = 200;
const limitName = (gamma: number) => `γ = ${gamma}, p → ∞`;
const networkName = (gamma: number) => `γ = ${gamma}, p = 320`;
/** Of the network's clock, m = 1: t = 20. */
const steps = 20_000;
const seedsOf = (size: Size) => (size === 'full' ? 10 : 1);

interface Curve {
  readonly gamma: number;
  readonly times: readonly number[];
  readonly loss: readonly number[];
  readonly end: {
    readonly loss: number;
    readonly lambda: number;
    readonly rate: number | null;
    readonly exponent: number | null;
  };
  /** Of networks: ŷ and K at the records of one run, and the loss at the end. */
  readonly outputs: readonly number[];
  readonly kernels: readonly number[];
  readonly networkEnd: Mean;
  readonly networkTimes: readonly number[];
  readonly networkLoss: readonly number[];
}

interface Analysis {
  readonly curves: readonly Curve[];
}

const curveOf = (curves: readonly Curve[], gamma: number) => curves.find((curve) => curve.gamma === gamma)!;

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-regimes-critical',
    where: 'Theorem 3.2, §4; ours',
    claim: 'At γ = 1 (label on the edge) L → 1/(32t²).',
    criterion: '32t²L at t = 200 is 1 ± 0.05 in the limit, and the fitted exponent 2 ± 0.05.',
    judge({ curves }) {
      const { end } = curveOf(curves, 1);
      const share = 32 * time ** 2 * end.loss;
      const exponent = end.exponent ?? 0;
      return {
        found: `32t²L = ${digits(share, 4)}, exponent ${digits(exponent, 4)}`,
        verdict: Math.abs(share - 1) <= 0.05 && Math.abs(exponent - 2) <= 0.05 ? 'holds' : 'does not hold as stated',
        why: 'dŷ/dt = 2(1 − ŷ)²(1 + ŷ): both K and the residual go as 1/t (critical point of Zhang et al. 2024).',
      };
    },
  },
  {
    id: 'c-regimes-frozen-kernel',
    where: 'Corollary 4.3, §4; ours',
    claim: 'For γ > 1 the kernel stays and the loss ends exponentially at the rate 4(γ² − 1).',
    criterion: 'The fitted terminal rate is that within 1 % at every γ > 1.',
    judge({ curves }) {
      const own = curves.filter(({ gamma }) => gamma > 1);
      const shares = own.map(({ gamma, end }) => (end.rate ?? 0) / (4 * (gamma ** 2 - 1)));
      return {
        found: own.map(({ gamma }, k) => `γ = ${gamma}: ${digits(shares[k]!, 5)} of it`).join('; '),
        verdict: shares.every((share) => Math.abs(share - 1) <= 0.01) ? 'holds' : 'does not hold as stated',
        why: 'K = 2(γ² − ŷ²) comes to 2(γ² − 1): frozen kernel.',
      };
    },
  },
  {
    id: 'c-regimes-frozen-error',
    where: '§3: predictions outside of the range of eigenvalues; ours',
    claim: 'For γ < 1 the error stays at 1 − γ and the kernel vanishes, in networks too.',
    criterion:
      'The loss ends at (1 − γ)²/2 within 10⁻³ in the limit, and within 1 % on the mean of networks with p = 320.',
    judge({ curves }) {
      const own = curves.filter(({ gamma }) => gamma < 1);
      const left = (gamma: number) => (1 - gamma) ** 2 / 2;
      const fine = own.every(
        ({ gamma, end, networkEnd }) =>
          Math.abs(end.loss / left(gamma) - 1) <= 1e-3 && Math.abs(networkEnd.mean / left(gamma) - 1) <= 0.01,
      );
      return {
        found: own
          .map(
            ({ gamma, end, networkEnd }) =>
              `γ = ${gamma}: ${digits(end.loss, 4)}, networks ${meanText(networkEnd)}, (1 − γ)²/2 = ${digits(left(gamma), 4)}`,
          )
          .join('; '),
        verdict: fine ? 'holds' : 'does not hold as stated',
        why: 'No readout gives more than its largest eigenvalue: frozen error.',
      };
    },
  },
];

export const regimes: Figure<LimitResult | NetworkResult, Analysis> = {
  id: 'c-regimes',
  paper: 'qnn-convergence',
  title: 'The three regimes of convergence',
  ensembles: (size) =>
    Object.fromEntries(
      gammasOf(size).flatMap((gamma) => [
        [limitName(gamma), tasks(limitKind, { d: 2 ** 50, m: 1, gamma, labels: 1, time, curves: true }, 1)],
        [networkName(gamma), tasks(networkKind, { d: 32, m: 1, p: 320, gamma, steps, descent: false }, seedsOf(size))],
      ]),
    ),
  analyse: (results, size) => ({
    curves: gammasOf(size).map((gamma) => {
      const run = resultsOf<LimitResult>(results, limitName(gamma))[0]!;
      const networks = resultsOf<NetworkResult>(results, networkName(gamma)).map(({ flow }) => flow);
      const [first] = networks as [(typeof networks)[0]];
      return {
        gamma,
        times: run.curves!.times,
        loss: run.curves!.loss,
        end: { loss: run.loss.end, lambda: run.lambda.end, rate: run.rate, exponent: run.exponent },
        outputs: first.outputs,
        kernels: first.lambdaMin,
        networkEnd: meanOf(networks.map(({ loss }) => loss.at(-1)!)),
        networkTimes: first.times,
        networkLoss: first.loss,
      };
    }),
  }),
  panels: ({ curves }) => [lossPanel(curves), kernelPanel(curves)],
  claims,
};

function lossPanel(curves: readonly Curve[]): DrawnPlot {
  const seen = ({ x, y }: { x: number; y: number }) => x >= 0.02 && y > 1e-9;
  return panel({
    name: 'loss',
    title: 'One sample of label 1',
    caption:
      'Lines: the limit p → ∞, d → ∞; marks: one network, d = 32, p = 320. Below γ = 1 the error stays, at γ = 1 the loss goes to 1/(32t²), above it falls exponentially.',
    x: { title: 'time t', scale: 'logarithmic', from: 0.02, to: time },
    y: { title: 'L', scale: 'logarithmic', from: 1e-8, to: 1 },
    series: [
      ...curves.map(({ gamma, times, loss, networkTimes, networkLoss }, look) => ({
        label: `γ = ${gamma}`,
        look,
        line: times.map((x, k) => ({ x, y: loss[k]! })).filter(seen),
        marks: networkTimes
          .map((x, k) => ({ x, y: networkLoss[k]! }))
          .filter(seen)
          .filter((_, k) => k < 12 || k % 8 === 0),
      })),
      {
        label: '1/(32t²)',
        look: 5,
        theory: true,
        line: counting(40).map((k) => {
          const x = 0.3 * (time / 0.3) ** (k / 39);
          return { x, y: 1 / (32 * x * x) };
        }),
      },
    ],
  });
}

function kernelPanel(curves: readonly Curve[]): DrawnPlot {
  return panel({
    name: 'kernel',
    title: 'Kernel against error along the run',
    caption:
      'K_asym = 2(γ² − ŷ²) against ε = ŷ − y, from ε ≈ −1 on. Runs end with K above 0 and no error (frozen kernel), with neither (critical), or with an error and no kernel (frozen error).',
    x: { title: 'error ŷ − y', scale: 'linear', from: -1.05, to: 0.05 },
    y: { title: 'K_asym, over γ²', scale: 'linear', from: 0, to: 2.1 },
    series: curves.map(({ gamma, outputs, kernels }, look) => ({
      label: `γ = ${gamma}`,
      look,
      line: counting(100).map((k) => {
        const output = (Math.min(1, gamma) * k) / 99;
        return { x: output - 1, y: 2 * (1 - (output / gamma) ** 2) };
      }),
      marks: outputs
        .map((output, k) => ({ x: output - 1, y: kernels[k]! / gamma ** 2 }))
        .filter((_, k) => k < 10 || k % 10 === 0),
    })),
  });
}
