import { InputError } from '../errors.ts';
import { random } from '../random/random.ts';
import { shown } from '../wording.ts';

/** Minibatches: their size, and the seed and number of the initialisation that their order belongs to. */
export interface BatchOptions {
  readonly size: number;
  readonly seed: number;
  readonly index: number;
}

/** Third word of `random`, so that batches and initial angles of one seed and index are not the same numbers. */
const stream = 1;

/**
 * The rows of each step's minibatch, positions from 0 among `count` training points. Every epoch is a random order of all
 * points, cut into parts of `size`, the last of which may be smaller. The same arguments give the same batches anywhere, in
 * training and in a forecast of it.
 *
 * @throws InputError where `size` is no whole number from 1 to `count`.
 */
export function batches(count: number, { size, seed, index }: BatchOptions): (step: number) => Int32Array {
  checkBatchSize(size, count);
  const perEpoch = Math.ceil(count / size);
  let epoch = -1;
  let order: Int32Array = new Int32Array(0);
  return (step) => {
    const wanted = Math.floor(step / perEpoch);
    if (wanted !== epoch) {
      epoch = wanted;
      order = random(seed, index, stream, epoch).permutation(count);
    }
    const first = (step % perEpoch) * size;
    return order.slice(first, first + size);
  };
}

/** @throws InputError where a minibatch of so many of `count` training points cannot be. */
export function checkBatchSize(size: number, count: number): void {
  if (!(Number.isInteger(size) && size >= 1 && size <= count))
    throw new InputError({
      where: 'training.batch',
      found: shown(size),
      expected: `a whole number from 1 to ${count}, the number of training points`,
    });
}
