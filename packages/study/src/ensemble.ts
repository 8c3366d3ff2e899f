import type { Progress, Work } from '@qntk/core/progress';
import { contentHash } from './content.ts';
import type { Store } from './store.ts';
import { keysOf, revision, type Task, type TaskRecord } from './task.ts';

/** What can be done for each of many seeds: one entry in the table of kinds. */
export interface Kind<Spec, Data, Result> {
  readonly name: string;
  /** How often the same task of this kind has come to give other numbers, or more of them; 0 where left out. */
  readonly revision?: number;
  /** Whether a task has no parts, so that a thread that does one hears of nothing meanwhile. */
  readonly isWhole?: boolean;
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
function sharedOf<Spec, Data>(
  { kind, spec, data }: Ensemble<Spec, Data, unknown>,
  hashOf: (data: Data) => string,
): Omit<Task<Spec>, 'seed'> {
  const { name, revision: own = 0 } = kind;
  return { kind: name, spec, ...(data !== undefined && { data: hashOf(data) }), revision: revision + own };
}

/** An ensemble of any kind. */
// biome-ignore lint/suspicious/noExplicitAny: each has its own settings, data and results, which its kind knows.
export type AnyEnsemble = Ensemble<any, any, any>;

/** A task that is given away to be done. */
export interface Assignment {
  readonly ensemble: AnyEnsemble;
  readonly task: Task;
  readonly key: string;
  /** Whether nobody waits for it yet. */
  readonly isAhead?: boolean;
}

/** How far ensembles have come: what their store had, what was done since, and what is left. */
export interface Ledger<Result> {
  /** What is done, in a word for progress. */
  readonly label: string;
  /** Tasks that have a record or will have one. */
  readonly total: number;
  /** Tasks that have a record. */
  readonly done: number;
  /** Records of each ensemble that the store had before; one that several have counts for the first. */
  readonly found: readonly number[];
  /** Tasks that nobody has taken yet. */
  readonly waiting: number;
  /** The ensemble of each of them, in their order. */
  left(): readonly number[];
  /** Gives a task away to be done; those of an ensemble one after the other. */
  take(): Assignment | undefined;
  /** Whether the record of a task with this key is waited for. */
  wants(key: string): boolean;
  /** Keeps the record of a task in the store. */
  keep(record: TaskRecord): void;
  /** All records there are, by ensemble, in the order of its seeds. */
  records(): TaskRecord<Result>[][];
}

export interface LedgerOptions {
  readonly label?: string | undefined;
  /** Asked before every task; where true, all that nobody has taken yet are left out. */
  readonly enough?: (() => boolean) | undefined;
  /** Whether a task is being done already: nobody takes it, and its record will come. */
  readonly isBegun?: ((key: string) => boolean) | undefined;
}

/** Looks up, once, which tasks of some ensembles a store has records of. A task that two of them have is done once. */
export function openLedger<Spec, Data, Result>(
  ensembles: readonly Ensemble<Spec, Data, Result>[],
  store: Store,
  { label = 'initialisations', enough = () => false, isBegun = () => false }: LedgerOptions = {},
): Ledger<Result> {
  const hashes = new Map<Data, string>();
  const hashOf = (data: Data) => hashes.get(data) ?? hashes.set(data, contentHash(data)).get(data)!;
  const shared = ensembles.map((ensemble) => sharedOf(ensemble, hashOf));
  const keys = ensembles.map(({ seeds }, ensemble) => seeds.map(keysOf(shared[ensemble]!)));
  const records = store.find(keys.flat());
  const found = keys.map(() => 0);
  const seen = new Set<string>();
  const todo = keys.flatMap((keysOfOne, ensemble) =>
    keysOfOne.flatMap((key, k) => {
      if (seen.has(key)) return [];
      seen.add(key);
      if (records.has(key)) {
        found[ensemble]!++;
        return [];
      }
      return isBegun(key) ? [] : [{ ensemble, seed: ensembles[ensemble]!.seeds[k]!, key }];
    }),
  );
  let total = seen.size;
  let taken = 0;
  return {
    label,
    found,
    get total() {
      return total;
    },
    get done() {
      return records.size;
    },
    get waiting() {
      return todo.length - taken;
    },
    left: () => todo.slice(taken).map(({ ensemble }) => ensemble),
    take() {
      if (enough()) {
        total -= todo.length - taken;
        todo.length = taken;
      }
      const next = todo[taken];
      if (!next) return undefined;
      taken++;
      const { ensemble, seed, key } = next;
      return { ensemble: ensembles[ensemble]!, task: { ...shared[ensemble]!, seed }, key };
    },
    wants: (key) => seen.has(key) && !records.has(key),
    keep(record) {
      store.add(record);
      records.set(record.key, record);
    },
    records: () =>
      keys.map((keysOfOne) => keysOfOne.flatMap((key) => (records.get(key) as TaskRecord<Result> | undefined) ?? [])),
  };
}

/** Work of a single piece. */
export function atOnce<Result>(run: (seed: number) => Result): (seed: number) => Work<Result, Progress> {
  return function* (seed) {
    yield* [];
    return run(seed);
  };
}
