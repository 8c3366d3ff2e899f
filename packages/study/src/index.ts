/**
 * Tasks with an identity, records that say what made them, stores that find them again, and schedulers for this thread and
 * for others.
 *
 * @module
 */

export {
  type Candidate,
  type CompareOptions,
  compare,
  type Race,
  raceOf,
  rungCost,
  trainingGradients,
} from './compare.ts';
export { contentHash } from './content.ts';
export { type AnyEnsemble, atOnce, type Ensemble, type Kind } from './ensemble.ts';
export { errorOf, type Failure, failureOf } from './failure.ts';
export { type CompareSpec, compareKind } from './kinds/compare.ts';
export { type DiagnoseData, type DiagnoseSpec, diagnoseKind, keptOutKind, limitKind } from './kinds/diagnose.ts';
export { asymptoticKind, boundsKind, finiteKind, type RegimeSpec, regimeKind } from './kinds/dynamics.ts';
export { kinds } from './kinds.ts';
export type { FromThread, ToThread } from './messages.ts';
export type { TimeBudget } from './race-clock.ts';
export { formatRecord, parseRecord } from './record-file.ts';
export { type Keeping, running } from './run.ts';
export { type Scheduled, type ScheduleOptions, schedule, scheduleAll } from './schedule.ts';
export { type Port, serve } from './serve.ts';
export {
  type AskingOptions,
  type Ensembles,
  type Foresight,
  openSession,
  type RecordsOf,
  type ResultOf,
  type ScheduledAll,
  type Session,
  type SessionOptions,
} from './session.ts';
export { sharingPays } from './sharing.ts';
export { memoryStore, type Store } from './store.ts';
export { keyOf, recordOf, revision, type Task, type TaskRecord } from './task.ts';
export type { NodeWorker, Threads, WebWorker } from './threads.ts';
