import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import type { DiagnoseOptions } from '../../src/diagnose/options.ts';
import type { Verdict, VerdictCode } from '../../src/diagnose/verdict.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Model } from '../../src/model/model.ts';

/** Options of a diagnosis of two initialisations for 300 steps where nothing else is asked for. */
export function optionsOf(options: Partial<DiagnoseOptions> = {}): DiagnoseOptions {
  return {
    seeds: 2,
    seed: 7,
    loss: 'mean',
    optimizer: 'lbfgs',
    steps: 300,
    verify: false,
    source: 'a test',
    description: 'a model',
    version: '0.0.0',
    spec: { model: 'a model' },
    ...options,
  };
}

/** The diagnosis with those options. */
export function diagnosisOf(model: Model, data: Dataset, options: Partial<DiagnoseOptions> = {}): Diagnosis {
  return diagnose(model, data, optionsOf(options));
}

export function verdictOf<Code extends VerdictCode>({ verdicts }: Diagnosis, code: Code): Verdict<Code> | undefined {
  return verdicts.find((verdict) => verdict.code === code) as Verdict<Code> | undefined;
}

/** Every leaf of plain data with its path. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (value === null || typeof value !== 'object') return [[path, value]];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path ? `${path}.${key}` : key));
}

/** What must not be in a diagnosis: numbers JSON has not, words made of them, nulls without a reason. */
export function flawsOf(diagnosis: Diagnosis): string[] {
  const flaws = leaves(diagnosis).flatMap(([path, value]) => {
    const bad =
      value === undefined ||
      (typeof value === 'number' && !Number.isFinite(value)) ||
      (typeof value === 'string' && /NaN|undefined|Infinity|null(?! space)/.test(value.replace(/is undefined/g, '')));
    return bad ? [`${path}: ${value}`] : [];
  });
  for (const { reasons, curves: _, ...figures } of diagnosis.seeds)
    for (const [path, value] of leaves(figures)) {
      const explained = reasons[path] ?? reasons[path.slice(0, path.lastIndexOf('.'))];
      if (value === null && !explained) flaws.push(`${path}: no reason for null`);
    }
  for (const [name, figure] of Object.entries(diagnosis.summary))
    if (figure.mean === null && (!figure.reason || figure.reason.endsWith('it is undefined')))
      flaws.push(`summary.${name}: no reason for null`);
  const json = JSON.stringify(diagnosis);
  if (JSON.stringify(JSON.parse(json)) !== json) flaws.push('JSON changes it');
  if (JSON.stringify(structuredClone(diagnosis)) !== json) flaws.push('structuredClone changes it');
  return flaws;
}
