/** How far long work has come: `done` of `total` units of what `label` names, such as initialisations. */
export interface Progress {
  readonly label: string;
  /** With the part that is done of the unit that is being worked on, where that is known. */
  readonly done: number;
  readonly total: number;
  /** Seconds that all that is left is expected to take: said once, before it is begun, where that can be told. */
  readonly seconds?: number;
}

/**
 * Long work, taken apart into pieces of a fraction of a second: an iterator of events whose return value is the result.
 * Whoever drives it may stop between two events. A result is plain data and survives structuredClone.
 */
export type Work<Result, Event = Progress> = Generator<Event, Result, void>;

/** The same work with other events; it ends where whoever drives this one stops. */
export function* withEvents<Result, Event, Other>(
  work: Work<Result, Event>,
  change: (event: Event) => Other,
): Work<Result, Other> {
  try {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      yield change(step.value);
    }
  } finally {
    // Of no effect where it has come to its end.
    work.return(undefined as Result);
  }
}

/** A stage of longer work: its events say how far the whole has come, which it takes from one share of it to another. */
export function stageOf<Result>(stage: Work<Result>, from: number, to: number): Work<Result> {
  return withEvents(stage, ({ label, done, total }) => ({
    label,
    done: from + (to - from) * (done / total),
    total: 1,
  }));
}

/** Does work to its end on this thread. */
export function runSync<Result, Event>(work: Work<Result, Event>, onEvent?: (event: Event) => void): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    onEvent?.(step.value);
  }
}

export interface AsyncOptions<Event> {
  readonly onEvent?: (event: Event) => void;
  /** Stops the work between two events. */
  readonly signal?: Signal;
}

/** What is used of an AbortSignal. */
export interface Signal {
  /** @throws the signal's reason where it is aborted. */
  throwIfAborted(): void;
}

interface Port {
  onmessage: (() => void) | null;
  postMessage(data: unknown): void;
  close(): void;
}

/** What Node and browsers have in common and is used here; the library is compiled without the types of either. */
const platform = globalThis as unknown as {
  readonly performance: { now(): number };
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
};

/** The event loop gets its turn after so many milliseconds of work. */
const slice = 12;

/**
 * Does work to its end on this thread and lets the event loop run in between.
 *
 * @throws the signal's reason (an AbortError unless the caller gave another) where it is aborted.
 */
export async function runAsync<Result, Event>(
  work: Work<Result, Event>,
  { onEvent, signal }: AsyncOptions<Event> = {},
): Promise<Result> {
  let since = platform.performance.now();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const step = work.next();
      if (step.done) return step.value;
      onEvent?.(step.value);
      if (platform.performance.now() - since < slice) continue;
      await nextTask();
      since = platform.performance.now();
    }
  } catch (error) {
    // Lets the work close what it has open.
    work.return(undefined as Result);
    throw error;
  }
}

/** A new task, not a microtask: messages, timers and painting come first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new platform.MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/**
 * Seconds left, by what the units so far have taken; before the first by what was expected, and null where nothing was, or where it
 * takes longer.
 *
 * @param first - units that were done before the clock was started, such as those found in a store.
 */
export function secondsLeft({ done, total, seconds = 0 }: Progress, secondsSpent: number, first = 0): number | null {
  if (done > first) return (secondsSpent / (done - first)) * Math.max(0, total - done);
  return seconds > secondsSpent ? seconds - secondsSpent : null;
}
