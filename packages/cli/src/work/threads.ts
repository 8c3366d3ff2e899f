import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Model, startThreads } from '@qntk/core';
import type { Threads } from '@qntk/study';

/** Amplitudes times gates of one Jacobian: about 15 ms, of which a command needs dozens. */
const large = 2 ** 25;

/** Starts helpers on the other processors where the work is large: they take a twentieth of a second to come. */
export async function startThreadsFor({ circuit }: Model, points: number): Promise<void> {
  if (points * 2 ** circuit.qubits * circuit.gate.length >= large) await startThreads();
}

/** Threads for the tasks of an ensemble, as many as there are processors. */
export const taskThreads: Threads = {
  start: () => new Worker(new URL('./task-worker.mjs', import.meta.url)),
  most: os.availableParallelism(),
};
