// Theory 2c: what a rerun of Scala et al. 2025 taught.

import { digits, qntk, sine, table, tfim } from './qntk.mjs';

const problems = [
  { amplitude: 0.9, scale: 1 },
  { amplitude: 0.1, scale: 1 },
  { amplitude: 0.9, scale: 8 },
];

/** Eq. 5 (t = ∞) against Eq. 4 at the step budget against the trained network, and all at equal training loss. */
export function timesTable() {
  const models = ['hea', 'hva'].flatMap((kind) => ['low', 'high'].map((frequency) => ({ kind, frequency })));
  const rows = models.map((model) => {
    const { summary } = qntk('diagnose', tfim({ ...model, scale: 1.5, seeds: 10 }), '--verify');
    const close = qntk('diagnose', tfim({ ...model, scale: 1.5, seeds: 10 }), '--verify', '--tolerance', '0.1').summary;
    const shown = (figure) => (figure?.mean === null ? '–' : `${digits(figure.mean, 3)} ± ${digits(figure.std)}`);
    return [
      `${model.kind}, ${model.frequency}`,
      shown(summary.kappa),
      shown(summary['forecast.limit.testR2']),
      shown(summary['forecast.testR2']),
      shown(summary['verified.atEqualLoss.testR2']),
      shown(close['verified.atEqualLoss.testR2']),
      shown(summary['verified.testR2']),
    ];
  });
  const head = ['model', 'κ', 't = ∞', 'at 500 steps', 'at equal loss', 'at equal loss, tolerance 0.1', 'trained'];
  return table(head, rows);
}

/** Irreducible error at three depths, forecast and reached. */
export function floorTable() {
  const rows = [5, 10, 20].map((layers) => {
    const spec = tfim({ kind: 'hea', frequency: 'low', layers, scale: 1.5, seeds: 3, training: { steps: 2000 } });
    const { summary } = qntk('diagnose', spec, '--verify');
    return [layers, digits(summary['floor.mse'].mean, 4), digits(2 * summary['verified.trainLoss'].mean, 4)];
  });
  return table(['layers', 'floor forecast (MSE)', 'reached by L-BFGS (MSE)'], rows);
}

/** Labels at the readout's edge: iterations and error for two scales. */
export function edgeTable() {
  const rows = [1, 1.5].flatMap((scale) =>
    [20, 100, 500].map((steps) => {
      const spec = tfim({ kind: 'hea', frequency: 'high', layers: 20, scale, seeds: 3, training: { steps } });
      const { summary } = qntk('diagnose', spec, '--verify');
      return [
        scale,
        steps,
        digits(summary['verified.iterations'].mean, 3),
        digits(2 * summary['verified.trainLoss'].mean),
      ];
    }),
  );
  return table(['γ', 'allowed', 'iterations', 'training MSE'], rows);
}

/** Largest deviation of the frozen loss curve, foretold before training, against gradient descent at a small rate. */
export function trustTable() {
  const settings = [20, 60].flatMap((layers) => ['low', 'linear'].map((frequency) => ({ layers, frequency })));
  let within = 0;
  let cases = 0;
  const rows = settings.map((setting) => [
    `${setting.layers}, ${setting.frequency}`,
    ...problems.map((problem) =>
      [11, 12, 13]
        .map((seed) => {
          const { foretold, seen } = deviation({ ...setting, ...problem, seed });
          cases++;
          if (foretold / seen <= 2 && seen / foretold <= 2) within++;
          return `${digits(foretold)} / ${digits(seen)}`;
        })
        .join(', '),
    ),
  ]);
  const head = ['layers, encoding', ...problems.map(({ amplitude, scale }) => `a = ${amplitude}, γ = ${scale}`)];
  return `${table(head, rows)}\n\nWithin a factor of two: ${within} of ${cases}.`;
}

/** Loss curves of the adaptive flow against gradient descent at a small rate, until the loss has fallen a hundredfold. */
export function curvesTable() {
  const tolerances = [0.1, 0.01, 0.001];
  const rows = [20, 60].flatMap((layers) =>
    ['low', 'linear'].flatMap((frequency) =>
      problems.map((problem) => {
        const setting = { layers, frequency, ...problem, seed: 11 };
        const { frozen, real, rate, steps } = descent(setting, 500);
        const apart = tolerances.map((tolerance) => {
          const spec = sine({ ...setting, training: { rate, steps } });
          const { curve, jacobians } = qntk('train', spec, '--optimizer', 'flow', '--tolerance', String(tolerance));
          return `${digits(100 * largestRatio(real, interpolated(curve.times, curve.trainLoss)))} % (${jacobians} J)`;
        });
        const name = `${layers}, ${frequency}, a = ${problem.amplitude}, γ = ${problem.scale}`;
        return [name, `${digits(100 * largestRatio(real, frozen))} %`, ...apart];
      }),
    ),
  );
  return table(['model', '1 Jacobian', ...tolerances.map((tolerance) => `tolerance ${tolerance}`)], rows);
}

/** Foretold by `diagnose`, seen in real gradient descent at a fiftieth of the default rate. */
function deviation(problem) {
  const { frozen, real, foretold } = descent(problem, 50);
  return { foretold, seen: largestRatio(real, frozen) };
}

/** Real gradient descent, so many times slower than the default rate, beside what was forecast before. */
function descent(problem, slower) {
  const { seeds, training } = qntk('diagnose', sine(problem));
  const { forecast, trust, curves } = seeds[0];
  const rate = training.rate / slower;
  const steps = Math.ceil(slower * forecast.steps * 1.01);
  const real = qntk('train', sine({ ...problem, training: { rate, steps } })).curve;
  const times = curves.frozen.steps.map((step) => step * training.rate);
  return { frozen: interpolated(times, curves.frozen.trainLoss), real, rate, steps, foretold: trust.lossDeviation };
}

/** Largest ratio of two loss curves, either way, less 1, until the first of them has fallen a hundredfold. */
function largestRatio(real, expected) {
  let largest = 0;
  for (let k = 1; k < real.times.length; k++) {
    const [loss, other] = [real.trainLoss[k], expected(real.times[k])];
    if (Math.min(loss, other) < real.trainLoss[0] / 100) break;
    largest = Math.max(largest, loss / other - 1, other / loss - 1);
  }
  return largest;
}

/** Linear in time, logarithmic in the value, between records. */
function interpolated(times, values) {
  return (t) => {
    const k = Math.max(
      1,
      times.findIndex((time) => time >= t),
    );
    const share = (t - times[k - 1]) / (times[k] - times[k - 1]);
    return Math.exp(Math.log(values[k - 1]) * (1 - share) + Math.log(values[k]) * share);
  };
}
