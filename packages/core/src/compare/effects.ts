import type { ValidationScore } from './score.ts';

/** What is known of a candidate. */
interface Judged {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly left: object | null;
  readonly forecast: { readonly score: ValidationScore } | null;
}

/** The best candidate that has a value of a choice. */
export interface ValueEffect {
  readonly value: unknown;
  readonly name: string;
  readonly score: ValidationScore;
  /** Whether it is the winner, or nothing has told it from the winner. */
  readonly best: boolean;
}

/** A choice of the grid, and how far the best candidates with each of its values come. */
export interface ChoiceEffect {
  /** The key of the SPEC. */
  readonly key: string;
  /** Numbers from the least; else the best first. */
  readonly values: readonly ValueEffect[];
}

/** @param candidates - the best first. */
export function choiceEffects(candidates: readonly Judged[]): ChoiceEffect[] {
  const winner = candidates[0];
  if (!winner?.forecast) return [];
  return Object.keys(winner.values).flatMap((key) => {
    const found = new Map<string, ValueEffect>();
    for (const candidate of candidates) {
      const { name, forecast } = candidate;
      const value = candidate.values[key];
      const known = JSON.stringify(value);
      if (value === undefined || !forecast || found.has(known)) continue;
      found.set(known, {
        value,
        name,
        score: forecast.score,
        best: candidate === winner || isAsGood(candidate, winner),
      });
    }
    const values = [...found.values()];
    if (values.length < 2) return [];
    const numbers = values.every(({ value }) => typeof value === 'number');
    return [{ key, values: numbers ? values.sort((a, b) => Number(a.value) - Number(b.value)) : values }];
  });
}

/** Whether nothing has told a candidate from the winner: where time was out before, one that is still there may be as good. */
function isAsGood({ left, forecast }: Judged, winner: Judged): boolean {
  if (left || !forecast || !winner.forecast) return false;
  const [one, other] = [forecast.score.interval, winner.forecast.score.interval];
  return one[0] <= other[1] && other[0] <= one[1];
}
