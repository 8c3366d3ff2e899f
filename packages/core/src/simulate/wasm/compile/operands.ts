import { adjoint, type Complex, order } from '../../../linalg/complex.ts';
import * as code from '../../../wasm/codes.ts';
import { instruction } from './instruction.ts';
import { anglesOf, type Pass, type Plan, type Term } from './passes.ts';
import type { SlotAngle } from './primitives.ts';
import { offsetOn } from './stages.ts';

/** Numbers that follow from angles: cosine and sine of a phase, or what a pass of rotations needs. */
export interface Constants {
  /** `scaled` rotations leave their scale, the product of their cosines, to the next table: it is their fourth constant. */
  readonly kind: 'rotation' | 'scaled' | 'phase';
  /** Index of the first: of a number or, with one for every point, of a row. */
  readonly at: number;
  readonly angles: readonly SlotAngle[];
}

/** A constant that is `factor` times the coefficient of an observable's term. */
export interface CoefficientConstant {
  readonly at: number;
  readonly term: number;
  readonly factor: number;
}

/** The operation of a pass and the words that describe it, forwards and backwards. */
export interface Operands {
  readonly operation: number;
  readonly forward: readonly number[];
  readonly inverse: readonly number[];
  /** Instruction that builds the table anew before each use, where tables are not kept. */
  readonly build?: readonly number[];
}

/** The numbers, tables and words that instructions refer to, and the instructions that build the tables. */
export class OperandStore {
  /** Instructions to be executed once a call, and first in every block. */
  readonly setup: number[] = [];
  readonly blockSetup: number[] = [];
  /** All constants; those that follow from angles are 0 here. */
  readonly constants: number[] = [];
  /** Constants of a call, of a block (of one point), and rows of constants of a block. */
  readonly shared: Constants[] = [];
  readonly perPoint: Constants[] = [];
  readonly rows: Constants[] = [];
  readonly coefficients: CoefficientConstant[] = [];
  rowCount: number;
  tables = 0;
  blockTables = 0;
  /** Bytes of scratch memory the largest dense matrix needs. */
  groupBytes = 0;
  /** In parts: permutations of many qubits together are longer than one array should be. */
  readonly words: Uint32Array[] = [];
  private wordCount = 0;
  private readonly plan: Plan;
  private readonly narrow: boolean;
  private readonly keepTables: boolean;
  /** Scales the next table has to make up for. */
  private scales: Constants[] = [];

  constructor(plan: Plan, narrow: boolean, keepTables: boolean) {
    this.plan = plan;
    this.narrow = narrow;
    this.keepTables = keepTables;
    this.rowCount = plan.preparations ? 3 * plan.qubits : 0;
  }

  /** Table of an observable's diagonal part (−1: none), number of its other terms, and (x, z, constant) of each. */
  observableWords(terms: readonly Term[]): number[] {
    const diagonal = terms.filter(({ x }) => x === 0).sort((a, b) => a.z - b.z);
    const table = diagonal.length > 0 ? this.tables++ : -1;
    const weights = diagonal.flatMap((term) => [term.z, this.fixCoefficient(term, [1])]);
    if (table >= 0) this.setup.push(...instruction(code.BUILD_WEIGHTS, table, diagonal.length, ...weights));
    const others = terms.filter(({ x }) => x !== 0);
    return [table, others.length, ...others.flatMap((term) => this.termWords(term))];
  }

  private termWords(term: Term): number[] {
    const re = [1, 0, -1, 0][term.phasePower];
    const im = [0, 1, 0, -1][term.phasePower];
    return [term.x, term.z, this.fixCoefficient(term, [re, im])];
  }

  /** Constants that are multiples of a term's coefficient, which a call may replace; returns the index of the first. */
  private fixCoefficient({ index, coefficient }: Term, factors: readonly number[]): number {
    const at = this.fix(factors.map((factor) => factor * coefficient));
    factors.forEach((factor, k) => {
      this.coefficients.push({ at: at + k, term: index, factor });
    });
    return at;
  }

