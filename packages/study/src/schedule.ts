import type { Ensemble } from './ensemble.ts';
import { type AskingOptions, type Ensembles, openSession, type ScheduledAll, type SessionOptions } from './session.ts';
import type { TaskRecord } from './task.ts';

export interface ScheduleOptions extends SessionOptions, AskingOptions {}

/** An ensemble that is done. */
export interface Scheduled<Result> {
  /** Of all tasks, in the order of the seeds. */
  readonly records: readonly TaskRecord<Result>[];
  /** How many of them were in the store before. */
  readonly found: number;
}

/**
 * Does what a store lacks of an ensemble and gives the records of all: in this thread where
 * little is left to do, else in others beside it. Results are the same either way. How much is left, the ensemble's
 * estimate tells or, where that is little or missing, what the first tasks take.
 *
 * @throws what a task throws, or the reason of the signal; records of finished tasks stay in the store.
 */
export async function schedule<Spec, Data, Result>(
  ensemble: Ensemble<Spec, Data, Result>,
  options: ScheduleOptions,
): Promise<Scheduled<Result>> {
  const { records, found } = await scheduleAll([ensemble], options);
  return { records: records[0], found: found[0]! };
}

/** The same for many ensembles, of one kind or several, which share the threads; records of some alone where `enough` says so. */
export async function scheduleAll<const All extends Ensembles>(
  ensembles: All,
  options: ScheduleOptions,
): Promise<ScheduledAll<All>> {
  const session = openSession(options);
  try {
    return await session.all(ensembles, options);
  } finally {
    session.close();
  }
}
