import * as code from '../../../wasm/codes.ts';
import { chunked } from './chunks.ts';
import { append, instruction } from './instruction.ts';
import { type CoefficientConstant, type Constants, OperandStore, type Operands } from './operands.ts';
import { anglesOf, type Pass, type Plan, passesOf } from './passes.ts';
import type { SlotAngle } from './primitives.ts';
import { walshHadamard } from './walsh-hadamard.ts';

/** weight · reading belongs to the derivative with respect to slot. */
interface Reading {
  readonly reading: number;
  readonly slot: number;
  readonly weight: number;
}

/** What one kind of call executes, independent of the number of points in a block. */
export interface Program {
  /** Instructions to be executed once a call, and for every block. */
  readonly setup: Int32Array;
  readonly block: Int32Array;
  /** Instructions of a block, chunks counted once: what it costs. */
  readonly passes: number;
  readonly words: readonly Uint32Array[];
  readonly constants: Float64Array;
  readonly shared: readonly Constants[];
  readonly perPoint: readonly Constants[];
  readonly rows: readonly Constants[];
  readonly coefficients: readonly CoefficientConstant[];
  readonly rowCount: number;
  readonly tables: number;
  readonly blockTables: number;
  readonly psiBuffers: number;
  /** Rows the instructions write: the values, then derivatives. */
  readonly readingCount: number;
  /** Slots of the derivatives, 0 where none are wanted. */
  readonly slots: number;
  readonly groupBytes: number;
}

/** What a program is for. */
export interface Variant {
  readonly derivatives: boolean;
  /** Blocks of one point. */
  readonly narrow: boolean;
  /** States of more qubits are worked on in chunks of 2^within rows. */
  readonly within: number;
  /**
   * Keep every table, and the state behind every pass for the way back, instead of building tables anew and undoing
   * the passes.
   */
  readonly keep: boolean;
}

/** Writes the program of a plan. */
export function programOf(plan: Plan, variant: Variant): Program {
  const store = new OperandStore(plan, variant.narrow, variant.keep);
  const passes = passesOf(plan, variant.narrow, variant.within);
  // A scale left to a table is lost on ψ when the table is undone.
  const operands = store.operandsOf(passes, variant.keep || !variant.derivatives);
  const firstTrainable = passes.findIndex((pass) => anglesOf(pass).some(plan.isTrainable));
  const backFrom = variant.derivatives && firstTrainable >= 0 ? firstTrainable : passes.length;
  const buffers = buffersOf(plan, passes, variant.keep ? backFrom : passes.length);
  const block = [...store.blockSetup];
  if (plan.preparations) block.push(...instruction(code.PRODUCT, 0, 0));
  operands.forEach((operand, i) => {
    block.push(...transform(operand, operand.forward, code.ON_PSI, buffers[i], buffers[i + 1]));
  });
  const final = buffers[passes.length];
  plan.observables.forEach((terms, output) => {
    block.push(...instruction(code.OBSERVE, final, output, ...store.observableWords(terms)));
  });
  block.push(...instruction(code.VALUE, final, 0));
  const back = wayBack(plan, passes.slice(backFrom), operands.slice(backFrom), buffers.slice(backFrom), variant.keep);
  append(block, back.words);
  if (variant.derivatives) {
    const weights = store.fix(back.readings.map(({ weight }) => weight));
    const entries = back.readings.flatMap(({ reading, slot }) => [reading, slot]);
    append(block, [code.COLLECT, entries.length + 4, back.readings.length, weights]);
    append(block, entries);
  }
  return {
    setup: Int32Array.from(store.setup),
    block: Int32Array.from(chunked(block, variant.within, plan.qubits)),
    passes: countOf(block),
    words: store.words,
    constants: Float64Array.from(store.constants),
    shared: store.shared,
    perPoint: store.perPoint,
    rows: store.rows,
    coefficients: store.coefficients,
    rowCount: store.rowCount,
    tables: store.tables,
    blockTables: store.blockTables,
    psiBuffers: largest(buffers.concat(back.buffers)) + 1,
    readingCount: back.readingCount,
    slots: variant.derivatives ? plan.slots : 0,
    groupBytes: store.groupBytes,
  };
}

const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

/** Number of instructions. */
function countOf(words: readonly number[]): number {
  let count = 0;
  for (let at = 0; at < words.length; at += words[at + 1]) count++;
  return count;
}

/**
 * The buffer of ψ before each pass and behind the last. From pass `keepFrom` on, states from which derivatives will be
 * read have a buffer of their own; all others share buffers 0 and 1, or 2 and 3 after the first one kept.
 */
