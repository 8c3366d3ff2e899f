import { type RaceLimit, ranked, type Standing } from '@qntk/core/compare';

/** Seconds that a comparison may take. */
export interface TimeBudget {
  readonly seconds: number;
  /** What they are for: the race alone, from its first task, or all that there is to do since the program began, the winner's test included. */
  readonly of: 'race' | 'all';
  /** Seconds since the program began; its clock where left out. */
  readonly now?: () => number;
}

/** What a candidate took of a heat: seconds of its tasks as their threads counted them, gradients and Jacobians of all training rows. */
export interface Effort {
  readonly seconds: number;
  readonly work: number;
  /** One Jacobian, which takes longer than its gradient: what comes after it is solving. */
  readonly frozen: boolean;
}

/** The clock of a comparison: when to begin nothing more, and what its candidates took. */
export interface RaceClock {
  /** Of the race; none where nobody limits its time. */
  readonly limit: RaceLimit | undefined;
  /** Whether no more of the race may be begun. Never before something was. */
  isOver(): boolean;
  /** Notes what candidates took of a heat that began at `start`. */
  add(start: number, heat: ReadonlyMap<number, Effort>): void;
  /** Trainings of a candidate on all training rows that there is time for. */
  trainings(candidate: number): number;
  now(): number;
}

/** Share of the time that the winner's test is given at most. */
const testShare = 0.25;

/** Seconds of a task as its thread counted them, for a gradient of all training rows; and how many threads were at work. */
interface Pace {
  readonly perGradient: number;
  readonly threads: number;
}

/**
 * @param trained - of the winner's test: its initialisations, and iterations of each.
 */
export function raceClock(
  budget: TimeBudget | undefined,
  trained: (candidate: number) => { readonly seeds: number; readonly steps: number },
): RaceClock {
  const { seconds = Infinity, of = 'race', now = () => performance.now() / 1000 } = budget ?? {};
  const took = new Map<number, number>();
  const paces = new Map<number, Pace>();
  /** Of one Jacobian: more than a gradient takes. */
  const slowPaces = new Map<number, Pace>();
  let start: number | undefined;
  let reserved = 0;
  const end = () => (of === 'all' ? 0 : start!) + seconds;
  const secondsOf = (candidate: number, trainings: number, pace = paces.get(candidate)) => {
    if (!pace) return 0;
    // Fewer trainings than threads are done at once.
    return Math.ceil(trainings / pace.threads) * trained(candidate).steps * pace.perGradient;
  };
  const reserve = (standings: readonly Standing[]) => {
    const [first] = ranked(standings);
    const whole = first === undefined || of === 'race' ? 0 : secondsOf(first, trained(first).seeds);
    reserved = Math.min(testShare * seconds, whole);
  };
  return {
    now,
    limit: budget && {
      total: seconds,
      left({ spent, standings }) {
        reserve(standings);
        // Something is judged in any time.
        return spent === 0 ? Infinity : end() - reserved - now();
      },
      costOf: (candidate) => took.get(candidate) ?? 0,
    },
    isOver() {
      const begun = start !== undefined;
      start ??= now();
      return begun && now() >= end() - reserved;
    },
    add(from, heat) {
      const wall = now() - from;
      const sum = [...heat.values()].reduce((total, each) => total + each.seconds, 0);
      took.clear();
      if (!(sum > 0 && wall > 0)) return;
      for (const [candidate, { seconds: own, work, frozen }] of heat) {
        took.set(candidate, (wall * own) / sum);
        const known = frozen ? slowPaces : paces;
        if (work > 0) known.set(candidate, { perGradient: own / work, threads: Math.max(1, sum / wall) });
      }
    },
    trainings(candidate) {
      const { seeds } = trained(candidate);
      if (of === 'race') return seeds;
      const left = end() - now();
      const pace = paces.get(candidate) ?? slowPaces.get(candidate);
      const counts = Array.from({ length: seeds }, (_, k) => seeds - k);
      return counts.find((count) => secondsOf(candidate, count, pace) <= left) ?? 0;
    },
  };
}
