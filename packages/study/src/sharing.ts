import type { Ledger } from './ensemble.ts';

/** Seconds that a thread needs before it is fast: it comes at once, but compiles for itself. */
const warmUp = 0.4;
/** Other threads pay where they take so much off the time that is left, and so many seconds. */
const worthThreads = { share: 0.8, seconds: 0.2 };
/** Seconds: the first tasks are slow for the same reason, so that nothing can be told of others before. */
const warm = 0.3;

/** Seconds until tasks of so many seconds are done, each begun by the first thread that is free; others than the first come cold. */
export function together(tasks: readonly number[], threads: number): number {
  const free: number[] = Array.from({ length: Math.min(threads, tasks.length) }, (_, k) => (k === 0 ? 0 : warmUp));
  for (const seconds of tasks) {
    const first = free.indexOf(Math.min(...free));
    free[first]! += seconds;
  }
  return Math.max(0, ...free);
}

/** Whether tasks of so many seconds are done sooner by this thread and others, `most` in all, than by this one alone. */
export function sharingPays(tasks: readonly number[], most: number): boolean {
  const [alone, shared] = [together(tasks, 1), together(tasks, most)];
  return shared < worthThreads.share * alone && shared < alone - worthThreads.seconds;
}

/** Whether so much is left, by the time that tasks have taken from now on, that threads pay. */
export function measuring(
  ledger: Ledger<unknown>,
  units: readonly number[],
  pays: (unit: number) => boolean,
): () => boolean {
  const [start, before] = [performance.now(), ledger.left()];
  return () => {
    const spent = (performance.now() - start) / 1000;
    if (spent <= warm) return false;
    const done = before.slice(0, before.length - ledger.waiting);
    const work = done.reduce((sum, ensemble) => sum + units[ensemble]!, 0);
    // This thread came cold, too: later tasks are faster than the first ones.
    return work > 0 && pays(Math.max(spent - warmUp, spent / 2) / work);
  };
}
