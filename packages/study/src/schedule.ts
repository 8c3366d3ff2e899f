import { type Progress, runAsync, secondsLeft } from '@qntk/core/progress';
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
}

/**
 * Seconds of work left from which threads pay. A thread is there after 0.03 s but compiles once more what this one has
 * compiled already, which costs 0.8 s with the initialisations of a diagnosis (Node 20.20): two threads halve what is left
 * and are even at 1.6 s.
 */
const worthThreads = 2;
/** Seconds: the first tasks are slow for the same reason, so that nothing can be told of others before. */
const warm = 0.3;

/** An ensemble that is done. */
export interface Scheduled<Result> {
  /** Of all tasks, in the order of the seeds. */
  readonly records: readonly TaskRecord<Result>[];
  /** How many of them were in the store before. */
  readonly found: number;
}

/**
 * Does what a store lacks of an ensemble and gives the records of all: in this thread where
 * little is left to do, else in others. Results are the same either way. How much is left, the ensemble's
 * estimate tells or, where that is little or missing, what the first tasks take.
 *
 * @throws what a task throws, or the reason of the signal; records of finished tasks stay in the store.
 */
export async function schedule<Spec, Data, Result>(
  ensemble: Ensemble<Spec, Data, Result>,
  { store, version, threads, signal, onProgress }: ScheduleOptions,
): Promise<Scheduled<Result>> {
  const ledger = openLedger(ensemble, store);
  const found = ledger.done;
  const others = threads !== undefined && threads.most > 1 ? threads : undefined;
  if (!others || !isLong(ensemble, ledger)) {
    const enough = others ? measuring(ledger) : () => false;
    await runAsync(emptying(ensemble, ledger, version, enough), {
      ...(signal && { signal }),
      ...(onProgress && { onEvent: onProgress }),
    });
  }
  if (others)
    await inThreads(ensemble, ledger, version, others, {
      signal,
      onProgress: (begun) => onProgress?.(progressOf(ledger, begun)),
    });
  return { records: ledger.records(), found };
}

function isLong({ seconds = 0 }: { readonly seconds?: number }, { waiting }: Ledger<unknown>): boolean {
  return waiting > 1 && seconds * waiting >= worthThreads;
}

/** Whether so much is left, by the time that tasks have taken from now on, that threads pay. */
function measuring(ledger: Ledger<unknown>): () => boolean {
  const [start, first] = [performance.now(), ledger.done];
  return () => {
    const spent = (performance.now() - start) / 1000;
    return spent > warm && (secondsLeft(progressOf(ledger), spent, first) ?? 0) > worthThreads;
  };
}
