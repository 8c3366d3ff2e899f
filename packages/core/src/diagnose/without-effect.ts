import type { Dataset } from '../model/dataset.ts';
import { labelUnitsOf } from '../model/label-units.ts';
import type { Model } from '../model/model.ts';
import { dependenceOf } from './dependence.ts';
import type { SeedDiagnosis } from './diagnosis.ts';
import type { Evidence, Verdict } from './verdict.ts';

/** Codes of what is here: parameters or inputs that no output depends on. */
type Code = 'parameters-without-effect' | 'inputs-without-effect';

/** Parameters and features that no output depends on, by the structure of the circuit: true of every θ and x. */
export function structurallyWithoutEffect(model: Model, { features }: Dataset): Verdict<Code>[] {
  const { onParameters, onInputs } = dependenceOf(model);
  const observables = model.observables.map(({ text }) => text);
  const idle = features.filter((_, f) => onInputs[f] === false);
  return [
    ...(onParameters ? [] : [parameters({ observables, structural: true })]),
    ...(idle.length === 0
      ? []
      : [inputs({ observables, features: idle, all: idle.length === features.length, structural: true })]),
  ];
}

/** Outputs and singular values of Jacobians below this, in units of the readout scale, are rounding. */
const rounding = 1e-12;

/**
 * The same as far as the initialisations show it: Jacobians that are 0, and outputs that are equal on all training points.
 * Initial parameters may be chosen so, such as all 0, although the circuit depends on them elsewhere.
 */
export function withoutEffectAtStart(model: Model, dataset: Dataset, seeds: readonly SeedDiagnosis[]): Verdict<Code>[] {
  const { X, features, train } = dataset;
  const observables = model.observables.map(({ text }) => text);
  const most = rounding * model.scale;
  const { means, deviation } = labelUnitsOf(dataset);
  const flat = seeds.every(({ spectrum }) => Math.sqrt(spectrum[0] ?? 0) <= most);
  const differ = train.some((row) =>
    features.some((_, f) => X[row * features.length + f] !== X[train[0] * features.length + f]),
  );
  // Outputs are listed in the labels' own units, where a large mean leaves them fewer digits.
  const same = (o: number) => most * deviation + 2 * Number.EPSILON * Math.abs(means[o]);
  const constant = seeds.every(({ f0 }) =>
    f0.every((value, i) => Math.abs(value - f0[i % model.outputs]) <= same(i % model.outputs)),
  );
  return [
    ...(flat ? [parameters({ observables, structural: false })] : []),
    ...(differ && constant ? [inputs({ observables, features, all: true, structural: false })] : []),
  ];
}

const basisOf = (structural: boolean) => (structural ? 'certain' : 'forecast');

const parameters = (evidence: Evidence['parameters-without-effect']): Verdict<'parameters-without-effect'> => ({
  code: 'parameters-without-effect',
  severity: 'warning',
  basis: basisOf(evidence.structural),
  evidence,
});

const inputs = (evidence: Evidence['inputs-without-effect']): Verdict<'inputs-without-effect'> => ({
  code: 'inputs-without-effect',
  severity: evidence.all ? 'warning' : 'note',
  basis: basisOf(evidence.structural),
  evidence,
});

/** True for a verdict that nothing can be learned, whatever else is found. */
export function isUseless({ code, severity }: Verdict): boolean {
  return severity === 'warning' && (code === 'parameters-without-effect' || code === 'inputs-without-effect');
}
