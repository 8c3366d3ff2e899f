import { type Progress, runAsync } from '@qntk/core/progress';
import { type Ensemble, type Ledger, openLedger } from './ensemble.ts';
import { emptying, type Keeping, progressOf } from './run.ts';
import type { TaskRecord } from './task.ts';
import { inThreads, type Threads } from './threads.ts';

export interface ScheduleOptions extends Keeping {
  /** Where there are other processors. */
  readonly threads?: Threads;
  /** Stops everything: this thread between two parts of its work, others at once. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** What the tasks are, in a word for progress; initialisations where left out. */
  readonly label?: string;
  /** Asked before every task; where true, none is begun any more, and the others have no record. */
  readonly enough?: () => boolean;
}

/** Seconds that a thread needs before it is fast: it comes at once, but compiles for itself. */
const warmUp = 0.4;
/** Other threads pay where they take so much off the time that is left, and so many seconds. */
const worthThreads = { share: 0.8, seconds: 0.2 };
/** Seconds: the first tasks are slow for the same reason, so that nothing can be told of others before. */
const warm = 0.3;

/** An ensemble that is done. */
export interface Scheduled<Result> {
  /** Of all tasks, in the order of the seeds. */
  readonly records: readonly TaskRecord<Result>[];
  /** How many of them were in the store before. */
  readonly found: number;
}

/** Ensembles of any kinds. */
// biome-ignore lint/suspicious/noExplicitAny: each has its own settings, data and results, which its kind knows.
export type Ensembles = readonly Ensemble<any, any, any>[];

/** Ensembles that are done; records by ensemble. */
export interface ScheduledAll<All extends Ensembles> {
  readonly records: { readonly [K in keyof All]: readonly TaskRecord<ResultOf<All[K]>>[] };
  /** How many of each were in the store before; a task that several have counts for the first. */
  readonly found: readonly number[];
}

/** What the tasks of an ensemble give. */
export type ResultOf<One> = One extends Ensemble<infer _Spec, infer _Data, infer Result> ? Result : never;

/**
 * Does what a store lacks of an ensemble and gives the records of all: in this thread where
 * little is left to do, else in others beside it. Results are the same either way. How much is left, the ensemble's
 * estimate tells or, where that is little or missing, what the first tasks take.
 *
 * @throws what a task throws, or the reason of the signal; records of finished tasks stay in the store.
 */
export async function schedule<Spec, Data, Result>(
  ensemble: Ensemble<Spec, Data, Result>,
  options: ScheduleOptions,
): Promise<Scheduled<Result>> {
  const { records, found } = await scheduleAll([ensemble], options);
  return { records: records[0]!, found: found[0]! };
}

/** The same for many ensembles, of one kind or several, which share the threads; records of some alone where `enough` says so. */
export async function scheduleAll<const All extends Ensembles>(
  ensembles: All,
  { store, version, threads, signal, onProgress, label, enough }: ScheduleOptions,
): Promise<ScheduledAll<All>> {
  const ledger = openLedger(ensembles, store, label, enough);
  const others = threads !== undefined && threads.most > 1 ? threads : undefined;
  const here = (enough: () => boolean, onEvent = onProgress) =>
    runAsync(emptying(ensembles, ledger, version, enough), {
      ...(signal && { signal }),
      ...(onEvent && { onEvent }),
    });
  const longest = Math.max(...ensembles.map(({ seconds = 0 }) => seconds));
  // Where nothing is known of an ensemble, its tasks count as the longest ones.
  const units = ensembles.map(({ seconds = longest }) => seconds || 1);
  const waiting = (unit: number) => ledger.left().map((ensemble) => unit * units[ensemble]!);
  const shared = (unit: number) => others !== undefined && sharingPays(waiting(unit), others.most);
  const atOnce = longest > 0 && shared(1);
  if (longest > 0) onProgress?.({ ...progressOf(ledger), seconds: together(waiting(1), atOnce ? others!.most : 1) });
  if (!atOnce) await here(measuring(ledger, units, shared));
  if (others)
    await inThreads(ensembles, ledger, version, others, {
      signal,
      onProgress: (begun) => onProgress?.(progressOf(ledger, begun)),
      here,
    });
  return { records: ledger.records() as ScheduledAll<All>['records'], found: ledger.found };
}

/** Seconds until tasks of so many seconds are done, each begun by the first thread that is free; others than the first come cold. */
function together(tasks: readonly number[], threads: number): number {
  const free: number[] = Array.from({ length: Math.min(threads, tasks.length) }, (_, k) => (k === 0 ? 0 : warmUp));
  for (const seconds of tasks) {
    const first = free.indexOf(Math.min(...free));
    free[first]! += seconds;
  }
  return Math.max(0, ...free);
}

/** Whether tasks of so many seconds are done sooner by this thread and others, `most` in all, than by this one alone. */
export function sharingPays(tasks: readonly number[], most: number): boolean {
  const [alone, shared] = [together(tasks, 1), together(tasks, most)];
  return shared < worthThreads.share * alone && shared < alone - worthThreads.seconds;
}

/** Whether so much is left, by the time that tasks have taken from now on, that threads pay. */
function measuring(ledger: Ledger<unknown>, units: readonly number[], pays: (unit: number) => boolean): () => boolean {
  const [start, before] = [performance.now(), ledger.left()];
  return () => {
    const spent = (performance.now() - start) / 1000;
    if (spent <= warm) return false;
    const done = before.slice(0, before.length - ledger.waiting);
    const work = done.reduce((sum, ensemble) => sum + units[ensemble]!, 0);
    // This thread came cold, too: later tasks are faster than the first ones.
    return work > 0 && pays(Math.max(spent - warmUp, spent / 2) / work);
  };
}
