/**
 * An error in what the user gave: a file, a line, a key, an option. The command line ends with exit code 2 on it.
 *
 * The message is shown as it is, so it is complete: it names the place, what was found and what was expected.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
