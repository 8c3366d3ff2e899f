import type { Rung, RungResult } from './rung.ts';
import type { RungJudgement, Standing } from './standing.ts';

/** What a race may take, in whatever unit it is counted in. */
export interface RaceLimit {
  /** A quarter of it is kept for the last few, where these are judged by more initialisations. */
  readonly total: number;
  /** What is left of it. */
  left(race: { readonly spent: number; readonly standings: readonly Standing[] }): number;
  /** What new results of a candidate took. */
  costOf(candidate: number, results: readonly RungResult[]): number;
  /** What a Jacobian or gradient takes about; where left out a few candidates tell. */
  readonly unit?: number;
}

/** So many gradients and Jacobians of all training rows. */
export function workLimit(total: number): RaceLimit {
  return {
    total,
    left: ({ spent }) => total - spent,
    costOf: (_, results) => results.reduce((sum, { jacobians, gradients }) => sum + jacobians + gradients, 0),
    unit: 1,
  };
}

/** What rungs took, in the unit of what limits a race. */
export class RungCosts {
  readonly #seeds: number;
  readonly #limit: RaceLimit | undefined;
  /** By rung and kind of method: a grid has candidates of several, of which one may be far dearer. */
  readonly #taken: Partial<Record<Rung['kind'], Taken>>[] = [];

  /** @param limit - none where nobody asks what rungs took. */
  constructor(seeds: number, limit: RaceLimit | undefined) {
    this.#seeds = seeds;
    this.#limit = limit;
  }

  get total(): number {
    return this.#taken.reduce((sum, _, rung) => sum + this.of(rung), 0);
  }

  /** Whether there is anything to expect by: a rung of the same kind, or what a gradient takes. */
  knows(rung: number, ladder: readonly Rung[]): boolean {
    return this.#limit?.unit !== undefined || this.#alike(rung, ladder) !== undefined;
  }

  of(rung: number): number {
    return Object.values(this.#taken[rung] ?? {}).reduce((sum, { spent }) => sum + spent, 0);
  }

  /** Of the rung behind the first that took the most. */
  get most(): number {
    return this.#taken.reduce((most, _, rung) => (rung === 0 ? most : Math.max(most, this.of(rung))), 0);
  }

  /** Adds the last judgement of a candidate. */
  add(candidate: number, judgements: readonly RungJudgement[], ladder: readonly Rung[]): void {
    const last = judgements[judgements.length - 1];
    const found = newResults(last, judgements, ladder);
    const { kind } = ladder[last.rung];
    const { spent, results } = this.#taken[last.rung]?.[kind] ?? { spent: 0, results: 0 };
    this.#taken[last.rung] = {
      ...this.#taken[last.rung],
      [kind]: { spent: spent + (this.#limit?.costOf(candidate, found) ?? 0), results: results + found.length },
    };
  }

  /** Of a candidate that has the results of some initialisations: what others took, or of a rung that is new as much as its length says. */
  expected(rung: number, ladder: readonly Rung[], has = 0): number {
    const seeds = (ladder[rung].seeds ?? this.#seeds) - has;
    const known = this.#alike(rung, ladder);
    const each =
      known === undefined ? (this.#limit?.unit ?? 0) : known.spent / known.results / lengthOf(ladder[known.rung]);
    return seeds * each * lengthOf(ladder[rung]);
  }

  /** What the last rung up to this one took, of its kind, that took something. */
  #alike(rung: number, ladder: readonly Rung[]): (Taken & { readonly rung: number }) | undefined {
    const { kind } = ladder[rung];
    for (let known = rung; known >= 0; known--) {
      const taken = this.#taken[known]?.[kind];
      if (taken && taken.spent > 0 && ladder[known].kind === kind) return { ...taken, rung: known };
    }
    return undefined;
  }
}

/** What results took, and how many they are. */
interface Taken {
  readonly spent: number;
  readonly results: number;
}

/** How many of a rung's results are known, as one before it judged by the same method. */
export function resultsOf({ judgements }: Pick<Standing, 'judgements'>, rungs: readonly Rung[], rung: number): number {
  const before = judgements.filter((one) => one.rung < rung && methodOf(rungs[one.rung]) === methodOf(rungs[rung]));
  return Math.max(0, ...before.map((one) => one.results.length));
}

/** What a rung computed: where one before it judged by the same method, it has the results of its initialisations. */
export function newResults(
  { rung, results }: RungJudgement,
  judgements: readonly RungJudgement[],
  rungs: readonly Rung[],
): readonly RungResult[] {
  return results.slice(resultsOf({ judgements }, rungs, rung));
}

const methodOf = ({ seeds: _, of: __, finalists: ___, ...method }: Rung): string => JSON.stringify(method);

/** In Jacobians or gradients of all rows. */
function lengthOf(rung: Rung): number {
  switch (rung.kind) {
    case 'frozen':
      return 1;
    case 'forecast':
      return rung.jacobians;
    case 'training':
      return rung.steps * (rung.share ?? 1);
  }
}