  /** Operands of all passes, in order. With `scaled`, rotations before a table leave their scale to it. */
  operandsOf(passes: readonly Pass[], scaled: boolean): Operands[] {
    return passes.map((pass, i) => {
      if (pass.kind === 'permutation') return this.permutationOperands(pass.source);
      if (pass.kind === 'dense') return this.denseOperands(pass.wires, pass.matrix);
      if (pass.kind === 'phase') return this.phaseOperands(pass, this.isEach(pass));
      if (this.isEach(pass)) {
        return { operation: code.ROTATE_EACH, ...bothWays(this.addRows('rotation', pass.angles), pass.qubits) };
      }
      const next = passes.slice(i + 1).find(({ kind }) => kind !== 'rotation');
      return this.rotationOperands(pass, scaled && next?.kind === 'phase' && !this.isEach(next));
    });
  }

  /** Whether the constants of a pass are rows, with a number for every point. */
  isEach(pass: Pass): boolean {
    return !this.narrow && anglesOf(pass).some((angle) => this.plan.dependsOnPoint(angle));
  }

  private permutationOperands(source: Uint32Array): Operands {
    return { operation: code.PERMUTE, ...bothWays(this.addWords(source), []) };
  }

  private rotationOperands({ qubits, angles }: Pass & { kind: 'rotation' }, beforeTable: boolean): Operands {
    if (qubits.length === 1)
      return { operation: code.ROTATE1, ...bothWays(this.addConstants('rotation', angles, 2).at, qubits) };
    const constants = this.addConstants(beforeTable ? 'scaled' : 'rotation', angles, 4);
    if (beforeTable) this.scales.push(constants);
    return { operation: code.ROTATE2, ...bothWays(constants.at, qubits) };
  }

  private phaseOperands({ masks, angles }: Pass & { kind: 'phase' }, each: boolean): Operands {
    const scales = this.scales;
    this.scales = [];
    const perPoint = each || [...angles, ...scales.flatMap((scale) => scale.angles)].some(this.plan.dependsOnPoint);
    const terms = masks.flatMap((mask, i) => {
      const angle = [angles[i]];
      return [mask, each ? this.addRows('phase', angle) : this.addConstants('phase', angle, 2).at];
    });
    const factors = scales.flatMap((scale) => [0, scale.at + 3]);
    const count = masks.length + scales.length;
    const table = this.claimTable(each);
    const build = instruction(each ? code.BUILD_EACH : code.BUILD, table, count, ...factors, ...terms);
    const operands = { operation: each ? code.TABLE_EACH : code.TABLE, ...bothWays(table, []) };
    if (!this.keepTables) return { ...operands, build };
    (perPoint ? this.blockSetup : this.setup).push(...build);
    return operands;
  }

  /** A table of its own, or the one that all passes share. */
  private claimTable(each: boolean): number {
    const table = !this.keepTables ? 0 : each ? this.blockTables : this.tables;
    if (each) this.blockTables = table + 1;
    else this.tables = table + 1;
    return table;
  }

  private denseOperands(wires: readonly number[], matrix: Complex): Operands {
    const n = order(matrix);
    const offsets = Array.from({ length: n }, (_, c) => offsetOn(wires, c));
    const shape = [n, offsets[n - 1], this.addWords(Uint32Array.from(offsets))];
    this.groupBytes = Math.max(this.groupBytes, 32 * n);
    return {
      operation: code.DENSE,
      forward: [1, this.fix(matrix), ...shape],
      inverse: [1, this.fix(adjoint(matrix)), ...shape],
    };
  }

  /** Stores words and returns the index of the first. */
  private addWords(words: Uint32Array): number {
    const at = this.wordCount;
    this.words.push(words);
    this.wordCount += words.length;
    return at;
  }

  /** Stores constants that never change and returns the index of the first. */
  fix(numbers: Iterable<number>): number {
    const at = this.constants.length;
    for (const number of numbers) this.constants.push(number);
    return at;
  }

  private addConstants(kind: Constants['kind'], angles: readonly SlotAngle[], count: number): Constants {
    const constants = { kind, at: this.fix(Array<number>(count).fill(0)), angles };
    const perPoint = angles.some((angle) => this.plan.dependsOnPoint(angle));
    (perPoint ? this.perPoint : this.shared).push(constants);
    return constants;
  }

  private addRows(kind: Constants['kind'], angles: readonly SlotAngle[]): number {
    const at = this.rowCount;
    this.rowCount += 2;
    this.rows.push({ kind, at, angles });
    return at;
  }
}

/** Sign and index of the constants or table, then the qubits. */
function bothWays(at: number, qubits: readonly number[]): Pick<Operands, 'forward' | 'inverse'> {
  return { forward: [1, at, ...qubits], inverse: [-1, at, ...qubits] };
}
