import { type Progress, runAsync } from '@qntk/core/progress';
import { type AnyEnsemble, type Ensemble, type Ledger, openLedger } from './ensemble.ts';
import { emptying, type Keeping, progressOf, type Source } from './run.ts';
import { measuring, sharingPays, together } from './sharing.ts';
import { spareOf } from './spare.ts';
import type { TaskRecord } from './task.ts';
import { type Crew, crewOf, type Threads } from './threads.ts';

/** Where tasks are done. */
export interface SessionOptions extends Keeping {
  /** Where there are other processors. */
  readonly threads?: Threads;
  /** Stops everything: this thread between two parts of its work, others at once. */
  readonly signal?: AbortSignal;
}

/** How some tasks are done. */
export interface AskingOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** What the tasks are, in a word for progress; initialisations where left out. */
  readonly label?: string;
  /** Asked before every task; where true, none is begun any more, and the others have no record. */
  readonly enough?: () => boolean;
}

/** Ensembles of any kinds. */
export type Ensembles = readonly AnyEnsemble[];

/** Records by ensemble, in the order of its seeds. */
export type RecordsOf<All extends Ensembles> = {
  readonly [K in keyof All]: readonly TaskRecord<ResultOf<All[K]>>[];
};

/** Ensembles that are done. */
export interface ScheduledAll<All extends Ensembles> {
  readonly records: RecordsOf<All>;
  /** How many of each were in the store before; a task that several have counts for the first. */
  readonly found: readonly number[];
}

/** What the tasks of an ensemble give. */
export type ResultOf<One> = One extends Ensemble<infer _Spec, infer _Data, infer Result> ? Result : never;

/**
 * What will probably be asked for next, by the records that there are: it is done by threads that would have nothing to do, and
 * dropped where nobody asks. A record depends on its task alone, so that nothing that is asked for depends on what was done ahead.
 *
 * @param known - records of ensembles, where all of them are there.
 */
export type Foresight<All extends Ensembles> = (
  records: RecordsOf<All>,
  known: <const Asked extends Ensembles>(asked: Asked) => RecordsOf<Asked> | undefined,
) => Ensembles;

/** Ensembles are asked for one after the other, and done by the same threads. */
export interface Session {
  /** Does what the store lacks of some ensembles, as `scheduleAll`; not before those that were asked for last are done. */
  all<const All extends Ensembles>(
    ensembles: All,
    options?: AskingOptions & { readonly foresee?: Foresight<All> },
  ): Promise<ScheduledAll<All>>;
  /** Stops everything. */
  close(): void;
}

/** What is asked for last. */
interface Asked {
  readonly ledger: Ledger<unknown>;
  readonly onProgress: AskingOptions['onProgress'];
  foresee(): Ensembles;
  resolve(): void;
  reject(error: unknown): void;
}

/** Tasks left for every other thread, from which one more than it works at does not leave it behind at the end. */
const manyTasks = 4;

/** Why this thread stops in the middle of its work. */
const closing = new Error('closed');

/** Begins a session; whoever did so closes it. */
export function openSession({ store, version, threads, signal }: SessionOptions): Session {
  const others = threads !== undefined && threads.most > 1 ? threads : undefined;
  const spare = spareOf(store);
  const shares = new Map<unknown, number>();
  let asked: Asked | undefined;
  let crew: Crew | undefined;
  let [isHere, isClosed] = [false, false];
  /** A guess that cannot be made is none: what is asked for does not depend on it. */
  const ahead = (foresee: Asked['foresee']) => {
    try {
      return spare.begin(foresee());
    } catch {
      return undefined;
    }
  };
  const source: Source = {
    take() {
      const { ledger, foresee, resolve } = asked!;
      const next = ledger.take();
      if (next) return next;
      // Where it is enough, what was left is left out.
      if (ledger.done < ledger.total) return ahead(foresee);
      resolve();
      return undefined;
    },
    keep(record) {
      spare.end(record.key);
      const { ledger, resolve } = asked!;
      if (ledger.wants(record.key)) ledger.keep(record);
      else spare.keep(record);
      if (ledger.done === ledger.total) resolve();
      wake();
    },
    fail({ key }, error) {
      spare.end(key);
      if (asked!.ledger.wants(key)) throw error;
    },
    progress: (begun) => progressOf(asked!.ledger, begun),
  };
  /** Before this thread hears of nothing for long, others are given what they will do next. */
  const takeHere = () => {
    const next = source.take();
    if (next?.ensemble.kind.isWhole) crew?.wake(2);
    return next;
  };
  const onShare = (thread: unknown, share: number) => {
    shares.set(thread, share);
    asked!.onProgress?.(source.progress([...shares.values()].reduce((sum, each) => sum + each, 0)));
  };
  const here = (enough?: () => boolean) =>
    runAsync(
      atWork(() => emptying({ ...source, take: takeHere }, version, enough)),
      { signal: { throwIfAborted }, onEvent: ({ done }) => onShare(here, done - asked!.ledger.done) },
    );
  function* atWork<Event>(work: () => Generator<Event, void, void>): Generator<Event, void, void> {
    isHere = true;
    try {
      yield* work();
    } finally {
      isHere = false;
    }
  }
  const throwIfAborted = () => {
    signal?.throwIfAborted();
    if (isClosed) throw closing;
  };
  /** Others first: this thread hears of nothing while it works. */
  const wake = () => {
    if (!crew || isClosed) return;
    crew.wake();
    if (others?.beside && !isHere) here().catch((error) => asked!.reject(error));
  };
  const startCrew = (from: Threads, { waiting }: Ledger<unknown>) => {
    const count = Math.min(from.most, waiting) - (from.beside ? 1 : 0);
    const depth = from.beside && waiting > (manyTasks + 1) * count ? 2 : 1;
    const onError = (error: unknown) => asked!.reject(error);
    return crewOf(from, count, depth, source, { version, onShare, onError });
  };
  return {
    async all(ensembles, { onProgress, label, enough, foresee } = {}) {
      const ledger = openLedger(ensembles, spare.store, { label, enough, isBegun: spare.isBegun });
      type Records = RecordsOf<typeof ensembles>;
      const records = () => ledger.records() as Records;
      const ending = new Promise<void>((resolve, reject) => {
        const known = <Asked extends Ensembles>(some: Asked) => spare.find(some) as RecordsOf<Asked> | undefined;
        asked = { ledger, onProgress, resolve, reject, foresee: () => foresee?.(records(), known) ?? [] };
      });
      // Where it is rejected before anybody waits for it.
      ending.catch(() => undefined);
      signal?.addEventListener('abort', () => asked!.reject(signal.reason), { once: true });
      const longest = Math.max(...ensembles.map(({ seconds = 0 }) => seconds));
      // Where nothing is known of an ensemble, its tasks count as the longest ones.
      const units = ensembles.map(({ seconds = longest }) => seconds || 1);
      const waiting = (unit: number) => ledger.left().map((ensemble) => unit * units[ensemble]!);
      const shared = (unit: number) => others !== undefined && sharingPays(waiting(unit), others.most);
      const atOnce = crew !== undefined || (longest > 0 && shared(1));
      if (longest > 0)
        onProgress?.({ ...progressOf(ledger), seconds: together(waiting(1), atOnce ? others!.most : 1) });
      throwIfAborted();
      if (!atOnce) await here(measuring(ledger, units, shared));
      if (ledger.waiting > 0 && others && !crew) crew = startCrew(others, ledger);
      wake();
      if (ledger.done < ledger.total) await ending;
      return { records: records(), found: ledger.found };
    },
    close() {
      isClosed = true;
      crew?.stop();
    },
  };
}
