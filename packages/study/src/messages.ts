import type { Failure } from './failure.ts';
import type { Task, TaskRecord } from './task.ts';

/** What a thread is told: what to work on, then its tasks one at a time, until it is told of something else. */
export type ToThread =
  | {
      readonly type: 'ensemble';
      readonly kind: string;
      readonly spec: unknown;
      readonly data: unknown;
      readonly version: string;
    }
  | { readonly type: 'task'; readonly task: Task };

/** What a thread answers to a task: now and then how far it is, in the end its record. */
export type FromThread =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'record'; readonly record: TaskRecord }
  | { readonly type: 'failure'; readonly failure: Failure };
