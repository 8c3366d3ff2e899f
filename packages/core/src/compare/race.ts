import { random } from '../random/random.ts';
import type { TrainingSpec } from '../spec/spec.ts';
import { usualRate } from '../train/adam.ts';
import { optimizerNamed } from '../train/optimizers.ts';
import { type RaceLimit, RungCosts, resultsOf } from './costs.ts';
import { batchShare, type Rung, type RungResult } from './rung.ts';
import { scoreOf } from './score.ts';
import type { Standing } from './standing.ts';

/** Candidates that the last rung looks at by more initialisations. */
const mostFinalists = 8;

/** By how many initialisations candidates are judged. */
export interface RungSeeds {
  /** 1 where left out. */
  readonly seeds?: number | undefined;
  /** The last few once more by so many; not where left out. */
  readonly finalSeeds?: number | undefined;
}

/** What a split of the training rows is trained with. */
export interface SplitSize {
  /** Of the model, all that are trained. */
  readonly parameters: number;
  /** Rows of a split. */
  readonly points: number;
}

/**
 * The rungs of an optimiser, from cheap to dear. One whose steps follow from gradients is forecast on its path, or run itself where its steps
 * go further than the model of a forecast reaches; L-BFGS is run itself: ten of its iterations take a small part of the time of a forecast from
 * six Jacobians and rank better, and one initialisation is enough to tell most candidates from the best (docs/compare.md). All take
 * fewer gradients than the training, though of small circuits a forecast may take more time.
 */
