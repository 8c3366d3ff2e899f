import type { TrainingSpec } from '../spec/spec.ts';
import { optimizerNamed } from '../train/optimizers.ts';
import type { Rung, RungResult } from './rung.ts';
import { scoreOf, type ValidationScore } from './score.ts';

/** Candidates that the last rung looks at by more initialisations. */
const mostFinalists = 8;

/** By how many initialisations candidates are judged. */
export interface RungSeeds {
  /** 1 where left out. */
  readonly seeds?: number | undefined;
  /** The last few once more by so many; not where left out. */
  readonly finalSeeds?: number | undefined;
}

/**
 * The rungs of an optimiser, from cheap to dear. One whose steps follow from gradients is forecast on its path; L-BFGS is run itself:
 * ten of its iterations take a small part of the time of a forecast from six Jacobians and rank better, and one initialisation is enough to tell most
 * candidates from the best (docs/compare.md). All but the first are cheaper than the training.
 */
export function rungsOf({ optimizer, steps }: TrainingSpec, { seeds = 1, finalSeeds }: RungSeeds = {}): Rung[] {
  const whole: Rung = { kind: 'training', steps, whole: true };
  const cheap = cheapRungs(optimizer).filter(({ work }) => work < steps / 2);
  // Nothing is forecast where training itself is as cheap.
  const enough = cheap.length === cheapRungs(optimizer).length && cheap.length > 0;
  const each: Rung[] = [{ kind: 'frozen' }, ...cheap.map(({ rung }) => rung), ...(enough ? [] : [whole])];
  const rungs = optimizer === 'lbfgs' && seeds > 1 ? byOneFirst(each, seeds) : each;
  return finalSeeds === undefined
    ? rungs
    : [...rungs, { ...rungs[rungs.length - 1], seeds: finalSeeds, finalists: mostFinalists }];
}

/** The first initialisation alone is judged by all of them, and who is left then by all initialisations. */
function byOneFirst(rungs: readonly Rung[], seeds: number): Rung[] {
  return [...rungs.map((rung) => ({ ...rung, seeds: 1, of: seeds })), rungs[rungs.length - 1]];
}

/** Forecasts and short trainings, with the Jacobians or gradients that they take. */
function cheapRungs(optimizer: string): { readonly rung: Rung; readonly work: number }[] {
  const forecast = (jacobians: number) => ({ rung: { kind: 'forecast', jacobians } as const, work: jacobians });
  const training = (steps: number) => ({ rung: { kind: 'training', steps, whole: false } as const, work: steps });
  if (optimizer === 'lbfgs') return [training(10), training(30), training(100)];
  return optimizerNamed(optimizer)?.rule ? [forecast(6), forecast(12), forecast(24)] : [];
}

/** What is known of a candidate. */
export interface Standing {
  /** The last rung that judged it, from 0; −1 before the first. */
  readonly rung: number;
  readonly score: ValidationScore | null;
  /** What each rung said that judged it. */
  readonly judgements: readonly RungJudgement[];
  /** Where it could not win any more. */
  readonly left: Leaving | null;
}

/** Results of a rung, of every initialisation. */
export interface RungJudgement {
  readonly rung: number;
  readonly results: readonly RungResult[];
}

/** The rung after which a candidate left: its R² is `atMost` this, where that of another is `atLeast` so much. */
export interface Leaving {
  readonly rung: number;
  readonly atMost: number;
  readonly atLeast: number;
}

/** Candidates to judge by a rung, the most promising first. */
export interface Heat {
  readonly rung: number;
  readonly candidates: readonly number[];
}

/** Limits of a race. */
export interface RaceOptions {
  /**
   * Gradients and Jacobians that it takes at most. Then it does not wait until all are judged by a rung: of all rungs behind the first, that on which
   * least was spent judges the most promising next, so that at any time as much went into few candidates as into many.
   */
  readonly gradients?: number | undefined;
  /** Initialisations of rungs that name none; 1 where left out. */
  readonly seeds?: number | undefined;
}

