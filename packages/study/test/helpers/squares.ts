import type { Progress, Work } from '@qntk/core';
import { type Ensemble, type Kind, type Port, serve } from '../../src/index.ts';

/** Seeds that were computed, in their order. */
export const computed: number[] = [];

interface Spec {
  readonly d: number;
  readonly fails?: number;
  readonly error?: () => Error;
}

/** d·seed², in two parts; throws at the seed `fails`. */
export const squares: Kind<Spec, undefined, { square: number }> = {
  name: 'squares',
  seedRun: ({ d, fails, error }) =>
    function* (seed): Work<{ square: number }, Progress> {
      yield { label: 'halves', done: 1, total: 2 };
      if (seed === fails) throw (error ?? (() => new RangeError(`seed ${seed}`)))();
      computed.push(seed);
      return { square: d * seed ** 2 };
    },
};

export const ensemble = (
  seeds: readonly number[],
  spec: Spec = { d: 8 },
): Ensemble<Spec, undefined, { square: number }> => ({
  kind: squares,
  spec,
  data: undefined,
  seeds,
});

/** The same, told to be so slow that other threads pay. */
export const slow = (seeds: readonly number[], spec?: Spec) => ({
  ...ensemble(seeds, spec),
  seconds: 10,
});

/** Threads that share this one: a pair of ports each, and what a browser's worker looks like around one of them. */
export function portThreads(most: number, table: readonly Kind<never, never, unknown>[] = [squares], beside = false) {
  const open = new Set<MessagePort>();
  const start = () => {
    const { port1, port2 } = new MessageChannel();
    open.add(port1);
    serve(port2 as unknown as Port, table);
    return {
      postMessage: (message: unknown) => port1.postMessage(message),
      set onmessage(listener: ((event: { data: never }) => unknown) | null) {
        port1.onmessage = listener as typeof port1.onmessage;
      },
      onerror: null as ((event: { message?: string }) => unknown) | null,
      terminate: () => {
        open.delete(port1);
        port1.close();
      },
    };
  };
  return { threads: { most, start, beside }, open };
}
