import { counted } from '../wording.ts';
import type { SeedDiagnosis, Statistic } from './diagnosis.ts';

/**
 * Statistics over the initialisations of every number in them, by its path: what a SeedDiagnosis has, the summary has.
 * Null, with a reason, where a number is undefined in any.
 */
export function summarise(seeds: readonly SeedDiagnosis[]): Record<string, Statistic> {
  const numbers = seeds.map((seed) => numbersOf(seed));
  const names = [...numbers[0].keys()];
  return Object.fromEntries(
    names.map((name) => {
      const values = numbers.map((found) => found.get(name) ?? null);
      return [name, statistic(name, values, seeds)];
    }),
  );
}

/** Numbers and nulls of an initialisation by their path; lists, texts and which initialisation it is left out. */
function numbersOf({ seed: _, reasons: __, ...found }: SeedDiagnosis): Map<string, number | null> {
  const numbers = new Map<string, number | null>();
  const walk = (part: object, path: string) => {
    for (const [key, value] of Object.entries(part)) {
      const name = path + key;
      if (typeof value === 'number' || value === null) numbers.set(name, value);
      else if (typeof value === 'object' && !Array.isArray(value)) walk(value, `${name}.`);
    }
  };
  walk(found, '');
  return numbers;
}

function statistic(name: string, values: readonly (number | null)[], seeds: readonly SeedDiagnosis[]): Statistic {
  const missing = values.filter((value) => value === null).length;
  if (missing > 0) {
    const reason = seeds.map((seed) => reasonFor(seed.reasons, name)).find((text) => text !== undefined);
    const which = missing === values.length ? '' : `in ${missing} of ${counted(values.length, 'initialisation')}: `;
    return { mean: null, std: null, reason: `${which}${reason ?? 'it is undefined'}` };
  }
  const numbers = values as number[];
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, numbers.length - 1);
  return { mean, std: Math.sqrt(variance) };
}

/** The reason given for a number, or for what it is part of. */
function reasonFor(reasons: SeedDiagnosis['reasons'], name: string): string | undefined {
  const cut = name.lastIndexOf('.');
  return reasons[name] ?? (cut < 0 ? undefined : reasonFor(reasons, name.slice(0, cut)));
}