/** Candidates that are judged at a time where work is limited: enough for several threads. */
const heatSize = 8;
/** Share of limited work that is kept for the last few, where these are judged by more initialisations. */
const finalShare = 0.25;

/**
 * A race: every rung judges whoever may still win. A candidate leaves where the upper end of its interval is below the lower end of
 * another's. Whoever drives it answers a heat by the results of its candidates, of some alone where time is out; then nothing is left but
 * the last rung, where that judges the best few by more initialisations.
 *
 * @param rungs - of each candidate; as many of every one.
 * @returns the standings at the end.
 */
export function* racing(
  rungs: readonly (readonly Rung[])[],
  { gradients = Infinity, seeds = 1 }: RaceOptions = {},
): Generator<Heat, Standing[], ReadonlyMap<number, readonly RungResult[]>> {
  let standings: Standing[] = rungs.map(() => ({ rung: -1, score: null, judgements: [], left: null }));
  const costs = new RungCosts(seeds);
  const hasFinal = rungs.some((ladder) => ladder.some(isFinal));
  const limit = gradients * (hasFinal ? 1 - finalShare : 1);
  let heat = nextHeat(standings, rungs, costs, limit);
  let finished = false;
  while (heat) {
    const results = yield heat;
    const { rung, candidates } = heat;
    standings = standings.map((standing, k) => {
      const found = results.get(k);
      return found ? judged(standing, found, rungs[k], rung) : standing;
    });
    standings = withLeavers(standings, rung);
    for (const k of candidates) if (results.has(k)) costs.add(standings[k].judgements, rungs[k]);
    if (finished) break;
    const inTime = candidates.every((k) => results.has(k));
    heat = inTime ? nextHeat(standings, rungs, costs, limit) : undefined;
    if (heat) continue;
    finished = true;
    heat = finalHeat(standings, rungs, costs, gradients);
  }
  return standings;
}

const isFinal = ({ finalists }: Rung): boolean => finalists !== undefined;

/** Whether every rung has judged whoever could still win. */
export function isSettled(standings: readonly Standing[], rungs: readonly (readonly Rung[])[]): boolean {
  const able = standings.flatMap((standing, k) => (standing.left === null ? [k] : []));
  const whole = (k: number) => standings[k].rung >= rungs[k].filter((rung) => !isFinal(rung)).length - 1;
  return able.every(whole) || (able.length === 1 && standings[able[0]].rung >= 0);
}

function nextHeat(
  standings: readonly Standing[],
  rungs: readonly (readonly Rung[])[],
  costs: RungCosts,
  limit: number,
): Heat | undefined {
  if (isSettled(standings, rungs)) return undefined;
  const waiting = new Map<number, number[]>();
  for (const k of ranked(standings)) {
    const rung = standings[k].rung + 1;
    if (standings[k].left !== null || rung >= rungs[k].length || isFinal(rungs[k][rung])) continue;
    waiting.set(rung, [...(waiting.get(rung) ?? []), k]);
  }
  if (limit === Infinity) {
    const rung = Math.min(...waiting.keys());
    return { rung, candidates: waiting.get(rung)! };
  }
  const payable = [...waiting].map(([rung, candidates]) => {
    const [first] = candidates;
    const each = costs.expected(rung, rungs[first], resultsOf(standings[first], rungs[first], rung));
    const most = Math.max(0, Math.floor((limit - costs.total) / each));
    // A dear rung takes as many as bring it level with the others, so that one heat of it does not take all.
    const level = Math.max(1, Math.floor((costs.most - costs.of(rung)) / each));
    const size = rung > 1 ? Math.min(heatSize, level) : heatSize;
    // The first rung, which says in which order the others are worth their work, is for all.
    return { rung, candidates: candidates.slice(0, rung > 0 ? Math.min(size, most) : most) };
  });
  return payable
    .filter(({ candidates }) => candidates.length > 0)
    .sort(
      (a, b) => Number(b.rung === 0) - Number(a.rung === 0) || costs.of(a.rung) - costs.of(b.rung) || a.rung - b.rung,
    )
    .at(0);
}

