import type { Diagnosis, SeedDiagnosis } from '@qntk/core';

/**
 * The one table of what a diagnosis knows by number. An entry is all that is known of a quantity: terminal, HTML, verdicts
 * and plots read it. To show a number that `SeedDiagnosis` has, add its entry here; the summary of the JSON has every
 * number of `SeedDiagnosis` by itself, under the same name.
 */
export interface Quantity {
  /** Its path in `seeds` and its name in `summary`, or, for other evidence of verdicts, its key there. */
  readonly name: string;
  readonly label: string;
  /** What it is a number of, where that is not a pure number. */
  readonly unit?: 'y²' | 'steps';
  /** Note of the report that explains it. */
  readonly note?: string;
  readonly better: 'higher' | 'lower' | null;
  readonly format: 'number' | 'score' | 'share' | 'count';
}

export interface Group {
  readonly title: string;
  /** Where the group says something; always if left out. */
  readonly when?: (diagnosis: Diagnosis) => boolean;
  readonly quantities: readonly Quantity[];
}

type Rest = Partial<Pick<Quantity, 'unit' | 'note' | 'better' | 'format'>>;

function entry(name: string, label: string, rest: Rest = {}): Quantity {
  return { name, label, better: null, format: 'number', ...rest };
}

const mse: Rest = { unit: 'y²', better: 'lower', note: 'mse' };
const r2: Rest = { better: 'higher', note: 'r2', format: 'score' };
const accuracy: Rest = { better: 'higher', format: 'share' };
const steps: Rest = { unit: 'steps', better: 'lower', format: 'count' };
const jacobians: Rest = { better: 'lower', format: 'count', note: 'jacobian' };

/** Whether the forecast follows the flow, in the place of the optimiser. */
const byFlow = ({ seeds }: Diagnosis) => seeds.some(({ curves }) => curves.adaptive);

const isForecast = ({ bottomLine }: Diagnosis) => bottomLine.changesBasis === 'forecast';

const isStopped = ({ seeds }: Diagnosis) => seeds.some(({ forecast }) => forecast.stoppedAfter !== undefined);

const stoppedAfter = entry('forecast.stoppedAfter', 'stopped after', steps);

/** What a forecast says, or the training in its place. */
const foretold = [
  entry('forecast.trainMse', 'training MSE', mse),
  entry('forecast.trainR2', 'training R²', r2),
  entry('forecast.testMse', 'test MSE', mse),
  entry('forecast.testR2', 'test R²', r2),
  entry('forecast.testAccuracy', 'test accuracy', accuracy),
  entry('forecast.steps', 'steps to 99 % of the fall', { ...steps, note: 'fall' }),
];

const atEqualLoss = [
  entry('verified.atEqualLoss.testMse', 'test MSE', { ...mse, note: 'equal' }),
  entry('verified.atEqualLoss.testR2', 'test R²', { ...r2, note: 'equal' }),
  entry('verified.atEqualLoss.steps', 'steps to it', { ...steps, note: 'equal' }),
];

/** What the tables show of every initialisation. */
export const groups: readonly Group[] = [
  {
    title: 'Kernel at initialisation',
    quantities: [
      entry('rank', 'rank', { better: 'higher', format: 'count', note: 'rank' }),
      entry('kappa', 'κ', { better: 'lower', note: 'kappa' }),
      entry('alignment', 'alignment with labels', { better: 'higher', note: 'alignment' }),
      entry('effectiveDimension', 'effective dimension', { note: 'dimension' }),
      entry('cutoff', 'cut-off', { note: 'rank' }),
      entry('rateLimit', 'largest stable η', { better: 'higher', note: 'rate' }),
    ],
  },
  {
    title: 'Trained for real, in the place of a forecast',
    when: (diagnosis) => !isForecast(diagnosis),
    // A gradient takes as long as a Jacobian.
    quantities: [...foretold, entry('forecast.jacobians', 'gradients', { better: 'lower', format: 'count' })],
  },
  {
    title: 'Forecast at the step budget',
    when: (diagnosis) => isForecast(diagnosis) && !isStopped(diagnosis),
    quantities: [...foretold, entry('forecast.jacobians', 'Jacobians', jacobians)],
  },
  {
    title: 'Forecast at the step budget, from a training that was stopped',
    when: (diagnosis) => isForecast(diagnosis) && isStopped(diagnosis),
    quantities: [
      ...foretold,
      stoppedAfter,
      entry('forecast.jacobians', 'gradients', { better: 'lower', format: 'count' }),
    ],
  },
  {
    title: 'Frozen kernel at the step budget',
    quantities: [
      entry('frozen.forecast.trainMse', 'training MSE', { ...mse, note: 'kernel' }),
      entry('frozen.forecast.testMse', 'test MSE', { ...mse, note: 'kernel' }),
      entry('frozen.forecast.testR2', 'test R²', { ...r2, note: 'kernel' }),
      entry('frozen.forecast.testAccuracy', 'test accuracy', { ...accuracy, note: 'kernel' }),
      entry('frozen.learnedModes', 'modes learned', { better: 'higher', format: 'count', note: 'mode' }),
      entry('frozen.steps', 'steps to 1 % excess loss', { ...steps, note: 'excess' }),
    ],
  },
  {
    title: 'Frozen kernel without end, t = ∞',
    quantities: [
      entry('frozen.residualMse', 'residual MSE', { ...mse, note: 'residual' }),
      entry('frozen.infinity.testMse', 'test MSE', { ...mse, note: 'infinity' }),
      entry('frozen.infinity.testR2', 'test R²', { ...r2, note: 'infinity' }),
      entry('frozen.infinity.testAccuracy', 'test accuracy', { ...accuracy, note: 'infinity' }),
    ],
  },
  {
    title: 'Trained network',
    quantities: [
      entry('verified.trainMse', 'training MSE', mse),
      entry('verified.trainR2', 'training R²', r2),
      entry('verified.testMse', 'test MSE', mse),
      entry('verified.testR2', 'test R²', r2),
      entry('verified.testAccuracy', 'test accuracy', accuracy),
      entry('verified.iterations', 'iterations', { better: 'lower', format: 'count' }),
      entry('verified.parameterChange', 'parameter change', { note: 'change' }),
    ],
  },
  {
    title: 'Frozen kernel at the training loss of the trained network',
    when: (diagnosis) => !byFlow(diagnosis),
    quantities: atEqualLoss,
  },
  {
    title: 'Flow at the training loss of the trained network',
    when: byFlow,
    quantities: atEqualLoss,
  },
];

