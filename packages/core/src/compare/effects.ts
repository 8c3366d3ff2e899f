import type { ValidationScore } from './score.ts';

/** What is known of a candidate. */
interface Judged {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly left: object | null;
  readonly forecast: { readonly score: ValidationScore } | null;
  /** What judged it so far. */
  readonly rungs: readonly unknown[];
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
        best: candidate === winner || isTied(placeOf(candidate), placeOf(winner)),
      });
    }
    const values = [...found.values()];
    if (values.length < 2) return [];
    const numbers = values.every(({ value }) => typeof value === 'number');
    return [{ key, values: numbers ? values.sort((a, b) => Number(a.value) - Number(b.value)) : values }];
  });
}

const placeOf = ({ left, forecast, rungs }: Judged): Placed => ({
  left,
  score: forecast?.score ?? null,
  rung: rungs.length,
});

/** How far a candidate came. */
interface Placed {
  readonly left: object | null;
  readonly score: ValidationScore | null;
  readonly rung: number;
}

/** Whether the same rung judged both, and their intervals have a part in common. */
export function isTied(a: Placed, b: Placed): boolean {
  if (!a.score || !b.score || a.left || b.left || a.rung !== b.rung) return false;
  return a.score.interval[0] <= b.score.interval[1] && b.score.interval[0] <= a.score.interval[1];
}
