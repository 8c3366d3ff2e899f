import { flowLaw, lossAt, lossDeviation, reducedLoss, timeOfLoss, train } from '@qntk/core';
import { digits, type Study, table } from '../../table.ts';
import { defaultRate, type Problem, type Start, sine, startOf } from './problems.ts';

interface Setting {
  readonly layers: number;
  readonly frequency: 'low' | 'linear';
  readonly amplitude: number;
  readonly scale: number;
  readonly seed: number;
}

/** A loss curve L(t). */
interface LossCurve {
  readonly times: Float64Array;
  readonly trainLoss: Float64Array;
}

/** Real gradient descent, so many times slower than the default rate, as far as the frozen kernel has to be compared. */
function descent(problem: Problem, start: Start, slower: number) {
  const { t } = timeOfLoss(start.linear, reducedLoss(start.linear));
  if (t === null) throw new Error('the frozen kernel does not learn these labels');
  const rate = defaultRate(start) / slower;
  const steps = Math.ceil((1.01 * t) / rate);
  const options = { optimizer: 'gd', loss: 'mean', rate, steps, theta0: start.theta0 } as const;
  return { rate, steps, curve: train(problem.model, problem.dataset, options).trajectory };
}

/** Largest max(a/b, b/a) − 1 of two losses, until the first of them has fallen to a hundredth. */
function largestRatio({ times, trainLoss }: LossCurve, expected: (t: number) => number): number {
  let largest = 0;
  for (let k = 1; k < times.length; k++) {
    const [loss, other] = [trainLoss[k], expected(times[k])];
    if (Math.min(loss, other) < trainLoss[0] / 100) break;
    largest = Math.max(largest, loss / other - 1, other / loss - 1);
  }
  return largest;
}

/** Between records, linear in time and logarithmic in the loss. */
function interpolated({ times, trainLoss }: LossCurve): (t: number) => number {
  return (t) => {
    const found = times.findIndex((time) => time >= t);
    const k = found < 0 ? times.length - 1 : Math.max(1, found);
    const share = (t - times[k - 1]) / (times[k] - times[k - 1]);
    return Math.exp(Math.log(trainLoss[k - 1]) * (1 - share) + Math.log(trainLoss[k]) * share);
  };
}

/** Linearisation error in the loss curve: forecast before training, and seen in gradient descent at rate/`slower`. */
export function linearisationError({ seed, ...choice }: Setting, slower = 50) {
  const problem = sine(choice);
  const start = startOf(problem, seed);
  const { linear, system } = start;
  const forecast = lossDeviation(system, linear, 0.1);
  const { curve } = descent(problem, start, slower);
  const seen = largestRatio(curve, (t) => lossAt(linear, flowLaw(t, linear.weight)));
  return { forecast: forecast.value ?? Number.POSITIVE_INFINITY, seen };
}

/** Deviation of forecast loss curves from gradient descent at rate/`slower`: frozen kernel, and flow at tolerances. */
export function curveErrors({ seed, ...choice }: Setting, tolerances: readonly number[], slower = 500) {
  const problem = sine(choice);
  const start = startOf(problem, seed);
  const { linear, theta0 } = start;
  const { curve, rate, steps } = descent(problem, start, slower);
  return {
    frozen: largestRatio(curve, (t) => lossAt(linear, flowLaw(t, linear.weight))),
    followed: tolerances.map((tolerance) => {
      const options = { optimizer: 'flow', loss: 'mean', rate, steps, tolerance, theta0 } as const;
      const { trajectory, jacobians } = train(problem.model, problem.dataset, options);
      return { error: largestRatio(curve, interpolated(trajectory)), jacobians: jacobians ?? 0 };
    }),
  };
}

const labels = [
  { amplitude: 0.9, scale: 1 },
  { amplitude: 0.1, scale: 1 },
  { amplitude: 0.9, scale: 8 },
];
const circuits = [20, 60].flatMap((layers) => (['low', 'linear'] as const).map((frequency) => ({ layers, frequency })));

export const linearisationStudy: Study = {
  name: 'linearisation',
  title: 'Linearisation error, forecast / seen',
  print() {
    let [within, cases] = [0, 0];
    const rows = circuits.map((circuit) => [
      `${circuit.layers}, ${circuit.frequency}`,
      ...labels.map((label) =>
        [11, 12, 13]
          .map((seed) => {
            const { forecast, seen } = linearisationError({ ...circuit, ...label, seed });
            cases++;
            if (forecast / seen <= 2 && seen / forecast <= 2) within++;
            return `${digits(forecast)} / ${digits(seen)}`;
          })
          .join(', '),
      ),
    ]);
    const head = ['layers, encoding', ...labels.map(({ amplitude, scale }) => `a = ${amplitude}, γ = ${scale}`)];
    return { text: `${table(head, rows)}\n\nWithin a factor of two: ${within} of ${cases}.` };
  },
};

export const curveStudy: Study = {
  name: 'loss-curves',
  title: 'Loss curves against gradient descent',
  print() {
    const tolerances = [0.1, 0.01, 0.001];
    const rows = circuits.flatMap((circuit) =>
      labels.map((label) => {
        const { frozen, followed } = curveErrors({ ...circuit, ...label, seed: 11 }, tolerances);
        const name = `${circuit.layers}, ${circuit.frequency}, a = ${label.amplitude}, γ = ${label.scale}`;
        const cells = followed.map(({ error, jacobians }) => `${digits(100 * error)} % (${jacobians} J)`);
        return [name, `${digits(100 * frozen)} %`, ...cells];
      }),
    );
    return { text: table(['model', '1 Jacobian', ...tolerances.map((tolerance) => `tolerance ${tolerance}`)], rows) };
  },
};
