import { adjoint, type Complex, order } from '../linalg/complex.ts';
import * as code from './wasm-codes.ts';
import { instruction } from './wasm-instruction.ts';
import { anglesOf, type Pass, type Plan, type Term } from './wasm-passes.ts';
import type { SlotAngle } from './wasm-primitives.ts';
import { offsetOn } from './wasm-stages.ts';

/** Numbers that follow from angles: cosine and sine of a phase, or what a pass of turns needs. */
export interface Constants {
  readonly kind: 'turn' | 'phase';
  /** Index of the first: of a number or, with one for every point, of a row. */
  readonly at: number;
  readonly angles: readonly SlotAngle[];
}

/** The operation of a pass and the words that describe it, forwards and backwards. */
export interface Operands {
  readonly operation: number;
  readonly forward: readonly number[];
  readonly inverse: readonly number[];
}

/** The numbers, tables and words that instructions refer to, and the instructions that build the tables. */
export class OperandStore {
  /** Instructions to be executed once a call, and first in every block. */
  readonly setup: number[] = [];
  readonly blockSetup: number[] = [];
  readonly words: number[] = [];
  /** All constants; those that follow from angles are 0 here. */
  readonly constants: number[] = [];
  /** Constants of a call, of a block (of one point), and rows of constants of a block. */
  readonly shared: Constants[] = [];
  readonly own: Constants[] = [];
  readonly rows: Constants[] = [];
  rowCount: number;
  tables = 0;
  blockTables = 0;
  /** Bytes of scratch memory the largest dense matrix needs. */
  groupBytes = 0;
  private readonly plan: Plan;
  private readonly narrow: boolean;

  constructor(plan: Plan, narrow: boolean) {
    this.plan = plan;
    this.narrow = narrow;
    this.rowCount = plan.openings ? 3 * plan.qubits : 0;
  }

  /** Words (x, z, constant) of an observable's terms. */
  termWords(terms: readonly Term[]): number[] {
    return terms.flatMap(({ x, z, coefficient, quarterTurns }) => {
      const re = [1, 0, -1, 0][quarterTurns] * coefficient;
      const im = [0, 1, 0, -1][quarterTurns] * coefficient;
      return [x, z, this.fix([re, im])];
    });
  }

  operandsOf(pass: Pass): Operands {
    if (pass.kind === 'permutation') {
      const at = this.words.length;
      for (const word of pass.source) this.words.push(word);
      return { operation: code.PERMUTE, forward: [1, at], inverse: [-1, at] };
    }
    if (pass.kind === 'dense') return this.denseOperands(pass.wires, pass.matrix);
    const each = !this.narrow && anglesOf(pass).some((angle) => this.plan.dependsOnPoint(angle));
    return pass.kind === 'turn' ? this.turnOperands(pass, each) : this.phaseOperands(pass, each);
  }

  private turnOperands({ qubits, angles }: Pass & { kind: 'turn' }, each: boolean): Operands {
    const at = each ? this.addRows('turn', angles) : this.addConstants('turn', angles, qubits.length + 1);
    const operation = each ? code.ROTATE_EACH : [code.ROTATE1, code.ROTATE2, code.ROTATE3][qubits.length - 1];
    return { operation, forward: [1, at, ...qubits], inverse: [-1, at, ...qubits] };
  }

  private phaseOperands({ masks, angles }: Pass & { kind: 'phase' }, each: boolean): Operands {
    const own = each || angles.some((angle) => this.plan.dependsOnPoint(angle));
    const terms = masks.flatMap((mask, i) => {
      const angle = [angles[i]];
      return [mask, each ? this.addRows('phase', angle) : this.addConstants('phase', angle, 2)];
    });
    const table = each ? this.blockTables++ : this.tables++;
    const build = instruction(each ? code.BUILD_EACH : code.BUILD, table, masks.length, ...terms);
    (own ? this.blockSetup : this.setup).push(...build);
    return { operation: each ? code.TABLE_EACH : code.TABLE, forward: [1, table], inverse: [-1, table] };
  }

  private denseOperands(wires: readonly number[], matrix: Complex): Operands {
    const n = order(matrix);
    const offsets = Array.from({ length: n }, (_, c) => offsetOn(wires, c));
    const shape = [n, offsets[n - 1], this.words.length];
    this.words.push(...offsets);
    this.groupBytes = Math.max(this.groupBytes, 32 * n);
    return {
      operation: code.DENSE,
      forward: [1, this.fix(matrix), ...shape],
      inverse: [1, this.fix(adjoint(matrix)), ...shape],
    };
  }

  private fix(numbers: Iterable<number>): number {
    const at = this.constants.length;
    for (const number of numbers) this.constants.push(number);
    return at;
  }

  private addConstants(kind: Constants['kind'], angles: readonly SlotAngle[], count: number): number {
    const at = this.fix(Array<number>(count).fill(0));
    const own = angles.some((angle) => this.plan.dependsOnPoint(angle));
    (own ? this.own : this.shared).push({ kind, at, angles });
    return at;
  }

  private addRows(kind: Constants['kind'], angles: readonly SlotAngle[]): number {
    const at = this.rowCount;
    this.rowCount += 2;
    this.rows.push({ kind, at, angles });
    return at;
  }
}
