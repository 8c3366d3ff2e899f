import type { Progress, Work } from '@qntk/core/progress';
import { contentHash } from './content.ts';
import type { Store } from './store.ts';
import { keysOf, revision, type Task, type TaskRecord } from './task.ts';

/** What can be done for each of many seeds: one entry in the table of kinds. */
export interface Kind<Spec, Data, Result> {
  readonly name: string;
  /** What all seeds share is prepared once; a result is plain data and depends on spec, data and seed alone. */
  seedRun(spec: Spec, data: Data): (seed: number) => Work<Result, Progress>;
}

/** Tasks that differ in their seed alone. */
export interface Ensemble<Spec, Data, Result> {
  readonly kind: Kind<Spec, Data, Result>;
  /** Settings as plain data: part of every task. */
  readonly spec: Spec;
  /** What it is done on, such as a data set: plain values and typed arrays; its content hash is part of every task. */
  readonly data: Data;
  readonly seeds: readonly number[];
  /** What a task takes on one processor at least, where that can be told from the sizes. */
  readonly seconds?: number;
}

/** What the tasks of an ensemble have in common. */
function sharedOf<Spec, Data>({ kind, spec, data }: Ensemble<Spec, Data, unknown>): Omit<Task<Spec>, 'seed'> {
  return { kind: kind.name, spec, ...(data !== undefined && { data: contentHash(data) }), revision };
}

/** How far an ensemble has come: what its store had, what was done since, and what is left. */
export interface Ledger<Result> {
  readonly total: number;
  /** Tasks that have a record. */
  readonly done: number;
  /** Tasks that nobody has taken yet. */
  readonly waiting: number;
  /** Gives a task away to be done. */
  take(): Task | undefined;
  /** Keeps the record of a task in the store. */
  keep(record: TaskRecord): void;
  /** All records, in the order of the seeds. */
  records(): TaskRecord<Result>[];
}

/** Looks up, once, which tasks of an ensemble a store has records of. */
export function openLedger<Spec, Data, Result>(ensemble: Ensemble<Spec, Data, Result>, store: Store): Ledger<Result> {
  const shared = sharedOf(ensemble);
  const { seeds } = ensemble;
  const keys = seeds.map(keysOf(shared));
  const records = store.find(keys);
  const todo = seeds.filter((_, k) => !records.has(keys[k]!));
  let taken = 0;
  return {
    total: new Set(keys).size,
    get done() {
      return records.size;
    },
    get waiting() {
      return todo.length - taken;
    },
    take: () => (taken < todo.length ? { ...shared, seed: todo[taken++]! } : undefined),
    keep(record) {
      store.add(record);
      records.set(record.key, record);
    },
    records: () => keys.flatMap((key) => (records.get(key) as TaskRecord<Result> | undefined) ?? []),
  };
}

/** Work of a single piece. */
export function atOnce<Result>(run: (seed: number) => Result): (seed: number) => Work<Result, Progress> {
  return function* (seed) {
    yield* [];
    return run(seed);
  };
}
