import { InputError, type InputProblem } from '@qntk/core/errors';

/** An error as plain data: what is sent between threads loses its class. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Of an InputError: the facts that its message is made of. */
  readonly problems?: readonly InputProblem[];
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: String(error) };
  const { name, message, stack = message } = error;
  // By name: an error from another bundle is of another class.
  return { name, message, stack, ...(name === 'InputError' && { problems: (error as InputError).problems }) };
}

const classes = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError } as const;

/** The error that a failure was made of, with class, fields and stack; of a class that is not known here, an Error of its name. */
export function errorOf({ name, message, stack, problems }: Failure): Error {
  const error = problems ? new InputError(problems) : new (classes[name as keyof typeof classes] ?? Error)(message);
  return Object.assign(error, { message, stack }, error.name !== name && { name });
}
