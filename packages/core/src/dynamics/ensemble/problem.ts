import { InputError } from '../../errors.ts';
import { isComputable } from '../../magnitude.ts';
import { defaultLabels } from '../finite/network.ts';
import { meanKernel, terminalRate } from '../limit/closed-forms.ts';
import { type Readout, readoutFrom } from '../readout.ts';
import { closestOutputs, regimeOfSpectrum } from '../regime/range.ts';

import { requireRecords } from './times.ts';

/** What network and data are, as somebody asks for it. */
export interface ProblemOptions {
  readonly d: number;
  readonly m: number;
  readonly gamma?: number;
  readonly spectrum?: readonly number[];
  readonly labels?: readonly number[];
}

/** The same, checked and complete. */
export interface DynamicsProblem {
  readonly d: number;
  readonly m: number;
  readonly gamma: number;
  /** Eigenvalues of γM₀, descending, and the dimensions of their eigenspaces. */
  readonly spectrum: Readout['eigenspaces'];
  readonly labels: readonly number[];
}

/**
 * Checks and completes what was asked for.
 *
 * @throws InputError naming the argument, what was found and what was expected.
 */
export function problemOf({ d, m, gamma = 1, spectrum = [1, -1], labels }: ProblemOptions): DynamicsProblem {
  if (m > d)
    throw new InputError({
      where: 'm',
      found: String(m),
      expected: `at most d = ${d}: so many orthogonal inputs do not fit`,
    });
  requireRecords(m);
  if (labels && labels.length !== m)
    throw new InputError({ where: 'labels', found: String(labels.length), expected: `m = ${m}, one an input` });
  const scaled = shares(d, spectrum).map(({ value, dimension }) => ({ value: gamma * value, dimension }));
  const extreme = scaled.find(({ value }) => !isComputable(value));
  if (extreme)
    throw new InputError({
      where: 'gamma',
      found: `an eigenvalue of the readout of ${extreme.value}`,
      expected: 'a size from 1e-60 to 1e60',
    });
  const { eigenspaces } = readoutFrom(scaled);
  return { d, m, gamma, spectrum: eigenspaces, labels: labels ?? [...defaultLabels(m)] };
}

/**
 * Dimensions as equal as d allows, what is left over in the middle: a symmetric spectrum has no trace.
 *
 * @throws InputError where the middle is between two eigenvalues and an odd number is left over, or there is one value only.
 */
function shares(d: number, spectrum: readonly number[]): { value: number; dimension: number }[] {
  const q = spectrum.length;
  const values = [...spectrum].sort((a, b) => b - a);
  if (values[0] === values[q - 1])
    throw new InputError({
      where: 'spectrum',
      found: `the single eigenvalue ${values[0]}`,
      expected: 'two different ones: its outputs never move',
    });
  if (q > d) throw new InputError({ where: 'spectrum', found: `${q} eigenvalues`, expected: `at most d = ${d}` });
  const left = d % q;
  const middle = q % 2 === 1 ? [(q - 1) / 2] : [q / 2 - 1, q / 2];
  if (left % middle.length !== 0)
    throw new InputError({
      where: 'd',
      found: `${d}, which ${q} eigenvalues cannot share evenly around the middle`,
      expected: 'an even dimension',
    });
  return values.map((value, k) => ({
    value,
    dimension: Math.floor(d / q) + (middle.includes(k) ? left / middle.length : 0),
  }));
}

/** Where the labels lie in what the readout can give, and where outputs end. */
export function judge({ labels, spectrum, gamma }: DynamicsProblem) {
  const { regime, enough } = regimeOfSpectrum(labels, spectrum);
  const ends = closestOutputs(labels, spectrum);
  const loss = labels.reduce((sum, label, j) => sum + (label - ends[j]!) ** 2, 0) / (2 * labels.length);
  return {
    regime,
    /** Readout scales that converge exponentially; null where none does. */
    enough: enough && { above: enough.above * gamma, below: enough.below === null ? null : enough.below * gamma },
    /** The nearest outputs that the readout can give, and the loss they leave. */
    ends: { outputs: [...ends], loss },
  };
}

/** What the closed forms of the limit p → ∞ say, for ensembles to be held against. */
export function expectedOf({ labels, spectrum, m }: DynamicsProblem) {
  const readout = readoutFrom(spectrum);
  return {
    /** −d ln L/dt at the end as d → ∞; the slowest label is left at last. */
    terminalRate: Math.min(...labels.map((label) => terminalRate(readout, label))),
    /** Least eigenvalue of the mean of K_asym over the starts. */
    startLambdaMin: meanKernel(readout, m).least,
  };
}
