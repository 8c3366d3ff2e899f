import type { Progress, Work } from '@qntk/core';
import type { Store } from './store.ts';
import { keyOf, recordOf, type Task, type TaskRecord } from './task.ts';

/** How the tasks of one kind are done; what all seeds of a SPEC share is prepared once. */
export type Worker<Spec, Result> = (spec: Spec) => (seed: number) => Result;

/** Tasks that differ in their seed alone. */
export interface Ensemble<Spec> extends Omit<Task<Spec>, 'seed'> {
  readonly seeds: readonly number[];
}

/** The tasks of an ensemble, in the order of its seeds. */
export function tasksOf<Spec>({ seeds, ...shared }: Ensemble<Spec>): Task<Spec>[] {
  return seeds.map((seed) => ({ ...shared, seed }));
}

/** Tasks of an ensemble that the store has no record of, and the records that it has. */
export function pending<Spec>(
  ensemble: Ensemble<Spec>,
  store: Store,
): { readonly todo: Task<Spec>[]; readonly found: TaskRecord[] } {
  const tasks = tasksOf(ensemble);
  const keys = tasks.map(keyOf);
  const known = store.find(keys);
  return {
    todo: tasks.filter((_, k) => !known.has(keys[k]!)),
    found: keys.flatMap((key) => known.get(key) ?? []),
  };
}

/**
 * Does what a store lacks of an ensemble, one task after the other on this thread, and keeps every record at once; gives
 * the records of all, in the order of the seeds. A record depends on its task alone.
 */
export function* running<Spec, Result>(
  ensemble: Ensemble<Spec>,
  worker: Worker<Spec, Result>,
  store: Store,
  version: string,
): Work<TaskRecord[], Progress> {
  const { todo } = pending(ensemble, store);
  const total = ensemble.seeds.length;
  const work = todo.length > 0 ? worker(ensemble.spec) : undefined;
  let done = total - todo.length;
  for (const task of todo) {
    const start = performance.now();
    const result = work!(task.seed);
    store.add(recordOf(task, result, { version, seconds: (performance.now() - start) / 1000 }));
    yield { label: 'seeds', done: ++done, total };
  }
  return pending(ensemble, store).found;
}
