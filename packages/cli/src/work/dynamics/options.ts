import { InputError } from '@qntk/core';

/** Arguments of the library that are options of the same name. */
const options = ['d', 'm', 'p', 'gamma', 'spectrum', 'labels', 'flow', 'time', 'steps', 'rate'];

/** Runs `work`; an InputError in it about an argument names the option that it came from. */
export function namingOptions<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw error.at(({ where }) => (options.includes(where) ? `--${where}` : where));
  }
}
