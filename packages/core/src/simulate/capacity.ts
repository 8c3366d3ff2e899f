import { InputError } from '../errors.ts';
import { counted } from '../wording.ts';
import type { Engine } from './engine.ts';

/** For the program itself and the numbers that are not states. */
const aside = 2 ** 20;

/**
 * Whether an engine can hold the states of so many qubits.
 *
 * @param where - what says how many qubits there are, for the error.
 * @throws InputError where a Jacobian of one point does not fit.
 */
export function checkCapacity({ capacity }: Engine, qubits: number, outputs: number, where: string): void {
  const states = capacity.statesAtOnce(outputs);
  const most = Math.floor(Math.log2((capacity.bytes - aside) / (16 * states)));
  if (qubits <= most) return;
  throw new InputError({
    where,
    found: `${counted(qubits, 'qubit')}, which need ${readable(16 * 2 ** qubits)} of memory for one state vector, and ${states} times that for a Jacobian of ${counted(outputs, 'output')}`,
    expected: `at most ${counted(most, 'qubit')}, which fit into ${readable(capacity.bytes)}`,
  });
}

function readable(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${Math.round((bytes / 1024 ** power) * 10) / 10} ${units[power]}`;
}
