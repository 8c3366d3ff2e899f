import { createMachine } from '../../wasm/machine.ts';
import { type Matrix, type Workspace, workspace } from './memory.ts';

/** Matrices of a stack for which there is room at least; those of a larger one get it when it comes. */
const usual = 8;
/** Room for so many more: of a few stacks in turn, which have most of their matrices in common, all stay. */
const spare = 4;

/** Room for vectors beside matrices, in numbers, as stacks of at most so many matrices need it. */
export interface Beside {
  readonly list: Matrix;
  readonly columns: Matrix;
  readonly ofColumns: Matrix;
  readonly ofRows: Matrix;
  readonly result: Matrix;
  readonly targets: Matrix;
  readonly ofMatrices: Matrix;
}

/**
 * Memory that only stacks use, so that matrices stay there from one to the next whatever else is computed in between: of samples
 * along a path all but one are those of the stack before. It holds the matrices of one shape that were asked for last, and names
 * none that is not wanted any more.
 */
const machine = createMachine();

let standing: Room | undefined;

/** Room for stacks of `count` matrices, m × n. What is there of others is lost where it has to be made. */
export function roomFor(count: number, m: number, n: number): Room {
  if (!standing?.fits(count, m, n)) standing = new Room(Math.max(usual, count), m, n);
  return standing;
}

/** Room for matrices of one shape in the memory of stacks. */
export class Room {
  readonly space: Workspace;
  readonly beside: Beside;
  readonly #most: number;
  readonly #m: number;
  readonly #n: number;
  readonly #places: readonly Matrix[];
  /** Which matrix each place has, and when it was asked for last. */
  readonly #held: number[];
  readonly #asked: number[];
  #time = 0;
  #changes = 0;
  /** The columns that were put beside the matrices last. */
  #columns: Float64Array | undefined;

  constructor(most: number, m: number, n: number) {
    [this.#most, this.#m, this.#n] = [most, m, n];
    const places = most + spare;
    this.space = workspace(
      [
        [1, most],
        [m * most, most],
        [most, n + most],
        [m, most],
        [1, n + most],
        [2, m],
        [5, most],
        ...Array.from({ length: places }, () => [m, n] as const),
      ],
      machine,
    );
    const [list, columns, ofColumns, ofRows, result, targets, ofMatrices, ...matrices] = this.space.matrices;
    this.beside = { list, columns, ofColumns, ofRows, result, targets, ofMatrices };
    this.#places = matrices;
    this.#held = matrices.map(() => 0);
    this.#asked = matrices.map(() => 0);
  }

  /** How often a matrix took the place of another one: addresses stay as long as this does. */
  get changes(): number {
    return this.#changes;
  }

  fits(count: number, m: number, n: number): boolean {
    return count <= this.#most && m === this.#m && n === this.#n;
  }

  /** Addresses of matrices, at most as many as there is room for; those that are not there take the places of what was not asked for longest. */
  addressesOf(matrices: readonly Float64Array[]): number[] {
    this.#time++;
    const names = matrices.map(nameOf);
    const known = names.map((name) => this.#held.indexOf(name));
    for (const place of known) if (place >= 0) this.#asked[place] = this.#time;
    return known.map((place, i) => this.#places[place >= 0 ? place : this.#taken(matrices[i], names[i])].at);
  }

  /** Puts columns beside the matrices, but where they stand there already. */
  putColumns(values: Float64Array): void {
    if (this.#columns === values) return;
    this.beside.columns.numbers.set(values);
    this.#columns = values;
  }

  #taken(matrix: Float64Array, name: number): number {
    const place = this.#asked.indexOf(Math.min(...this.#asked));
    this.#places[place].numbers.set(matrix);
    this.#changes++;
    this.#held[place] = name;
    this.#asked[place] = this.#time;
    return place;
  }
}

const names = new WeakMap<Float64Array, number>();
let named = 0;

/** A number from 1 of a matrix, of no other one ever: no room keeps a matrix from being forgotten. */
export function nameOf(matrix: Float64Array): number {
  const known = names.get(matrix);
  if (known !== undefined) return known;
  named++;
  names.set(matrix, named);
  return named;
}
