import * as code from './wasm-codes.ts';
import { foldings, type SignedSum } from './wasm-foldings.ts';
import { instruction } from './wasm-instruction.ts';
import { type Constants, OperandStore, type Operands } from './wasm-operands.ts';
import { anglesOf, type Pass, type Plan, passesOf } from './wasm-passes.ts';

/** weight · reading belongs to the derivative with respect to slot. */
export interface Reading {
  readonly reading: number;
  readonly slot: number;
  readonly weight: number;
}

/** What one kind of call executes, independent of the number of points in a block. */
export interface Program {
  /** Instructions to be executed once a call, and for every block. */
  readonly setup: Int32Array;
  readonly block: Int32Array;
  readonly words: Uint32Array;
  readonly constants: Float64Array;
  readonly shared: readonly Constants[];
  readonly own: readonly Constants[];
  readonly rows: readonly Constants[];
  readonly rowCount: number;
  readonly tables: number;
  readonly blockTables: number;
  readonly psiBuffers: number;
  /** Rows the instructions write: the values, then derivatives. */
  readonly readingCount: number;
  readonly readings: readonly Reading[];
  readonly groupBytes: number;
}

/** What a program is for. */
export interface Variant {
  readonly derivatives: boolean;
  /** Blocks of one point. */
  readonly narrow: boolean;
  /** Keep the state behind every pass for the way back instead of undoing the passes. */
  readonly keep: boolean;
}

/** Writes the program of a plan. */
export function programOf(plan: Plan, variant: Variant): Program {
  const store = new OperandStore(plan, variant.narrow);
  const passes = passesOf(plan, variant.narrow);
  const operands = passes.map((pass) => store.operandsOf(pass));
  const firstTrainable = passes.findIndex((pass) => anglesOf(pass).some(plan.isTrainable));
  const backFrom = variant.derivatives && firstTrainable >= 0 ? firstTrainable : passes.length;
  const buffers = buffersOf(passes, variant.keep ? backFrom : passes.length);
  const block = [...store.blockSetup];
  if (plan.openings) block.push(...instruction(code.PRODUCT, 0, 0));
  operands.forEach((operand, i) => {
    block.push(...transform(operand, operand.forward, code.ON_PSI, buffers[i], buffers[i + 1]));
  });
  const final = buffers[passes.length];
  plan.observables.forEach((terms, output) => {
    block.push(...instruction(code.OBSERVE, final, output, terms.length, ...store.termWords(terms)));
  });
  block.push(...instruction(code.VALUE, final, 0));
  const back = wayBack(plan, passes.slice(backFrom), operands.slice(backFrom), buffers.slice(backFrom), variant.keep);
  return {
    setup: Int32Array.from(store.setup),
    block: Int32Array.from([...block, ...back.words]),
    words: Uint32Array.from(store.words),
    constants: Float64Array.from(store.constants),
    shared: store.shared,
    own: store.own,
    rows: store.rows,
    rowCount: store.rowCount,
    tables: store.tables,
    blockTables: store.blockTables,
    psiBuffers: Math.max(...buffers, ...back.buffers) + 1,
    readingCount: back.readingCount,
    readings: back.readings,
    groupBytes: store.groupBytes,
  };
}

/** The buffer of ψ before each pass and behind the last: from pass `keepFrom` on a new one each. */
function buffersOf(passes: readonly Pass[], keepFrom: number): number[] {
  const buffers = [0];
  passes.forEach((pass, i) => {
    const from = buffers[i];
    if (i >= keepFrom) buffers.push(Math.max(...buffers) + 1);
    else buffers.push(inPlace(pass) ? from : 1 - from);
  });
  return buffers;
}

/** Whether a pass can write over what it reads. */
const inPlace = (pass: Pass): boolean => pass.kind !== 'permutation';

function transform(
  { operation }: Operands,
  words: readonly number[],
  target: number,
  from: number,
  to: number,
): number[] {
  const [sign, ...rest] = words;
  return instruction(operation, target, from, to, sign, ...rest);
}

interface WayBack {
  readonly words: number[];
  readonly readings: Reading[];
  readonly readingCount: number;
  /** Buffers of ψ used on the way. */
  readonly buffers: number[];
}

/** Reads the derivatives of each pass, last first, and takes λ (and ψ, unless it was kept) back through it. */
function wayBack(
  plan: Plan,
  passes: readonly Pass[],
  operands: readonly Operands[],
  kept: readonly number[],
  keep: boolean,
): WayBack {
  const back: WayBack & { readingCount: number } = { words: [], readings: [], readingCount: 1, buffers: [] };
  let lambda = 0;
  let psi = kept[passes.length];
  for (let i = passes.length - 1; i >= 0; i--) {
    const pass = passes[i];
    read(plan, pass, psi, lambda, back);
    if (i === 0) break;
    const nextPsi = keep ? kept[i] : inPlace(pass) ? psi : 1 - psi;
    if (!keep) back.words.push(...transform(operands[i], operands[i].inverse, code.ON_PSI, psi, nextPsi));
    const nextLambda = inPlace(pass) ? lambda : 1 - lambda;
    back.words.push(...transform(operands[i], operands[i].inverse, code.ON_LAMBDA, lambda, nextLambda));
    psi = nextPsi;
    lambda = nextLambda;
    back.buffers.push(psi);
  }
  return back;
}

function read(plan: Plan, pass: Pass, psi: number, lambda: number, back: WayBack & { readingCount: number }): void {
  if (!anglesOf(pass).some(plan.isTrainable)) return;
  const first = back.readingCount;
  if (pass.kind === 'turn') {
    back.readingCount += pass.qubits.length;
    if (pass.qubits.length === 3) back.words.push(...instruction(code.READ3, psi, lambda, first, ...pass.qubits));
    else
      pass.qubits.forEach((qubit, i) => {
        back.words.push(...instruction(code.READ1, psi, lambda, first + i, qubit));
      });
    pass.angles.forEach((angle, i) => {
      for (const { slot, weight } of plan.trainableSlots(angle))
        back.readings.push({ reading: first + i, slot, weight });
    });
  } else if (pass.kind === 'phase') {
    const sums: SignedSum[] = [];
    pass.masks.forEach((mask, i) => {
      const slots = plan.trainableSlots(pass.angles[i]);
      if (slots.length === 0) return;
      const reading = back.readingCount++;
      sums.push({ mask, reading });
      // The derivative with respect to the angle α of exp(−iαχ) is 2·Im⟨λ|χψ⟩.
      for (const { slot, weight } of slots) back.readings.push({ reading, slot, weight: 2 * weight });
    });
    back.words.push(...instruction(code.READ_DIAGONAL, psi, lambda, ...foldings(sums, plan.qubits)));
  }
}
