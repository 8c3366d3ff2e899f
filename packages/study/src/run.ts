import { type Progress, type Work, withEvents } from '@qntk/core/progress';
import { type AnyEnsemble, type Assignment, type Ensemble, type Ledger, openLedger } from './ensemble.ts';
import type { Store } from './store.ts';
import { recordOf, type TaskRecord } from './task.ts';

/** Where records go, and which program makes them. */
export interface Keeping {
  readonly store: Store;
  readonly version: string;
}

/** What gives tasks to a thread and takes what comes of them. */
export interface Source {
  take(): Assignment | undefined;
  keep(record: TaskRecord): void;
  /** What a task threw. @throws it where somebody waits for the task */
  fail(task: Assignment, error: unknown): void;
  /** @param begun - what is done of tasks that have no record yet, as shares of them added up. */
  progress(begun: number): Progress;
}

/**
 * Does what a store lacks of an ensemble, one task after the other on this thread, and keeps every record at once; gives
 * the records of all, in the order of the seeds. A record depends on its task alone.
 */
export function* running<Spec, Data, Result>(
  ensemble: Ensemble<Spec, Data, Result>,
  { store, version }: Keeping,
): Work<TaskRecord<Result>[], Progress> {
  const ledger = openLedger([ensemble], store);
  yield* emptying(sourceOf(ledger), version);
  return ledger.records()[0]!;
}

function sourceOf(ledger: Ledger<unknown>): Source {
  return {
    take: () => ledger.take(),
    keep: (record) => ledger.keep(record),
    fail(_, error) {
      throw error;
    },
    progress: (begun) => progressOf(ledger, begun),
  };
}

/**
 * Does what there is to do; whoever drives it may stop between two tasks, or within one that has parts.
 *
 * @param enough - asked after every task; where true, the rest stays for others.
 */
export function* emptying(source: Source, version: string, enough: () => boolean = () => false): Work<void, Progress> {
  let prepared:
    | { readonly ensemble: AnyEnsemble; readonly work: (seed: number) => Work<unknown, Progress> }
    | undefined;
  for (let next = source.take(); next; next = source.take()) {
    const { ensemble, task, isAhead } = next;
    const start = performance.now();
    try {
      if (prepared?.ensemble !== ensemble)
        prepared = { ensemble, work: ensemble.kind.seedRun(ensemble.spec, ensemble.data) };
      const result = yield* withEvents(prepared.work(task.seed), (event) =>
        source.progress(isAhead ? 0 : shareOf(event)),
      );
      source.keep(recordOf(task, result, { version, seconds: (performance.now() - start) / 1000 }));
    } catch (error) {
      source.fail(next, error);
    }
    yield source.progress(0);
    if (enough()) return;
  }
}

/** @param begun - what is done of tasks that have no record yet, as shares of them added up. */
export function progressOf({ label, done, total }: Ledger<unknown>, begun = 0): Progress {
  return { label, done: done + begun, total };
}

/** What is done of a task by one of its events: less than 1, as its record is still to come. */
export function shareOf({ done, total }: Progress): number {
  return total > 0 ? Math.min(done / total, nearlyAll) : 0;
}

const nearlyAll = 0.999;
