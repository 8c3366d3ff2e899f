import path from 'node:path';
import { InputError, type QasmCircuit, type Spec } from '@qntk/core';
import { readCircuitFile } from '../files/openqasm.ts';
import { unreadable } from './unreadable.ts';

/**
 * The circuit of a SPEC in `folder` where it comes from a file, which can include others from that folder alone. States
 * that data start from are no features.
 */
export function readCircuit(model: Spec['model'], folder: string, states: boolean): QasmCircuit | undefined {
  if (!('openqasm' in model)) return undefined;
  const file = path.isAbsolute(model.openqasm) ? model.openqasm : path.join(folder, model.openqasm);
  try {
    return readCircuitFile(file, model.inputs ?? (states ? [] : undefined), folder);
  } catch (error) {
    throw error instanceof InputError ? inSpec(error, file) : error;
  }
}

/** What is wrong inside the file has its place there; a file that cannot be read and names of inputs have it in the SPEC. */
function inSpec(error: InputError, file: string): InputError {
  if (error.problems[0]?.where === file) return unreadable('model.openqasm', file, error);
  return error.at(({ where }) => (where === 'inputs' ? 'model.inputs' : where));
}
