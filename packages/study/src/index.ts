/**
 * Tasks with an identity, records that say what made them, stores that find them again.
 *
 * @module
 */

export { type Ensemble, pending, running, tasksOf, type Worker } from './run.ts';
export { memoryStore, type Store } from './store.ts';
export { canonical, isRecord, keyOf, recordOf, revision, type Task, type TaskRecord } from './task.ts';
