import path from 'node:path';
import { InputError, type QasmCircuit, type Spec } from '@qntk/core';
import { readCircuitFile } from '../files/openqasm.ts';

/** The circuit of a SPEC in `folder` where it comes from a file, which can include others from that folder alone. */
export function readCircuit(model: Spec['model'], folder: string): QasmCircuit | undefined {
  if (!('openqasm' in model)) return undefined;
  const file = path.isAbsolute(model.openqasm) ? model.openqasm : path.join(folder, model.openqasm);
  try {
    return readCircuitFile(file, model.inputs, folder);
  } catch (error) {
    // What is wrong inside the file has its place there; a file that cannot be read has it in the SPEC.
    if (!(error instanceof InputError) || !error.message.startsWith(`cannot read ${file}`)) throw error;
    throw new InputError(`model.openqasm: ${error.message}`, { cause: error });
  }
}