/** The best few, to be judged by more initialisations; as many of them as the work is enough for. */
function finalHeat(
  standings: readonly Standing[],
  rungs: readonly (readonly Rung[])[],
  costs: RungCosts,
  limit: number,
): Heat | undefined {
  const able = ranked(standings).filter((k) => standings[k].left === null && standings[k].score !== null);
  const rung = able.length === 0 ? -1 : rungs[able[0]].findIndex(isFinal);
  if (rung < 0) return undefined;
  let left = limit - costs.total;
  const candidates = able.slice(0, rungs[able[0]][rung].finalists).filter((k) => {
    left -= costs.expected(rung, rungs[k], resultsOf(standings[k], rungs[k], rung));
    return left >= 0;
  });
  return candidates.length > 0 ? { rung, candidates } : undefined;
}

/** What rungs took, in gradients and Jacobians. */
class RungCosts {
  readonly #seeds: number;
  readonly #spent: number[] = [];
  readonly #results: number[] = [];

  constructor(seeds: number) {
    this.#seeds = seeds;
  }

  get total(): number {
    return this.#spent.reduce((sum, value) => sum + (value ?? 0), 0);
  }

  of(rung: number): number {
    return this.#spent[rung] ?? 0;
  }

  /** Of the rung behind the first that took the most. */
  get most(): number {
    return Math.max(0, ...this.#spent.slice(1).map((value) => value ?? 0));
  }

  /** Adds the last judgement of a candidate. */
  add(judgements: readonly RungJudgement[], ladder: readonly Rung[]): void {
    const last = judgements[judgements.length - 1];
    const found = newResults(last, judgements, ladder);
    const spent = found.reduce((sum, { jacobians, gradients }) => sum + jacobians + gradients, 0);
    this.#spent[last.rung] = this.of(last.rung) + spent;
    this.#results[last.rung] = (this.#results[last.rung] ?? 0) + found.length;
  }

  /** Of a candidate that has the results of some initialisations: what others took, or of a rung that is new as much as its length says. */
  expected(rung: number, ladder: readonly Rung[], has = 0): number {
    const seeds = (ladder[rung].seeds ?? this.#seeds) - has;
    for (let known = rung; known >= 0; known--)
      if (this.of(known) > 0)
        return seeds * (this.of(known) / this.#results[known]) * (lengthOf(ladder[rung]) / lengthOf(ladder[known]));
    return seeds * lengthOf(ladder[rung]);
  }
}

/** How many of a rung's results are known, as one before it judged by the same method. */
function resultsOf({ judgements }: Pick<Standing, 'judgements'>, rungs: readonly Rung[], rung: number): number {
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

function lengthOf(rung: Rung): number {
  switch (rung.kind) {
    case 'frozen':
      return 1;
    case 'forecast':
      return rung.jacobians;
    case 'training':
      return rung.steps;
  }
}

function judged(standing: Standing, found: readonly RungResult[], rungs: readonly Rung[], rung: number): Standing {
  return {
    ...standing,
    rung,
    score: scoreOf(found, rungs[rung]),
    judgements: [...standing.judgements, { rung, results: found }],
  };
}

function withLeavers(standings: readonly Standing[], rung: number): Standing[] {
  const bar = Math.max(...standings.map(({ score, left }) => (score && !left ? score.interval[0] : -Infinity)));
  return standings.map((standing) => {
    const { score, left } = standing;
    if (left !== null || score === null || score.interval[1] >= bar) return standing;
    return { ...standing, left: { rung, atMost: score.interval[1], atLeast: bar } };
  });
}

/** Candidates from the best: those that are still there first, then by how far they came, then by score. */
export function ranked(standings: readonly Standing[]): number[] {
  const keys = standings.map(({ left, rung, score }) => [left === null ? 1 : 0, rung, score?.mean ?? -Infinity]);
  return standings
    .map((_, k) => k)
    .sort((a, b) => {
      const differing = keys[a].findIndex((value, k) => value !== keys[b][k]);
      return differing < 0 ? a - b : keys[b][differing] - keys[a][differing];
    });
}
