import { flowLaw, followFlow, limitLaw, outputsAt, residualLoss, timeOfLoss, train } from '@qntk/core';
import { digits, type Study, table } from '../../table.ts';
import { defaultRate, lastTest, type Problem, type Start, spread, startOf, testR2, tfim } from './problems.ts';

const steps = 500;
const seed = 7;

/** R² on the test points as one initialisation is forecast and as it trains by L-BFGS; null where it is undefined. */
interface Readings {
  readonly kappa: number | null;
  readonly infinity: number;
  readonly atSteps: number;
  readonly atEqualLoss: number | null;
  readonly followedAtEqualLoss: number | null;
  readonly trained: number;
}

/** The first `seeds` initialisations of a model; a step of the forecast is the default rate of the first of them. */
export function readings(choice: { kind: 'hea' | 'hva'; frequency: 'low' | 'high' }, seeds: number): Readings[] {
  const problem = tfim({ ...choice, layers: 10, scale: 1.5 });
  const rate = defaultRate(startOf(problem, seed));
  return Array.from({ length: seeds }, (_, index) => readingsOf(problem, startOf(problem, seed, index), rate));
}

function readingsOf(problem: Problem, start: Start, rate: number): Readings {
  const { linear, theta0 } = start;
  const { model, dataset } = problem;
  const { trajectory } = train(model, dataset, { optimizer: 'lbfgs', loss: 'mean', steps, theta0 });
  // Below this share of the first loss no output changes visibly any more.
  const target = Math.max(trajectory.trainLoss[trajectory.trainLoss.length - 1], 1e-16 * trajectory.trainLoss[0]);
  const score = (f: Float64Array | null) => f && testR2(problem, f);
  return {
    kappa: linear.spectrum.kappa,
    infinity: testR2(problem, outputsAt(linear, limitLaw).test),
    atSteps: testR2(problem, outputsAt(linear, flowLaw(rate * steps, linear.weight)).test),
    atEqualLoss: score(frozenAtLoss(start, target)),
    followedAtEqualLoss: score(followedAtLoss(start, target, rate)),
    trained: testR2(problem, lastTest(trajectory)),
  };
}

/** A loss this close to the residual of the frozen kernel is there: t = ∞. */
const atResidual = 1e-6;

/** Test outputs of the frozen kernel where its training loss is `target`; null where it never is. */
function frozenAtLoss({ linear }: Start, target: number): Float64Array | null {
  if (Math.abs(target / residualLoss(linear) - 1) <= atResidual) return outputsAt(linear, limitLaw).test;
  const { t } = timeOfLoss(linear, target);
  return t === null ? null : outputsAt(linear, flowLaw(t, linear.weight)).test;
}

/** The same of the flow followed at tolerance 0.1, for a million step budgets at most. */
function followedAtLoss({ system }: Start, target: number, rate: number): Float64Array | null {
  const end = 1e6 * rate * steps;
  const times = Float64Array.from({ length: 241 }, (_, k) => (k === 0 ? 0 : end * 1e-12 ** (1 - (k - 1) / 239)));
  const { trajectory } = followFlow(system, { times, tolerance: 0.1, stopLoss: target });
  const { trainLoss, test } = trajectory;
  const width = test.length / trainLoss.length;
  const k = trainLoss.findIndex((loss) => loss <= target * (1 + atResidual));
  if (k < 0) return null;
  if (k === 0) return test.slice(0, width);
  // Losses fall exponentially between records: it is their logarithm that is linear in time.
  const share = Math.log(trainLoss[k - 1] / target) / Math.log(trainLoss[k - 1] / trainLoss[k]);
  const before = test.subarray((k - 1) * width, k * width);
  return before.map((value, i) => value + Math.min(1, share) * (test[k * width + i] - value));
}

export const readingTimeStudy: Study = {
  name: 'reading-time',
  title: 'When to read the forecast',
  print() {
    const models = (['hea', 'hva'] as const).flatMap((kind) =>
      (['low', 'high'] as const).map((frequency) => ({ kind, frequency })),
    );
    const rows = models.map((model) => {
      const all = readings(model, 10);
      const shown = (name: keyof Readings) => {
        const values = all.map((one) => one[name]);
        if (values.includes(null)) return '–';
        const { mean, std } = spread(values as number[]);
        return `${digits(mean, 3)} ± ${digits(std)}`;
      };
      return [
        `${model.kind}, ${model.frequency}`,
        ...(['kappa', 'infinity', 'atSteps', 'atEqualLoss', 'followedAtEqualLoss', 'trained'] as const).map(shown),
      ];
    });
    const head = ['model', 'κ', 't = ∞', 'at 500 steps', 'at equal loss', 'at equal loss, tolerance 0.1', 'trained'];
    return { text: table(head, rows) };
  },
};
