import type { TrainingSpec } from '../spec/spec.ts';
import { optimizerNamed } from '../train/optimizers.ts';
import type { Rung, RungResult } from './rung.ts';
import { scoreOf, type ValidationScore } from './score.ts';

/** Candidates that the last rung looks at by more initialisations. */
const mostFinalists = 8;

/**
 * The rungs of an optimiser, from cheap to dear. One whose steps follow from gradients is forecast on its path; L-BFGS is run itself:
 * ten of its iterations take a small part of the time of a forecast from six Jacobians and rank better (docs/compare.md). All but the
 * first are cheaper than the training.
 *
 * @param finalSeeds - initialisations by which the last few are judged once more; not where left out.
 */
export function rungsOf({ optimizer, steps }: TrainingSpec, finalSeeds?: number): Rung[] {
  const whole: Rung = { kind: 'training', steps, whole: true };
  const cheap = cheapRungs(optimizer).filter(({ work }) => work < steps / 2);
  // Nothing is forecast where training itself is as cheap.
  const enough = cheap.length === cheapRungs(optimizer).length && cheap.length > 0;
  const rungs: Rung[] = [{ kind: 'frozen' }, ...cheap.map(({ rung }) => rung), ...(enough ? [] : [whole])];
  return finalSeeds === undefined ? rungs : [...rungs, { ...rungs[rungs.length - 1], seeds: finalSeeds }];
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
): Generator<Heat, Standing[], ReadonlyMap<number, readonly RungResult[]>> {
  let standings: Standing[] = rungs.map(() => ({ rung: -1, score: null, judgements: [], left: null }));
  const last = Math.max(0, ...rungs.map((ladder) => ladder.length));
  let inTime = true;
  for (let rung = 0; rung < last; rung++) {
    const able = ranked(standings).filter((k) => standings[k].left === null && rung < rungs[k].length);
    const isFinal = able.some((k) => rungs[k][rung].seeds !== undefined);
    const candidates = isFinal ? able.filter((k) => standings[k].score !== null).slice(0, mostFinalists) : able;
    const isSettled = rung > 0 && candidates.length === 1;
    if (candidates.length === 0 || (!isFinal && (isSettled || !inTime))) continue;
    const results = yield { rung, candidates };
    standings = standings.map((standing, k) => {
      const found = results.get(k);
      return found ? judged(standing, found, rungs[k], rung) : standing;
    });
    standings = withLeavers(standings, rung);
    inTime &&= candidates.every((k) => results.has(k));
  }
  return standings;
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
