import { InputError, type Spec, specSchema } from '@qntk/core';
import { readInput } from '../files/output.ts';
import { checked } from './check.ts';
import { readDocument, type SourceDocument } from './document.ts';

/** A checked SPEC and the file it came from. */
export interface SpecFile {
  readonly spec: Spec;
  readonly file: string;
  /** Runs `work`; an InputError in it that starts with a key of the SPEC gets that key's place in the file. */
  placing<T>(work: () => T): T;
}

/** @throws InputError naming file, line and column. */
export function readSpec(file: string): SpecFile {
  const source = readDocument(readInput(file).toString('utf8'), file);
  const spec = checked(source, specSchema);
  return { spec, file, placing: (work) => placing(source, work) };
}

function placing<T>(source: SourceDocument, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const key = keyOf(error.message);
    if (!key) throw error;
    const message = error.message.startsWith(key)
      ? error.message
      : `${key}: ${error.message.replace(/^(?:rate|inputs): /, '')}`;
    throw new InputError(`${source.placeOfValue(key.split('.'))}: ${message}`, { cause: error });
  }
}

/** The key of the SPEC that a message of the core is about: it starts with it, or with what stands there. */
function keyOf(message: string): string | undefined {
  if (message.startsWith('observable ')) return 'model.observable';
  if (message.startsWith('rate: ')) return 'training.rate';
  if (message.startsWith('inputs: ')) return 'model.inputs';
  // A place in a file, such as model.qasm:3:1, is no key.
  return /^(?:data|model|initial|training)(?:\.\w+)*(?=: )/.exec(message)?.[0];
}
