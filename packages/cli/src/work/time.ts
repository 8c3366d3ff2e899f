import os from 'node:os';
import { type Cost, counted, InputError, secondsFor } from '@qntk/core';
import type { Listener } from '../command.ts';

/** Seconds of work that are said before it begins, and those that nobody waits for. */
const worthSaying = 600;
const most = 30 * 86_400;

/**
 * Says before long work how long it will take, by its cost: the first word of progress may come late.
 *
 * @param cost - of one of `tasks`, of which processors do several at once, or share what one takes.
 * @param what - what takes the time, such as "500 points on 20 qubits".
 * @throws InputError where it is more than anybody waits for.
 */
export function checkTime(cost: Cost, tasks: number, what: string, listener: Pick<Listener, 'warn'>): void {
  const processors = os.availableParallelism();
  const seconds = (secondsFor(cost) * tasks) / processors;
  if (seconds > most)
    throw new InputError({
      where: 'data',
      found: `${what}, which take about ${inWords(seconds)} with ${counted(processors, 'processor')}`,
      expected: `at most ${inWords(most)}`,
      advice: 'take fewer points, qubits, layers, outputs or initialisations',
    });
  if (seconds > worthSaying)
    listener.warn(
      `${what} take about ${inWords(seconds)} with ${counted(processors, 'processor')}; fewer points, qubits, layers, outputs or initialisations take less`,
    );
}

const units: readonly (readonly [name: string, seconds: number])[] = [
  ['year', 365.25 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** Two digits are more than an estimate has. */
export function inWords(seconds: number): string {
  const [name, size] = units.find(([, unit]) => seconds >= 2 * unit) ?? ['minute', 60];
  return counted(Number((seconds / size).toPrecision(2)), name);
}
