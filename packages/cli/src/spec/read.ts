import { InputError, type InputProblem, isSpecKey, parseSpec, type Spec } from '@qntk/core';
import { decodeText } from '@qntk/formats';
import { largest, readInput } from '../files/input.ts';
import { readDocument, type SourceDocument } from './document.ts';

/** A checked SPEC and the file it came from. */
export interface SpecFile {
  readonly spec: Spec;
  readonly file: string;
  /** The file's text. */
  readonly text: string;
  /** Runs `work`; a problem with a key of the SPEC in an InputError of it gets that key's place in the file. */
  placing<T>(work: () => T): T;
}

/** @throws InputError naming file, line and column. */
export function readSpec(file: string): SpecFile {
  const text = decodeText(readInput(file, largest.spec), file, { advice: 'save it as UTF-8' });
  const source = readDocument(text, file);
  const spec = located(
    () => parseSpec(source.value),
    (problem) => placed(source, problem),
  );
  return {
    spec,
    file,
    text,
    placing: (work) =>
      located(work, (problem) => (isSpecKey(problem.where, source.value) ? placed(source, problem) : problem.where)),
  };
}

function located<T>(work: () => T, placeOf: (problem: InputProblem) => string): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? error.at(placeOf) : error;
  }
}

/** The place of a key in its file, followed by the key. */
function placed(source: SourceDocument, { where, atKey }: InputProblem): string {
  const path = where.split('.');
  return `${atKey ? source.placeOfKey(path) : source.placeOfValue(path)}: ${where}`;
}