export function rungsOf(training: TrainingSpec, size: SplitSize, { seeds = 1, finalSeeds }: RungSeeds = {}): Rung[] {
  const { optimizer, steps } = training;
  const share = shareOfStep(training, size);
  const whole: Rung = { kind: 'training', steps, whole: true, ...(share < 1 && { share }) };
  const all = cheapRungs(training, size);
  const cheap = all.filter(({ work }) => work < (share * steps) / 2);
  // Nothing is forecast where training itself is as cheap.
  const enough = cheap.length === all.length && cheap.length > 0;
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

/** Jacobians of forecasts, and gradients of short trainings in the place of these. */
const lengths = [6, 12, 24];

/** Forecasts and short trainings, with the Jacobians or gradients of all rows that they take. */
function cheapRungs(training: TrainingSpec, size: SplitSize): { readonly rung: Rung; readonly work: number }[] {
  const { optimizer } = training;
  const run = (steps: number) => ({ kind: 'training', steps, whole: false }) as const;
  if (optimizer === 'lbfgs') return [10, 30, 100].map((steps) => ({ rung: run(steps), work: steps }));
  if (!optimizerNamed(optimizer)?.rule) return [];
  const share = shareOfStep(training, size);
  return lengths.map((work) => ({
    rung: goesFar(training, size)
      ? { ...run(Math.round(work / share)), share }
      : ({ kind: 'forecast', jacobians: work } as const),
    work,
  }));
}

/** Part of the rows of a split that a step sees. */
const shareOfStep = (training: TrainingSpec, { points }: SplitSize): number =>
  optimizerNamed(training.optimizer)?.rule ? batchShare(training, points) : 1;

/** Radians that an optimiser goes with a Jacobian's worth of gradients, from which on these are better spent on steps: docs/compare.md. */
const farPerGradient = 4;

/** Whether steps go further than a forecast follows them with as many Jacobians. Adam moves every parameter by about its rate. */
function goesFar(training: TrainingSpec, size: SplitSize): boolean {
  const { optimizer, rate = usualRate } = training;
  if (optimizerNamed(optimizer)?.rate !== 'step-length') return false;
  return (rate * Math.sqrt(size.parameters)) / shareOfStep(training, size) > farPerGradient;
}

/** Candidates to judge by a rung, the most promising first. */
export interface Heat {
  readonly rung: number;
  readonly candidates: readonly number[];
}

/** How a race is run. */
export interface RaceOptions {
  /**
   * What it takes at most. Then it does not wait until all are judged by a rung: of all rungs behind the first, that on which
   * least was spent judges the most promising next, so that at any time as much went into few candidates as into many.
   */
  readonly limit?: RaceLimit | undefined;
  /** Initialisations of rungs that name none; 1 where left out. */
  readonly seeds?: number | undefined;
}

/** Candidates that are judged at a time where work is limited: enough for several threads. */
const heatSize = 8;
/** Candidates that tell what others take. */
const probeSize = 2;
/** Share of limited work that is kept for the last few, where these are judged by more initialisations. */
const finalShare = 0.25;
/** Share that the first rung takes at most, where there is something else to do. */
const firstShare = 0.5;
/** Of the order in which limited work looks at candidates of which nothing is known: neighbours in a grid are much alike. */
const orderSeed = 1;

/**
 * A race: every rung judges whoever may still win. A candidate leaves where the upper end of its interval is below the lower end of
 * another's. Whoever drives it answers a heat by the results of its candidates, of some alone where time is out; then nothing is left but
 * the last rung, where that judges the best few by more initialisations.
 *
 * @param rungs - of each candidate; as many of every one where the last few are judged once more.
 * @returns the standings at the end.
 */
export function* racing(
  rungs: readonly (readonly Rung[])[],
  { limit, seeds = 1 }: RaceOptions = {},
): Generator<Heat, Standing[], ReadonlyMap<number, readonly RungResult[]>> {
  let standings: Standing[] = rungs.map(() => ({ rung: -1, reached: -1, score: null, judgements: [], left: null }));
  const costs = new RungCosts(seeds, limit);
  const kept = limit && rungs.some((ladder) => ladder.some(isFinal)) ? finalShare * limit.total : 0;
  const leftOf = () => limit?.left({ spent: costs.total, standings }) ?? Infinity;
  const heatWithout = (share: number) =>
    limit
      ? promisingHeat(standings, rungs, costs, { left: leftOf() - share, first: firstShare * limit.total })
      : wholeHeat(standings, rungs);
  const next = () => heatWithout(kept);
  let heat = next();
  let finished = false;
  while (heat) {
    const results = yield heat;
    const { rung, candidates } = heat;
    standings = standings.map((standing, k) => {
      const found = results.get(k);
      return found ? judged(standing, found, rungs[k], rung) : standing;
    });
    standings = withLeavers(standings, rung);
    for (const k of candidates) if (results.has(k)) costs.add(k, standings[k].judgements, rungs[k]);
    if (finished) break;
    const inTime = candidates.every((k) => results.has(k));
    heat = inTime ? next() : undefined;
    if (heat) continue;
    const last = finalHeat(standings, rungs, costs, leftOf());
    finished = last !== undefined || !inTime;
    // What is not enough for the last few is for the others.
    heat = last ?? (inTime && kept > 0 ? heatWithout(0) : undefined);
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

/** Who waits for which rung, the most promising first. */
function waitingFor(
  standings: readonly Standing[],
  rungs: readonly (readonly Rung[])[],
  order: readonly number[] = ranked(standings),
): Map<number, number[]> {
  const waiting = new Map<number, number[]>();
  if (isSettled(standings, rungs)) return waiting;
  for (const k of order) {
    const rung = standings[k].rung + 1;
    if (standings[k].left !== null || rung >= rungs[k].length || isFinal(rungs[k][rung])) continue;
    waiting.set(rung, [...(waiting.get(rung) ?? []), k]);
  }
  return waiting;
}

/** Everybody who waits for the first rung that somebody waits for. */
function wholeHeat(standings: readonly Standing[], rungs: readonly (readonly Rung[])[]): Heat | undefined {
  const waiting = waitingFor(standings, rungs);
  const rung = Math.min(...waiting.keys());
  const candidates = waiting.get(rung);
  return candidates && { rung, candidates };
}

/** The most promising of the rung on which least was spent, as many as what is left is enough for, of which the first rung is to take so much. */
function promisingHeat(
  standings: readonly Standing[],
  rungs: readonly (readonly Rung[])[],
  costs: RungCosts,
  { left, first }: { readonly left: number; readonly first: number },
): Heat | undefined {
  const most = (rung: number, [k]: readonly number[], work: number) => {
    if (!(work > 0)) return 0;
    if (!costs.knows(rung, rungs[k])) return probeSize;
    return Math.floor(work / costs.expected(rung, rungs[k], resultsOf(standings[k], rungs[k], rung)));
  };
  const waiting = waitingFor(standings, rungs, shuffledRanks(standings));
  const unknown = waiting.get(0);
  waiting.delete(0);
  if (unknown) {
    // The first rung, which says in which order the others are worth their work, is for all.
    const count = most(0, unknown, Math.min(left, first - costs.of(0)));
    if (count > 0) return { rung: 0, candidates: unknown.slice(0, count) };
  }
  const payable = [...waiting].map(([rung, candidates]) => {
    // A dear rung takes as many as bring it level with the others, so that one heat of it does not take all.
    const level = Math.max(1, most(rung, candidates, costs.most - costs.of(rung)));
    const size = rung > 1 ? Math.min(heatSize, level) : heatSize;
    return { rung, candidates: candidates.slice(0, Math.min(size, most(rung, candidates, left))) };
  });
  const heat = payable
    .filter(({ candidates }) => candidates.length > 0)
    .sort((a, b) => costs.of(a.rung) - costs.of(b.rung) || a.rung - b.rung)
    .at(0);
  if (heat || !unknown) return heat;
  const rest = unknown.slice(0, most(0, unknown, left));
  return rest.length > 0 ? { rung: 0, candidates: rest } : undefined;
}

/** Candidates from the best; those of which nothing is known in an order that has nothing to do with theirs. */
function shuffledRanks(standings: readonly Standing[]): number[] {
  const order = ranked(standings);
  const known = order.filter((k) => standings[k].rung >= 0);
  const shuffled = Array.from(random(orderSeed).permutation(standings.length));
  return [...known, ...shuffled.filter((k) => standings[k].rung < 0)];
}

/** The best few, to be judged by more initialisations; as many of them as the work is enough for. */
function finalHeat(
  standings: readonly Standing[],
  rungs: readonly (readonly Rung[])[],
  costs: RungCosts,
  work: number,
): Heat | undefined {
  const able = ranked(standings).filter((k) => standings[k].left === null && standings[k].score !== null);
  const rung = able.length === 0 ? -1 : rungs[able[0]].findIndex(isFinal);
  if (rung < 0 || !(work === Infinity || costs.knows(rung, rungs[able[0]]))) return undefined;
  let left = work;
  const candidates = able.slice(0, rungs[able[0]][rung].finalists).filter((k) => {
    left -= costs.expected(rung, rungs[k], resultsOf(standings[k], rungs[k], rung));
    return left >= 0;
  });
  return candidates.length > 0 ? { rung, candidates } : undefined;
}

function judged(standing: Standing, found: readonly RungResult[], rungs: readonly Rung[], rung: number): Standing {
  return {
    ...standing,
    rung,
    reached: rung === rungs.length - 1 ? Infinity : rung,
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
  const keys = standings.map(({ left, reached, score }) => [left === null ? 1 : 0, reached, score?.mean ?? -Infinity]);
  return standings
    .map((_, k) => k)
    .sort((a, b) => {
      const differing = keys[a].findIndex((value, k) => value !== keys[b][k]);
      return differing < 0 ? a - b : keys[b][differing] - keys[a][differing];
    });
}