const score: Rest = { better: 'higher', format: 'score' };

/** Numbers behind verdicts that are not those of an initialisation. */
const evidence: readonly Quantity[] = [
  entry('trainR2', 'training R²', score),
  entry('trainR2Low', 'training R² from', score),
  entry('trainR2High', 'training R² to', score),
  entry('trainMseLow', 'training MSE from', mse),
  entry('trainMseHigh', 'training MSE to', mse),
  entry('training.steps', 'step budget', { format: 'count' }),
  entry('training.optimizerRate', 'η'),
  entry('training.momentum', 'momentum β'),
  entry('rate', 'η'),
  entry('limit', 'largest stable η'),
  entry('momentum', 'momentum β'),
  entry('times', 'times too far', { better: 'lower' }),
  entry('certified', 'least training MSE', { ...mse, note: 'limit' }),
  entry('limit.noise', 'noise of the labels', { ...mse, note: 'limit' }),
  entry('limit.outOfRange', 'labels out of range', { ...mse, note: 'limit' }),
  entry('certifiedShare', 'share of the variance', { better: 'lower', format: 'share' }),
  entry('residualShare', 'share of the variance', { better: 'lower', format: 'share' }),
  entry('testR2Std', 'standard deviation of R²', { format: 'score' }),
  entry('data.test', 'test points', { format: 'count' }),
  entry('references.constant.testR2', 'R² of a constant', score),
  entry('references.ridge.testR2', 'R² of ridge regression', score),
  entry('references.rbf.testR2', 'R² with a Gaussian kernel', score),
  entry('references.readout.testR2', 'R² of the best readout of the encoding', score),
  entry('bestR2', 'best R² without a quantum computer', score),
  entry('networkR2', 'R² of the network', score),
  entry('moreLow', 'R² above the best from', score),
  entry('moreHigh', 'R² above the best to', score),
  entry('initialisations', 'initialisations', { format: 'count' }),
  entry('networkR2Std', 'standard deviation of R²', { format: 'score' }),
  entry('testR2Low', 'R² from', score),
  entry('testR2High', 'R² to', score),
  entry('testAccuracyLow', 'right class from', accuracy),
  entry('testAccuracyHigh', 'right class to', accuracy),
  entry('low', 'least label'),
  entry('high', 'largest label'),
  entry('rangeLow', 'least output'),
  entry('rangeHigh', 'largest output'),
  entry('rangeShare', 'share of the range', { format: 'share' }),
  entry('outside', 'labels outside', { better: 'lower', format: 'count' }),
  entry('model.scale', 'scale γ'),
  entry('model.parameters', 'parameters', { format: 'count' }),
  entry('rows', 'training labels', { format: 'count' }),
  entry('duplicates', 'repeated rows', { format: 'count' }),
  entry('contradictory', 'repeated with other labels', { format: 'count' }),
];

const known = new Map([...groups.flatMap(({ quantities }) => quantities), ...evidence].map((one) => [one.name, one]));

/** The entry of a name; undefined for what is part of a sentence only. */
export function quantityNamed(name: string): Quantity | undefined {
  return known.get(name);
}

/** The value in an initialisation; undefined where its part of the diagnosis does not exist, null where it has no value. */
export function readQuantity(seed: SeedDiagnosis, name: string): number | null | undefined {
  let value: unknown = seed;
  for (const key of name.split('.')) {
    if (value === null || value === undefined) return value;
    value = (value as Record<string, unknown>)[key];
  }
  return value as number | null | undefined;
}

/** Why a value is null: the reason given for it or for the part it belongs to. */
export function reasonOf({ reasons }: Pick<SeedDiagnosis, 'reasons'>, name: string): string {
  for (let part = name; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('.'))))
    if (reasons[part] !== undefined) return reasons[part];
  return 'no reason was given';
}

/** The groups that say something of a diagnosis. */
export function groupsOf(diagnosis: Diagnosis): Group[] {
  return groups.filter(({ when }) => when?.(diagnosis) ?? true);
}
