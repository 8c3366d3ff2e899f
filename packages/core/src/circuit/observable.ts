import { InputError } from '../errors.ts';

/**
 * coefficient · product of Paulis. Bit q of `x` is set where qubit q carries X or Y, bit q of `z` where it carries Z
 * or Y; both clear is the identity.
 */
export interface PauliTerm {
  readonly coefficient: number;
  readonly x: number;
  readonly z: number;
}

/** A real sum of Pauli products. */
export interface Observable {
  readonly text: string;
  readonly qubits: number;
  readonly terms: readonly PauliTerm[];
}

/** How observables name the qubits of a circuit, where not by wires alone. */
export interface QubitNames {
  /** The wire of a qubit; undefined where the circuit has none of that name. */
  wireOf(name: string): number | undefined;
  /** Which qubits there are, for errors. */
  readonly expected: string;
}

/** Wires 0, 1, … of a circuit by their numbers. */
const wireNumbers = (qubits: number): QubitNames => ({
  wireOf: (name) => (Number(name) < qubits ? Number(name) : undefined),
  expected: `qubits 0 to ${qubits - 1}`,
});

/** A qubit as observables name it: by number, as `$28`, `q[28]` or the name of a qubit. */
const qubitPattern = String.raw`(?:\$?\d+|[\p{L}_][\p{L}\p{N}_]*(?:\[\d+\])?)`;
const factorPattern = `[IXYZ]${qubitPattern}`;
const termPattern = new RegExp(
  String.raw`\s*([+-])?\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)\s*(\*?))?\s*(${factorPattern}(?:\s*\*\s*${factorPattern})*)?`,
  'iuy',
);

/** The qubits that a sum of Pauli products names, as it names them; of a text that is none, anything. */
export function qubitsNamedIn(text: string): string[] {
  return Array.from(text.matchAll(new RegExp(factorPattern, 'giu')), ([factor]) => factor.slice(1));
}

/**
 * Reads a sum such as `0.5*Z0*Z1 - X2`, or `mean-Z` for (1/n) Σ Z.
 *
 * @param qubits number of qubits n of the circuit; qubit q is bit q of a basis index.
 * @param where what the text is called in errors.
 * @param names how the text names qubits, where not by 0, 1, …
 * @throws InputError where the text is no such sum (naming the column) or names a qubit that does not exist.
 */
export function parseObservable(
  text: string,
  qubits: number,
  where = 'observable',
  names: QubitNames = wireNumbers(qubits),
): Observable {
  if (text.trim() === 'mean-Z') {
    const terms = Array.from({ length: qubits }, (_, q) => ({ coefficient: 1 / qubits, x: 0, z: 1 << q }));
    return { text, qubits, terms };
  }
  const terms: PauliTerm[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '' || terms.length === 0) {
    termPattern.lastIndex = at;
    const [whole, sign, number, times, paulis] = termPattern.exec(text) ?? [''];
    const complete =
      (number !== undefined || paulis !== undefined) && (times === '*' || times === undefined ? true : !paulis);
    const dangling = times === '*' && !paulis;
    const coefficient = (sign === '-' ? -1 : 1) * Number(number ?? 1);
    if (!complete || dangling || !Number.isFinite(coefficient) || (terms.length > 0 && sign === undefined)) {
      const column = at + 1;
      throw new InputError({
        where,
        found: `"${text}", which cannot be read from column ${column}`,
        expected: 'a sum of Pauli products such as "0.5*Z0*Z1 - X2", or "mean-Z"',
      });
    }
    terms.push(pauliTerm(coefficient, paulis ?? '', { names, text, where }));
    at += whole.length;
  }
  return { text, qubits, terms };
}

function pauliTerm(
  coefficient: number,
  paulis: string,
  { names, text, where }: { names: QubitNames; text: string; where: string },
): PauliTerm {
  let x = 0;
  let z = 0;
  let seen = 0;
  for (const factor of paulis.split('*').map((part) => part.trim())) {
    if (factor === '') continue;
    const letter = factor[0].toUpperCase();
    const name = factor.slice(1);
    const wire = names.wireOf(name);
    if (wire === undefined)
      throw new InputError({ where, found: `qubit ${name} in "${text}"`, expected: names.expected });
    const bit = 1 << wire;
    if (seen & bit)
      throw new InputError({
        where,
        found: `qubit ${name} twice in one product of "${text}"`,
        expected: 'every qubit once in a product',
      });
    seen |= bit;
    if (letter === 'X' || letter === 'Y') x |= bit;
    if (letter === 'Z' || letter === 'Y') z |= bit;
  }
  return { coefficient, x, z };
}

/** Number of set bits. */
export function bitCount(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
