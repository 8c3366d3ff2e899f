import type { AnyEnsemble, Assignment } from './ensemble.ts';
import { errorOf } from './failure.ts';
import type { FromThread, ToThread } from './messages.ts';
import type { Source } from './run.ts';

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

/** Other threads at work. */
export interface Crew {
  /** Gives something to do to all that have nothing, or fewer tasks than so many. */
  wake(depth?: number): void;
  /** Stops all of them. */
  stop(): void;
}

interface Crewing {
  readonly version: string;
  /** Told which share of its task a thread has done. */
  readonly onShare: (thread: unknown, share: number) => void;
  readonly onError: (error: unknown) => void;
}

/** A thread, what it was told of last, and its tasks that have no record yet. */
interface Member {
  readonly worker: NodeWorker | WebWorker;
  told?: AnyEnsemble;
  readonly given: Assignment[];
}

/**
 * So many threads that do what a source gives them, and are told of an ensemble before the first of its tasks. A thread gets its next
 * task when the record of the last one is kept, so that whatever ends the program costs a task a thread at most.
 *
 * @param depth - tasks that a thread has at a time: more than one where who hears of records is busy meanwhile.
 */
export function crewOf(
  { start }: Threads,
  count: number,
  depth: number,
  source: Source,
  { version, onShare, onError }: Crewing,
): Crew {
  const members: Member[] = Array.from({ length: count }, () => ({ worker: start(), given: [] }));
  const feed = (member: Member, least: number) => {
    while (member.given.length < least && hand(member));
  };
  const hand = (member: Member) => {
    const next = source.take();
    if (!next) return false;
    const { worker } = member;
    const { ensemble, task } = next;
    if (member.told !== ensemble) {
      const { kind, spec, data } = ensemble;
      worker.postMessage({ type: 'ensemble', kind: kind.name, spec, data, version });
      member.told = ensemble;
    }
    worker.postMessage({ type: 'task', task });
    member.given.push(next);
    return true;
  };
  const hear = (member: Member, message: FromThread) => {
    if (message.type === 'progress') {
      if (!member.given[0]?.isAhead) onShare(member, message.share);
      return;
    }
    const task = member.given.shift()!;
    if (message.type === 'failure') source.fail(task, errorOf(message.failure));
    else source.keep(message.record);
    onShare(member, 0);
    feed(member, depth);
  };
  for (const member of members) {
    listen(member.worker, {
      onError,
      onMessage(message) {
        try {
          hear(member, message);
        } catch (error) {
          onError(error);
        }
      },
    });
    feed(member, depth);
  }
  return {
    wake(least = 1) {
      for (const member of members) feed(member, least);
    },
    stop() {
      for (const { worker } of members) worker.terminate();
    },
  };
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
