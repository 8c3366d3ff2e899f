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
  type Work,
} from '../progress.ts';
