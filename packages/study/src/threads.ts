import type { Progress } from '@qntk/core/progress';
import type { Ensemble, Ledger } from './ensemble.ts';
import { errorOf } from './failure.ts';
import type { FromThread, ToThread } from './messages.ts';

/** A worker of Node. */
export interface NodeWorker {
  on(event: 'message', listener: (message: FromThread) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  postMessage(message: ToThread): void;
  terminate(): unknown;
}

/** A worker of a browser. */
export interface WebWorker {
  // biome-ignore lint/suspicious/noExplicitAny: an event's class is the platform's; `data` and `message` are read.
  onmessage: ((event: any) => unknown) | null;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  onerror: ((event: any) => unknown) | null;
  postMessage(message: ToThread): void;
  terminate(): unknown;
}

/** Threads for the tasks of an ensemble. */
export interface Threads {
  /** Starts a worker on a file that calls {@link serve}, such as `@qntk/study/worker/node` or `…/browser`. */
  readonly start: () => NodeWorker | WebWorker;
  /** Most threads at work at a time. */
  readonly most: number;
  /** Whether this thread is one of them; not where it has to stay free, as that of a page. */
  readonly beside: boolean;
}

interface Joining {
  readonly signal?: AbortSignal | undefined;
  /** Told what is begun, as shares of tasks added up. */
  readonly onProgress: (begun: number) => void;
  /** Does what is waiting in this thread, until `enough` says so after a task. */
  readonly here: (enough: () => boolean, onEvent: (event: Progress) => void) => Promise<void>;
}

/** Tasks left for every other thread, from which one more than it works at does not leave it behind at the end. */
const manyTasks = 4;

/**
 * Does what is waiting in a ledger in this thread, by `here`, and in others, which are told of an ensemble before the first of its tasks. A thread gets its next task when the record of the last one is
 * kept, so that whatever ends the program costs a task a thread at most; while this thread is busy it does not hear of that, so that
 * others have one task more to go on with where there are enough. All threads are stopped at the end.
 *
 * @throws what a task throws, with class and fields, or the reason of the signal.
 */
export async function inThreads<Spec, Data>(
  ensembles: readonly Ensemble<Spec, Data, unknown>[],
  ledger: Ledger<unknown>,
  version: string,
  { start, most, beside }: Threads,
  { signal, onProgress, here }: Joining,
): Promise<void> {
  signal?.throwIfAborted();
  if (ledger.waiting === 0) return;
  const workers = Array.from({ length: Math.min(most, ledger.waiting) - (beside ? 1 : 0) }, start);
  const shares = new Map<unknown, number>();
  const tell = (worker: unknown, share: number) => {
    shares.set(worker, share);
    onProgress([...shares.values()].reduce((sum, each) => sum + each, 0));
  };
  let ended = false;
  await new Promise<void>((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    const told = new Map<unknown, number>();
    const feed = (worker: NodeWorker | WebWorker) => {
      const next = ledger.take();
      if (!next) return;
      if (told.get(worker) !== next.ensemble) {
        const { kind, spec, data } = ensembles[next.ensemble]!;
        worker.postMessage({ type: 'ensemble', kind: kind.name, spec, data, version });
        told.set(worker, next.ensemble);
      }
      worker.postMessage({ type: 'task', task: next.task });
    };
    for (const worker of workers) {
      listen(worker, {
        onError: reject,
        onMessage(message) {
          try {
            if (message.type === 'failure') throw errorOf(message.failure);
            if (message.type === 'progress') return tell(worker, message.share);
            ledger.keep(message.record);
            tell(worker, 0);
            feed(worker);
            if (ledger.done === ledger.total) resolve();
          } catch (error) {
            reject(error);
          }
        },
      });
      feed(worker);
      if (beside && ledger.waiting > manyTasks * workers.length) feed(worker);
    }
    // Where it was enough before the first task.
    if (ledger.done === ledger.total) resolve();
    if (beside)
      here(
        () => ended,
        ({ done }) => tell(here, done - ledger.done),
      ).then(() => {
        if (ledger.done === ledger.total) resolve();
      }, reject);
  }).finally(() => {
    ended = true;
    for (const worker of workers) worker.terminate();
  });
}

interface Listening {
  onMessage(message: FromThread): void;
  onError(error: Error): void;
}

function listen(worker: NodeWorker | WebWorker, { onMessage, onError }: Listening): void {
  if ('on' in worker) {
    worker.on('message', onMessage);
    worker.on('error', onError);
    // Comes after everything else; where all is well nobody listens any more.
    worker.on('exit', (code) => onError(new Error(`a thread ended with code ${code}`)));
  } else {
    worker.onmessage = ({ data }: { data: FromThread }) => onMessage(data);
    worker.onerror = ({ message }: { message?: string }) =>
      onError(new Error(message ?? 'a worker could not be started'));
  }
}
