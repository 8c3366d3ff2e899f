/** What work takes: operations that can be counted, and the memory that it holds at once. */
export interface Cost {
  /** Amplitudes times gates that the engine does, the way back counted like the way there. */
  readonly amplitudes: number;
  /** Multiplications of dense algebra, an addition each. */
  readonly products: number;
  /** Calls of the engine or of a model of the network, and models that are fitted: what they take whatever their size. */
  readonly calls: number;
  /** Bytes of arrays that stand beside each other. */
  readonly bytes: number;
}

/** What costs nothing. */
export const nothing: Cost = { amplitudes: 0, products: 0, calls: 0, bytes: 0 };

/**
 * Seconds an operation takes on one processor (a core of 2023, docs/engine.md): of an engine that is at half of its limit, and of products,
 * solvers and vectors together; of a call in JavaScript around it (docs/forecast.md).
 */
const secondsOf = { amplitude: 1.5e-10, product: 2e-10, call: 4e-5 } as const;

/** About how long work takes on one processor, in seconds. */
export function secondsFor({ amplitudes, products, calls }: Cost): number {
  return amplitudes * secondsOf.amplitude + products * secondsOf.product + calls * secondsOf.call;
}

/** One after the other: what the memory of the largest has room for. */
export function inTurn(...parts: readonly Cost[]): Cost {
  return { ...work(parts), bytes: parts.reduce((most, { bytes }) => Math.max(most, bytes), 0) };
}

/** One after the other, and all that was found is kept. */
export function keeping(...parts: readonly Cost[]): Cost {
  return { ...work(parts), bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The same again and again, in the same memory. */
export function repeated({ amplitudes, products, calls, bytes }: Cost, times: number): Cost {
  return { amplitudes: times * amplitudes, products: times * products, calls: times * calls, bytes };
}

function work(parts: readonly Cost[]): Omit<Cost, 'bytes'> {
  return {
    amplitudes: parts.reduce((sum, { amplitudes }) => sum + amplitudes, 0),
    products: parts.reduce((sum, { products }) => sum + products, 0),
    calls: parts.reduce((sum, { calls }) => sum + calls, 0),
  };
}
