import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { keptThreads } from '../src/work/threads.ts';

const echo = `const { parentPort } = require('node:worker_threads');
parentPort.onmessage = ({ data }) => parentPort.postMessage(data);`;

test('a kept thread comes before its first task, answers one schedule after the other, and is started once', async () => {
  const started: Worker[] = [];
  const start = () => {
    started.push(new Worker(echo, { eval: true }));
    return started.at(-1)!;
  };
  const kept = keptThreads({ start, most: 2, beside: true }, [9, 9, 9]);
  expect(started).toHaveLength(1);
  for (const version of ['1', '2', '3']) {
    const worker = kept.start();
    if (!('on' in worker)) throw new Error('a worker of a browser');
    const told: unknown[] = [];
    await new Promise<void>((resolve) => {
      worker.on('message', (message) => {
        told.push(message);
        resolve();
      });
      worker.postMessage({ type: 'ensemble', kind: 'none', spec: null, data: null, version });
    });
    worker.terminate();
    expect(told).toEqual([{ type: 'ensemble', kind: 'none', spec: null, data: null, version }]);
  }
  expect(started).toHaveLength(1);
  await started[0].terminate();
});

test('what is done sooner alone starts no thread before it is asked for', () => {
  const start = () => {
    throw new Error('started');
  };
  expect(() => keptThreads({ start, most: 2, beside: true }, [0.01, 0.01])).not.toThrow();
});
