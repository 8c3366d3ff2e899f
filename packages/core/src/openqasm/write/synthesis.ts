import { type Complex, order } from '../../linalg/complex.ts';

/** One gate on basis states that agree with `ones` and `zeros`: RY or P on `target`, or P on the controls alone. */
export interface Step {
  readonly gate: 'ry' | 'p';
  readonly angle: number;
  readonly target: number;
  /** Wires that must be 1. */
  readonly ones: readonly number[];
  /** Wires that must be 0. */
  readonly zeros: readonly number[];
}

/** A unitary as a global phase and controlled rotations, in the order they are applied. */
export interface Synthesis {
  readonly phase: number;
  readonly steps: readonly Step[];
}

/** Rotations by less than this are left out: the rounding of the matrix itself. */
const negligible = 1e-15;

/**
 * Takes a unitary (2^k × 2^k, wire 0 least significant) apart exactly: Givens rotations between basis states that differ
 * in one bit make it diagonal, and diag(e^{iφ}) is a product of phases controlled by sets of wires. Every zero of the
 * matrix saves gates: a permutation of two states takes a handful, a dense matrix at most 4^k + 2^k.
 */
export function synthesize(matrix: Complex): Synthesis {
  const d = order(matrix);
  const work = matrix.slice();
  const undone: Step[] = [];
  for (let column = 0; column < d; column++)
    for (let bit = 0; 1 << bit < d; bit++)
      // Rows that agree with the column on all lower bits: each is rotated into its neighbour across this bit, which is
      // not before the column, so that the columns done stay done.
      for (let row = column + 1; row < d; row++)
        if (lowestBit(row ^ column) === bit) undone.push(...clear(work, d, row, row ^ (1 << bit), column));
  const phases = Array.from({ length: d }, (_, i) => phaseOf(work, i * d + i));
  const { phase, steps } = diagonal(phases);
  return { phase, steps: [...steps, ...undone.reverse()] };
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

const phaseOf = (work: Complex, at: number): number => Math.atan2(work[2 * at + 1], work[2 * at]);

/** Rotates row `from` into row `to` so that its entry in `column` is 0; returns the inverse, last gate first. */
function clear(work: Complex, d: number, from: number, to: number, column: number): Step[] {
  const a = to * d + column;
  const b = from * d + column;
  const sizeA = Math.hypot(work[2 * a], work[2 * a + 1]);
  const sizeB = Math.hypot(work[2 * b], work[2 * b + 1]);
  if (sizeB < negligible) return [];
  const bit = Math.log2(from ^ to);
  const high = Math.max(from, to);
  // P(λ) acts on the state with the bit set; it gives both entries the same phase.
  const phase = sizeA < negligible ? 0 : phaseOf(work, to * d + column) - phaseOf(work, from * d + column);
  const lambda = wrapped(from === high ? phase : -phase);
  multiplyRow(work, d, high, lambda);
  const theta = 2 * Math.atan2(sizeB, sizeA) * (from === high ? -1 : 1);
  rotateRows(work, d, high ^ (1 << bit), high, theta);
  work[2 * b] = 0;
  work[2 * b + 1] = 0;
  const wires = Array.from({ length: Math.log2(d) }, (_, w) => w).filter((w) => w !== bit);
  const ones = wires.filter((w) => (high >> w) & 1);
  const zeros = wires.filter((w) => !((high >> w) & 1));
  const steps: Step[] = [{ gate: 'p', angle: -lambda, target: bit, ones, zeros }];
  steps.push({ gate: 'ry', angle: -theta, target: bit, ones, zeros });
  return steps.filter(({ angle }) => Math.abs(angle) > negligible);
}

/** row ← e^{iφ}·row. */
function multiplyRow(work: Complex, d: number, row: number, phi: number): void {
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
  for (let i = 2 * row * d; i < 2 * (row + 1) * d; i += 2) {
    const re = work[i];
    work[i] = cos * re - sin * work[i + 1];
    work[i + 1] = sin * re + cos * work[i + 1];
  }
}

/** RY(θ) on the states `low` (bit 0) and `high` (bit 1). */
function rotateRows(work: Complex, d: number, low: number, high: number, theta: number): void {
  const [cos, sin] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  for (let c = 0; c < 2 * d; c++) {
    const [a, b] = [work[2 * low * d + c], work[2 * high * d + c]];
    work[2 * low * d + c] = cos * a - sin * b;
    work[2 * high * d + c] = sin * a + cos * b;
  }
}

/** diag(e^{iφ_k}): the phase on the wires of a set is Σ ± φ over its subsets, φ_k being the sum over the subsets of k. */
function diagonal(phases: readonly number[]): Synthesis {
  const sums = [...phases];
  for (let bit = 1; bit < sums.length; bit <<= 1)
    for (let k = 0; k < sums.length; k++) if (k & bit) sums[k] -= sums[k ^ bit];
  const steps = sums.flatMap((sum, set): Step[] => {
    const angle = wrapped(sum);
    if (set === 0 || Math.abs(angle) <= negligible) return [];
    const [target, ...ones] = Array.from({ length: 31 }, (_, w) => w).filter((w) => (set >> w) & 1);
    return [{ gate: 'p', angle, target, ones, zeros: [] }];
  });
  return { phase: wrapped(sums[0]), steps };
}

/** The same angle in (−π, π]. */
const wrapped = (angle: number): number => angle - 2 * Math.PI * Math.ceil(angle / (2 * Math.PI) - 0.5);
