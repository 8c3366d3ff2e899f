/**
 * Long work as an iterable of events, with a synchronous and an asynchronous driver.
 *
 * @module
 */
export {
  type AsyncOptions,
  type Progress,
  runAsync,
  runSync,
  type Signal,
  secondsLeft,
  stageOf,
  type Work,
  withEvents,
} from '../progress.ts';
