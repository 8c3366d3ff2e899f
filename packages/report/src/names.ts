import { optimizerNamed, type SeedDiagnosis } from '@qntk/core';
import { formatNumber, formatShare } from './format.ts';

/** A figure of an initialisation, by its path in the report's JSON. */
export interface Named {
  readonly name: string;
  readonly label: string;
  /** Footnote that explains it. */
  readonly note?: string;
  readonly share?: boolean;
  /** Whether the figure of an initialisation is a lower bound. */
  readonly atLeast?: (seed: SeedDiagnosis) => boolean;
}

export interface Group {
  readonly title: string;
  readonly figures: readonly Named[];
}

/** What the tables show of every initialisation. */
export const groups: readonly Group[] = [
  {
    title: 'Kernel at initialisation',
    figures: [
      { name: 'rank', label: 'rank', note: 'rank' },
      { name: 'kappa', label: 'κ', note: 'kappa' },
      { name: 'cutoff', label: 'cut-off', note: 'rank' },
      { name: 'floor.mse', label: 'floor (MSE)', note: 'floor' },
      { name: 'learnedModes', label: 'modes learned', note: 'mode' },
      { name: 'rateLimit', label: 'largest stable η', note: 'rate' },
    ],
  },
  {
    title: 'Forecast',
    figures: [
      { name: 'forecast.trainLoss', label: 'training loss', note: 'loss' },
      { name: 'forecast.testMse', label: 'test MSE' },
      { name: 'forecast.testR2', label: 'test R²', note: 'r2' },
      { name: 'forecast.testAccuracy', label: 'test accuracy', share: true },
      { name: 'forecast.steps', label: 'steps to loss/100', note: 'time' },
      { name: 'earlyStop.steps', label: 'best step', note: 'stop' },
      { name: 'earlyStop.testMse', label: 'test MSE there', note: 'stop' },
      { name: 'forecast.jacobians', label: 'Jacobians', note: 'jacobian' },
    ],
  },
  {
    title: 'Forecast without end, t = ∞',
    figures: [
      { name: 'forecast.limit.trainLoss', label: 'training loss', note: 'limit' },
      { name: 'forecast.limit.testMse', label: 'test MSE', note: 'limit' },
      { name: 'forecast.limit.testR2', label: 'test R²', note: 'limit' },
    ],
  },
  {
    title: 'Trust',
    figures: [
      {
        name: 'trust.lossDeviation',
        label: 'loss deviation',
        note: 'trust',
        atLeast: ({ trust }) => !trust.followedToEnd,
      },
      { name: 'trust.followedSteps', label: 'followed for steps', note: 'trust' },
      { name: 'trust.parameterChange', label: 'parameter change', note: 'trust' },
      { name: 'trust.kernelChange', label: 'kernel change', note: 'trust' },
      { name: 'trust.residualLeft', label: 'residual left', note: 'trust' },
      { name: 'trust.jacobians', label: 'Jacobians for it', note: 'jacobian' },
    ],
  },
  {
    title: 'Trained network',
    figures: [
      { name: 'verified.trainLoss', label: 'training loss', note: 'loss' },
      { name: 'verified.testMse', label: 'test MSE' },
      { name: 'verified.testR2', label: 'test R²', note: 'r2' },
      { name: 'verified.testAccuracy', label: 'test accuracy', share: true },
      { name: 'verified.iterations', label: 'iterations' },
      { name: 'verified.parameterChange', label: 'parameter change', note: 'trust' },
      { name: 'verified.atEqualLoss.testMse', label: 'forecast MSE at equal loss', note: 'equal' },
      { name: 'verified.atEqualLoss.testR2', label: 'forecast R² at equal loss', note: 'equal' },
    ],
  },
];

/** The value of a figure; undefined where its part of the diagnosis does not exist, null where it has no value. */
export function figureOf(seed: SeedDiagnosis, name: string): number | null | undefined {
  let value: unknown = seed;
  for (const key of name.split('.')) {
    if (value === null || value === undefined) return value;
    value = (value as Record<string, unknown>)[key];
  }
  return value as number | null | undefined;
}

/** Why a figure is null: the reason given for it or for the part it belongs to. */
export function reasonOf(seed: SeedDiagnosis, name: string): string {
  for (let part = name; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('.')))) {
    if (seed.reasons[part] !== undefined) return seed.reasons[part];
  }
  return name.startsWith('earlyStop.') ? 'there are no unseen points' : 'no reason was given';
}

export function formatFigure({ share }: Named, value: number | null, atLeast = false): string {
  const text = share && value !== null ? formatShare(value) : formatNumber(value);
  return atLeast && value !== null ? `≥ ${text}` : text;
}

/** The name of an optimiser in a sentence. */
export function optimizerName(name: string): string {
  return optimizerNamed(name)?.label ?? name;
}

/** Evidence of the verdicts, by key. */
const evidence: Record<string, string> = {
  trainLoss: 'training loss',
  trainMse: 'training MSE',
  explained: 'variance explained',
  learnedModes: 'modes learned',
  budget: 'step budget',
  floorMse: 'floor (MSE)',
  floorShare: 'share of the variance',
  kappa: 'κ',
  rate: 'η',
  testR2: 'test R²',
  testR2Std: 'its standard deviation',
  testMse: 'test MSE',
  testAccuracy: 'test accuracy',
  testMseAtBudget: 'test MSE at the budget',
  lossDeviation: 'loss deviation',
  followedSteps: 'followed for steps',
  forecastJacobians: 'Jacobians of the forecast',
  jacobians: 'Jacobians of this check',
  low: 'least label',
  high: 'largest label',
  rangeLow: 'least output',
  rangeHigh: 'largest output',
  share: 'share of the range',
  forecastAtEqualLoss: 'forecast R² at equal loss',
};

const shares = new Set(['explained', 'floorShare', 'testAccuracy', 'share']);

/** Name of a figure behind a verdict; keys without one are taken apart: `kernelChange` is `kernel change`. */
export function evidenceLabel(key: string): string {
  if (Object.hasOwn(evidence, key)) return evidence[key];
  return key.replace(/([a-z0-9])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);
}

export function formatEvidence(key: string, value: number | string): string {
  if (typeof value === 'string') return value;
  return shares.has(key) ? formatShare(value) : formatNumber(value);
}
