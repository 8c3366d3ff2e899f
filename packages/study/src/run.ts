import { type Progress, type Work, withEvents } from '@qntk/core/progress';
import { type Ensemble, type Ledger, openLedger } from './ensemble.ts';
import type { Store } from './store.ts';
import { recordOf, type TaskRecord } from './task.ts';

/** Where records go, and which program makes them. */
export interface Keeping {
  readonly store: Store;
  readonly version: string;
}

/**
 * Does what a store lacks of an ensemble, one task after the other on this thread, and keeps every record at once; gives
 * the records of all, in the order of the seeds. A record depends on its task alone.
 */
export function* running<Spec, Data, Result>(
  ensemble: Ensemble<Spec, Data, Result>,
  { store, version }: Keeping,
): Work<TaskRecord<Result>[], Progress> {
  const ledger = openLedger(ensemble, store);
  yield* emptying(ensemble, ledger, version);
  return ledger.records();
}

/**
 * Does what is waiting in a ledger; whoever drives it may stop between two tasks, or within one that has parts.
 *
 * @param enough - asked after every task; where true, the rest stays for others.
 */
export function* emptying<Spec, Data>(
  { kind, spec, data }: Ensemble<Spec, Data, unknown>,
  ledger: Ledger<unknown>,
  version: string,
  enough: () => boolean = () => false,
): Work<void, Progress> {
  if (ledger.waiting === 0) return;
  const work = kind.seedRun(spec, data);
  for (let task = ledger.take(); task; task = ledger.take()) {
    const start = performance.now();
    const result = yield* withEvents(work(task.seed), (event) => progressOf(ledger, shareOf(event)));
    ledger.keep(recordOf(task, result, { version, seconds: (performance.now() - start) / 1000 }));
    yield progressOf(ledger);
    if (enough()) return;
  }
}

/** @param begun - what is done of tasks that have no record yet, as shares of them added up. */
export function progressOf({ done, total }: Ledger<unknown>, begun = 0): Progress {
  return { label: 'initialisations', done: done + begun, total };
}

/** What is done of a task by one of its events: less than 1, as its record is still to come. */
export function shareOf({ done, total }: Progress): number {
  return total > 0 ? Math.min(done / total, nearlyAll) : 0;
}

const nearlyAll = 0.999;
