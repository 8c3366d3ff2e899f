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

/** Seconds that another thread needs before it is as fast as this one: it comes at once, but compiles for itself. */
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
  const shared = (seconds: number) => others !== undefined && sharingPays(ledger.waiting, seconds, others.most);
  const expected = (seconds: number) => (shared(longest) ? seconds / Math.min(others!.most, ledger.waiting) : seconds);
  const longest = Math.max(...ensembles.map(({ seconds = 0 }) => seconds));
  if (longest > 0) onProgress?.({ ...progressOf(ledger), seconds: expected(ledger.waiting * longest) });
  if (!shared(longest)) await here(measuring(ledger, shared));
  if (others)
    await inThreads(ensembles, ledger, version, others, {
      signal,
      onProgress: (begun) => onProgress?.(progressOf(ledger, begun)),
      here,
    });
  return { records: ledger.records() as ScheduledAll<All>['records'], found: ledger.found };
}

/**
 * Whether so many tasks of so many seconds are done sooner by this thread and others than by this one alone.
 */
function sharingPays(tasks: number, seconds: number, most: number): boolean {
  const alone = tasks * seconds;
  const workers = Math.min(most, tasks);
  const longest = Math.max(Math.ceil(tasks / workers) * seconds, warmUp + seconds);
  const together = Math.max(longest, (alone + (workers - 1) * warmUp) / workers);
  return together < worthThreads.share * alone && together < alone - worthThreads.seconds;
}

/** Whether so much is left, by the time that tasks have taken from now on, that threads pay. */
function measuring(ledger: Ledger<unknown>, pays: (seconds: number) => boolean): () => boolean {
  const [start, first] = [performance.now(), ledger.done];
  return () => {
    const spent = (performance.now() - start) / 1000;
    return spent > warm && ledger.done > first && pays(spent / (ledger.done - first));
  };
}
