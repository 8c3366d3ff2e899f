import { type Angle, expressionOf } from '../circuit/angle.ts';
import type { CircuitSource } from '../circuit/circuit.ts';
import { type Notation, spell } from '../circuit/notation.ts';

/** Names as short as a drawing needs them. */
export interface ShortNames {
  readonly inputs: readonly string[];
  readonly parameters: readonly string[];
}

/** Names of a circuit's inputs (x0, x1, … where it has none) and parameters for a drawing. */
export function shortNames(source: CircuitSource, inputs?: readonly string[]): ShortNames {
  return {
    inputs: inputs ? inputs.map(short) : Array.from({ length: source.inputs }, (_, k) => `x${k}`),
    parameters: source.parameters.map(short),
  };
}

/** Names of the wires of a drawing. */
export const wireNames = ({ qubits, qubitNames }: CircuitSource): readonly string[] =>
  qubitNames ?? Array.from({ length: qubits }, (_, q) => `q${q}`);

const letters: Record<string, string> = {
  theta: 'θ',
  phi: 'φ',
  lambda: 'λ',
  omega: 'ω',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
};

/** theta_0 and _θ_0_ become θ0. */
function short(name: string): string {
  const [, word, rest] = /^_*(\p{L}+)(?:_(?=\d))?(.*?)_*$/u.exec(name) ?? ['', name, ''];
  return (letters[word] ?? word) + rest;
}

/** Longest text of a gate's angles. */
const longest = 22;

/** The angles of a gate, numbers to three digits. */
export function shortAngles(angles: readonly Angle[], names: ShortNames): string {
  const notation = shortNotation(names);
  const spelled = angles.map((angle) => spell(expressionOf(angle), notation)).join(',');
  const text = spelled.replaceAll('-', '−');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function shortNotation({ inputs, parameters }: ShortNames): Notation {
  return {
    number: shortNumber,
    input: (index) => inputs[index],
    parameter: (index) => parameters[index],
    signs: { '+': '+', '-': '-', '*': '·', '/': '/', '^': '^' },
    power: (base, exponent) => base + ['²', '³', '⁴'][exponent - 2],
    function: (operator) => operator,
  };
}

/** π/2, 2π, 0.123, 1.2e-7. */
function shortNumber(value: number): string {
  if (value < 0) return `-${shortNumber(-value)}`;
  for (const denominator of [1, 2, 3, 4, 6, 8]) {
    const numerator = Math.round((value / Math.PI) * denominator);
    if (numerator < 1 || numerator > 8 || Math.abs(value - (numerator * Math.PI) / denominator) > 1e-12) continue;
    return `${numerator === 1 ? '' : numerator}π${denominator === 1 ? '' : `/${denominator}`}`;
  }
  return String(Number(value.toPrecision(3)));
}
