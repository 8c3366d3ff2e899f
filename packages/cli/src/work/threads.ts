import os from 'node:os';
import type { Worker } from 'node:worker_threads';
import { type Cost, counted, InputError, type Model, secondsFor, startThreads } from '@qntk/core';
import { type NodeWorker, sharingPays, type Threads } from '@qntk/study';
import { threadOn } from '../thread.ts';

/** Seconds of work from which helpers pay: they take a twentieth of a second to come. */
const worthHelpers = 0.3;

/** Share of the memory that a command may take. */
const share = 0.8;

/** Threads that are workers of Node. */
export interface WorkerThreads extends Threads {
  readonly start: () => Worker;
}

/** Threads for tasks that take so many bytes each: as many as there are processors, this one among them, and as memory has room for.
 *
 * @param file - what they are started on: `paper-worker` knows the papers' kinds of tasks, too.
 */
export function threadsWithin(bytes: number, file: 'task-worker' | 'paper-worker' = 'task-worker'): WorkerThreads {
  return {
    start: () => threadOn(file),
    most: Math.min(os.availableParallelism(), Math.floor((share * os.totalmem()) / bytes)),
    beside: true,
  };
}

/** Starts helpers on the other processors where there is enough to share out within a piece of work; gives how many work at it. */
export async function startHelpersFor(cost: Cost): Promise<number> {
  if (secondsFor(cost) < worthHelpers) return 1;
  await startThreads();
  return os.availableParallelism();
}

/**
 * Threads for so many tasks of a cost. None where memory has no room for two, or where tasks are fewer than processors: these
 * are helped by the other processors, one by one.
 */
export async function threadsFor(cost: Cost, tasks: number): Promise<WorkerThreads | undefined> {
  const threads = threadsWithin(cost.bytes);
  if (threads.most > 1 && tasks >= threads.most) return threads;
  await startHelpersFor(cost);
  return undefined;
}

/**
 * Threads that stay, and keep what they have compiled, from one schedule to the next. Those that tasks of so many seconds will be
 * shared out to come at once, as loading takes them a tenth of a second.
 */
export function keptThreads(threads: WorkerThreads, tasks: readonly number[]): Threads {
  const { start, most } = threads;
  const idle: Worker[] = [];
  if (sharingPays(tasks, most)) for (let k = 1; k < Math.min(most, tasks.length); k++) rest(start(), idle);
  return lending(threads, idle);
}

/** The same as {@link threadsFor}, of threads that stay from one call to the next. */
export function keptThreadsFor(): (cost: Cost, tasks: number) => Promise<Threads | undefined> {
  const idle: Worker[] = [];
  return async (cost, tasks) => {
    const threads = await threadsFor(cost, tasks);
    return threads && lending(threads, idle);
  };
}

/** Nobody waits for a thread that has nothing to do: it ends with the one that started it. */
function rest(worker: Worker, idle: Worker[]): void {
  worker.unref();
  idle.push(worker);
}

/** Threads that come back to the idle ones where they would end. */
function lending({ start, most, beside }: WorkerThreads, idle: Worker[]): Threads {
  const lent = (): NodeWorker => {
    const worker = idle.pop() ?? start();
    worker.ref();
    const listening: (() => void)[] = [];
    return {
      on(event: string, listener: (value: never) => void) {
        worker.on(event, listener as () => void);
        listening.push(() => worker.off(event, listener as () => void));
      },
      postMessage: (message) => worker.postMessage(message),
      terminate() {
        // Not all listeners: Node has some of its own, without which messages come no more.
        for (const stop of listening) stop();
        rest(worker, idle);
      },
    };
  };
  return { start: lent, most, beside };
}

/** Points, outputs and parameters of a model, as a message about its memory names them. */
export const sizesInWords = ({ outputs, parameters }: Model, points: number): string =>
  [counted(points, 'point'), counted(outputs, 'output'), counted(parameters, 'parameter')].join(' × ');

/** The same and the qubits, as a message about its time names them. */
export const workInWords = (model: Model, points: number): string =>
  `${sizesInWords(model, points)} on ${counted(model.circuit.qubits, 'qubit')}`;

/**
 * @param what - what takes the memory, such as "500 points × 40 parameters".
 * @throws InputError where work takes more memory than this machine has to give.
 */
export function checkMemory({ bytes }: Cost, what: string): void {
  const most = share * os.totalmem();
  if (bytes <= most) return;
  const gib = (size: number) => `${(size / 2 ** 30).toFixed(1)} GiB`;
  throw new InputError({
    where: 'data',
    found: `${what}, which take about ${gib(bytes)} of memory`,
    expected: `at most ${gib(most)}, ${100 * share} % of what this machine has`,
    advice: 'take fewer points, layers or outputs',
  });
}
