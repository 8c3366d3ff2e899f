import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import type { DiagnoseOptions } from '../../src/diagnose/options.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Model } from '../../src/model/model.ts';

/** A diagnosis of two initialisations for 300 steps where nothing else is asked for. */
export function diagnosisOf(model: Model, data: Dataset, options: Partial<DiagnoseOptions> = {}): Diagnosis {
  return diagnose(model, data, {
    seeds: 2,
    seed: 7,
    loss: 'mean',
    optimizer: 'lbfgs',
    steps: 300,
    verify: false,
    source: 'a test',
    description: 'a model',
    ...options,
  });
}

export function verdictOf({ verdicts }: Diagnosis, code: Diagnosis['verdicts'][number]['code']) {
  return verdicts.find((verdict) => verdict.code === code);
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
      if (value === null && !path.startsWith('verified.curve.') && !explained)
        flaws.push(`${path}: no reason for null`);
    }
  for (const [name, figure] of Object.entries(diagnosis.summary))
    if (figure.mean === null && (!figure.reason || figure.reason.endsWith('it is undefined')))
      flaws.push(`summary.${name}: no reason for null`);
  for (const { code, text } of diagnosis.verdicts) if (!text.endsWith('.')) flaws.push(`${code}: ${text}`);
  if (JSON.stringify(JSON.parse(JSON.stringify(diagnosis))) !== JSON.stringify(diagnosis))
    flaws.push('JSON changes it');
  return flaws;
}
