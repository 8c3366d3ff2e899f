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
    const path = pathIn(error.message);
    if (!path) throw error;
    throw new InputError(`${source.placeOfValue(path)}: ${error.message}`, { cause: error });
  }
}

/** The key a message of the core starts with. */
function pathIn(message: string): string[] | undefined {
  if (message.startsWith('observable ')) return ['model', 'observable'];
  const key = /^(?:data|model|initial|training)(?:\.\w+)*(?=:)/.exec(message)?.[0];
  return key?.split('.');
}
