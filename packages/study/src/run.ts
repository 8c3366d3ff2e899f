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
  const ledger = openLedger([ensemble], store);
  yield* emptying([ensemble], ledger, version);
  return ledger.records()[0]!;
}

/**
 * Does what is waiting in a ledger; whoever drives it may stop between two tasks, or within one that has parts.
 *
 * @param enough - asked after every task; where true, the rest stays for others.
 */
export function* emptying<Spec, Data>(
  ensembles: readonly Ensemble<Spec, Data, unknown>[],
  ledger: Ledger<unknown>,
  version: string,
  enough: () => boolean = () => false,
): Work<void, Progress> {
  let prepared: { readonly ensemble: number; readonly work: (seed: number) => Work<unknown, Progress> } | undefined;
  for (let next = ledger.take(); next; next = ledger.take()) {
    const { ensemble, task } = next;
    if (prepared?.ensemble !== ensemble) {
      const { kind, spec, data } = ensembles[ensemble]!;
      prepared = { ensemble, work: kind.seedRun(spec, data) };
    }
    const start = performance.now();
    const result = yield* withEvents(prepared.work(task.seed), (event) => progressOf(ledger, shareOf(event)));
    ledger.keep(recordOf(task, result, { version, seconds: (performance.now() - start) / 1000 }));
    yield progressOf(ledger);
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
