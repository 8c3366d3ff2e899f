import { type AnyEnsemble, type Assignment, openLedger } from './ensemble.ts';
import type { Store } from './store.ts';
import type { TaskRecord } from './task.ts';

/** Tasks that are done ahead, before anybody asks for them; their records come into the store when somebody does. */
export interface Spare {
  /** The store, with the records of what was done ahead. */
  readonly store: Store;
  /** Whether a task is being done ahead. */
  isBegun(key: string): boolean;
  /** The first task of some ensembles that is neither done nor begun. */
  begin(ensembles: readonly AnyEnsemble[]): Assignment | undefined;
  /** Keeps the record of a task that nobody has asked for. */
  keep(record: TaskRecord): void;
  /** A task has come to its end, with a record or without. */
  end(key: string): void;
  /** Records of all tasks of some ensembles, in their order; undefined where one is missing. */
  find(ensembles: readonly AnyEnsemble[]): TaskRecord[][] | undefined;
}

export function spareOf(store: Store): Spare {
  const begun = new Set<string>();
  /** Those that threw are not begun again. */
  const tried = new Set<string>();
  const records = new Map<string, TaskRecord>();
  const both: Store = {
    find: (keys) => new Map([...keys.flatMap((key) => found(records, key)), ...store.find(keys)]),
    add: (record) => store.add(record),
  };
  const ledgerOf = (ensembles: readonly AnyEnsemble[]) =>
    openLedger(ensembles, both, { isBegun: (key) => tried.has(key) });
  return {
    store: {
      find(keys) {
        for (const [key, record] of keys.flatMap((each) => found(records, each))) {
          store.add(record);
          records.delete(key);
        }
        return store.find(keys);
      },
      add: both.add,
    },
    isBegun: (key) => begun.has(key),
    begin(ensembles) {
      const next = ledgerOf(ensembles).take();
      if (!next) return undefined;
      begun.add(next.key);
      tried.add(next.key);
      return { ...next, isAhead: true };
    },
    keep(record) {
      records.set(record.key, record);
    },
    end(key) {
      begun.delete(key);
    },
    find(ensembles) {
      const ledger = ledgerOf(ensembles);
      return ledger.done === ledger.total ? ledger.records() : undefined;
    },
  };
}

const found = (records: ReadonlyMap<string, TaskRecord>, key: string): [string, TaskRecord][] => {
  const record = records.get(key);
  return record ? [[key, record]] : [];
};
