import { type Progress, runSync, type Work } from '@qntk/core/progress';
import type { Kind } from './ensemble.ts';
import { failureOf } from './failure.ts';
import { kinds } from './kinds.ts';
import type { FromThread, ToThread } from './messages.ts';
import { shareOf } from './run.ts';
import { recordOf, type Task } from './task.ts';

/** What is used of a MessagePort, and of the global object of a worker in a browser. */
export interface Port {
  // biome-ignore lint/suspicious/noExplicitAny: an event's class depends on the platform; only `data` is read.
  onmessage: ((event: any) => unknown) | null;
  postMessage(message: unknown): void;
}

type Run = (task: Task) => FromThread;

/** Milliseconds between two words on how far a task is. */
const pause = 100;

/** Does the tasks that come through a port, one after the other, each answered by its record or by what went wrong. */
export function serve(port: Port, table: readonly Kind<never, never, unknown>[] = kinds): void {
  let run: Run | undefined;
  port.onmessage = ({ data: message }: { data: ToThread }) => {
    try {
      if (message.type === 'ensemble') run = runnerOf(message, table, (answer) => port.postMessage(answer));
      else port.postMessage(run!(message.task));
    } catch (error) {
      port.postMessage({ type: 'failure', failure: failureOf(error) } satisfies FromThread);
    }
  };
}

function runnerOf(
  { kind: name, spec, data, version }: Extract<ToThread, { type: 'ensemble' }>,
  table: readonly Kind<never, never, unknown>[],
  say: (message: FromThread) => void,
): Run {
  const kind = table.find((entry) => entry.name === name);
  if (!kind) throw new Error(`there is no kind of task ${name}`);
  const work: (seed: number) => Work<unknown> = kind.seedRun(spec as never, data as never);
  return (task) => {
    const start = performance.now();
    let told = start;
    const result = runSync(work(task.seed), (event: Progress) => {
      const now = performance.now();
      if (now - told < pause) return;
      told = now;
      say({ type: 'progress', share: shareOf(event) });
    });
    return {
      type: 'record',
      record: recordOf(task, result, { version, seconds: (performance.now() - start) / 1000 }),
    };
  };
}
