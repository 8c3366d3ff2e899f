import type { CircuitSource } from '../circuit/circuit.ts';
import type { QubitNames } from '../circuit/observable.ts';
import type { Register } from './interpret/program.ts';
import type { QasmCircuit } from './read.ts';

/** Qubits in a message: beyond, the first and the last tell enough. */
const mostListed = 8;

/**
 * The circuit on those of its qubits alone that a gate acts on or that `named` has, the others being |0⟩ throughout:
 * circuits that were compiled for a machine use few of its qubits. Wires keep the order of the program and have its names.
 *
 * @param named qubits as observables name them, `28`, `$28` or `q[28]`; what is no qubit of the program is left aside.
 */
export function withoutIdleQubits(circuit: QasmCircuit, named: readonly string[] = []): CircuitSource {
  const { source } = circuit;
  const used = new Set(source.operations.flatMap(({ wires }) => wires));
  for (const name of named) {
    const number = numberOf(name, circuit);
    // A qubit of a machine that the program does not use is none of the program.
    if (number !== undefined && circuit.registers.length > 0) used.add(number);
  }
  const remaining = used.size > 0 ? [...used].sort((a, b) => a - b) : [0];
  const place = new Map(remaining.map((number, wire) => [number, wire]));
  return {
    ...source,
    qubits: remaining.length,
    qubitNames: namesOf(remaining, circuit.registers),
    operations: source.operations.map((operation) => ({
      ...operation,
      wires: operation.wires.map((number) => place.get(number) as number),
    })),
  };
}

/** How many qubits are declared that no gate acts on; those of a machine are not declared. */
export function idleQubits({ source, registers }: QasmCircuit): number {
  return registers.length === 0 ? 0 : source.qubits - new Set(source.operations.flatMap(({ wires }) => wires)).size;
}

/**
 * How observables name the qubits of a circuit that was read: as the program does, `Z$28` or `Zq[3]`, or by their number,
 * `Z28`, which counts all registers in order of declaration. `used` is what `withoutIdleQubits` made of the circuit.
 */
export function qubitNames(circuit: QasmCircuit, { qubitNames: names = [] }: CircuitSource): QubitNames {
  const numbers = names.map((name) => numberOf(name, circuit));
  const wires = new Map(numbers.map((number, wire) => [number, wire]));
  const inOrder = circuit.registers.length === 1 && numbers.every((number, wire) => number === wire);
  return {
    wireOf(name) {
      const number = numberOf(name, circuit);
      return number === undefined ? undefined : wires.get(number);
    },
    expected: inOrder ? `qubits 0 to ${names.length - 1}` : `one of ${listed(numbers, names)}`,
  };
}

function listed(numbers: readonly (number | undefined)[], names: readonly string[]): string {
  const each = names.map((name, wire) => `${numbers[wire]} (${name})`);
  const shown = each.length <= mostListed ? each : [...each.slice(0, mostListed - 2), '…', each[each.length - 1]];
  return shown.join(', ');
}

/** Number of a qubit in its program; undefined where it has none of that name. */
function numberOf(name: string, { source, registers }: QasmCircuit): number | undefined {
  const machine = registers.length === 0;
  const inProgram = (number: number) => (number < source.qubits ? number : undefined);
  if (/^\d/.test(name)) return inProgram(Number(name));
  if (name.startsWith('$')) return machine ? inProgram(Number(name.slice(1))) : undefined;
  const [, register, index] = /^(.*?)(?:\[(\d+)\])?$/.exec(name) ?? [];
  const found = registers.find((each) => each.name === register);
  if (!found || found.single !== (index === undefined) || Number(index ?? 0) >= found.size) return undefined;
  return found.first + Number(index ?? 0);
}

/** Names of qubits, given by ascending numbers. */
function namesOf(numbers: readonly number[], registers: readonly Register[]): string[] {
  let r = 0;
  return numbers.map((number) => {
    if (registers.length === 0) return `$${number}`;
    while (number >= registers[r].first + registers[r].size) r++;
    const { name, first, single } = registers[r];
    return single ? name : `${name}[${number - first}]`;
  });
}