function buffersOf(plan: Plan, passes: readonly Pass[], keepFrom: number): number[] {
  const buffers = [0];
  let spare = 0;
  let next = 4;
  passes.forEach((pass, i) => {
    const from = buffers[i];
    if (i >= keepFrom) spare = 2;
    if (i >= keepFrom && isRead(plan, pass, passes[i + 1])) buffers.push(next++);
    else if (from < spare || from >= 4) buffers.push(spare);
    else buffers.push(inPlace(pass) ? from : spare + (from === spare ? 1 : 0));
  });
  return buffers;
}

/** Derivatives of rotations are read from the state behind them, those of phases from the state before. */
function isRead(plan: Plan, before: Pass, after: Pass | undefined): boolean {
  const isTrained = (pass: Pass | undefined, kind: Pass['kind']) =>
    pass?.kind === kind && anglesOf(pass).some(plan.isTrainable);
  return isTrained(before, 'rotation') || isTrained(after, 'phase');
}

/** Whether a pass can write over what it reads. */
const inPlace = (pass: Pass): boolean => pass.kind !== 'permutation';

function transform(
  { operation, build = [] }: Operands,
  words: readonly number[],
  target: number,
  from: number,
  to: number,
): number[] {
  const [sign, ...rest] = words;
  return [...build, ...instruction(operation, target, from, to, sign, ...rest)];
}

/** The instructions of the way back and what they read. */
class WayBack {
  readonly words: number[] = [];
  readonly readings: Reading[] = [];
  /** Reading 0 are the values, 1 is for sums that are not wanted. */
  readingCount = 2;
  readonly buffers: number[] = [];
  private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** Rotations of one qubit: derivatives first, then λ goes back. */
  readRotation(qubit: number, angle: SlotAngle, psi: number, lambda: number): void {
    this.words.push(...instruction(code.READ1, psi, lambda, this.claim(angle, 1), qubit));
  }

  readRotations(pass: Pass & { kind: 'rotation' }, operands: Operands, psi: number, lambda: number): void {
    const [first] = pass.angles.map((angle) => this.claim(angle, 1));
    const [, at, ...qubits] = operands.forward;
    this.words.push(...instruction(code.READ_ROTATION2, psi, lambda, first, ...qubits, at));
  }

  readPhases(pass: Pass & { kind: 'phase' }, operands: Operands, psi: number, lambda: number): void {
    const wanted = [...pass.masks.keys()].filter((i) => this.plan.isTrainable(pass.angles[i]));
    // The derivative with respect to the angle α of exp(−iαχ) is 2·Im⟨λ|χψ⟩.
    const sums = wanted.map((i) => ({ mask: pass.masks[i], reading: this.claim(pass.angles[i], 2) }));
    const operation = operands.operation === code.TABLE ? code.READ_TABLE : code.READ_TABLE_EACH;
    const [, table] = operands.forward;
    this.words.push(...instruction(operation, psi, lambda, table, ...walshHadamard(sums, this.plan.qubits, 1)));
  }

  /** The next reading, `factor` times which is the derivative with respect to an angle. */
  private claim(angle: SlotAngle, factor: number): number {
    const reading = this.readingCount++;
    for (const { slot, weight } of this.plan.trainableSlots(angle))
      this.readings.push({ reading, slot, weight: factor * weight });
    return reading;
  }
}

/** Reads the derivatives of each pass, last first, and takes λ (and ψ, unless it was kept) back through it. */
function wayBack(
  plan: Plan,
  passes: readonly Pass[],
  operands: readonly Operands[],
  stored: readonly number[],
  keep: boolean,
): WayBack {
  const back = new WayBack(plan);
  let lambda = 0;
  let psi = stored[passes.length];
  for (let i = passes.length - 1; i >= 0; i--) {
    const pass = passes[i];
    const before = keep ? stored[i] : inPlace(pass) ? psi : 1 - psi;
    const undoPsi = keep ? [] : transform(operands[i], operands[i].inverse, code.ON_PSI, psi, before);
    const nextLambda = inPlace(pass) ? lambda : 1 - lambda;
    const undoLambda = transform(operands[i], operands[i].inverse, code.ON_LAMBDA, lambda, nextLambda);
    if (!anglesOf(pass).some(plan.isTrainable)) {
      back.words.push(...undoPsi, ...undoLambda);
    } else if (pass.kind === 'phase') {
      back.words.push(...undoPsi);
      back.readPhases(pass, operands[i], before, lambda);
    } else if (pass.kind === 'rotation' && pass.qubits.length === 2) {
      back.readRotations(pass, operands[i], psi, lambda);
      back.words.push(...undoPsi);
    } else if (pass.kind === 'rotation') {
      back.readRotation(pass.qubits[0], pass.angles[0], psi, lambda);
      back.words.push(...undoPsi, ...undoLambda);
    }
    psi = before;
    lambda = nextLambda;
    back.buffers.push(psi);
  }
  return back;
}
