import * as code from '../../wasm/codes.ts';
import { defaultMachine, type Machine } from '../../wasm/machine.ts';

/** A matrix in a machine's memory: `rows` rows of `columns` numbers, one after the other. */
export interface Matrix {
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
  /** The same numbers, row-major. */
  readonly numbers: Float64Array;
}

/** An operand of a product: entry (i, j) is at + i·row + j·column, in bytes. */
export interface Operand {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** Room for matrices in a machine's memory until anything else is computed in it. */
export interface Workspace {
  readonly machine: Machine;
  readonly buffer: ArrayBufferLike;
  /** Where headers of jobs begin, and what the threads pack into. */
  readonly header: number;
  readonly scratch: number;
  readonly matrices: readonly Matrix[];
}

/** Room for matrices of the given shapes, rows × columns; what they hold is left from before. */
export function workspace(
  shapes: readonly (readonly [number, number])[],
  machine: Machine = defaultMachine,
): Workspace {
  let end = 0;
  const next = (bytes: number) => {
    const at = end;
    end = Math.ceil((end + bytes) / 64) * 64;
    return at;
  };
  const header = next(4 * code.JOB_HEADER);
  const scratch = next(machine.threads * code.PACKING_BYTES);
  const places = shapes.map(([rows, columns]) => next(8 * rows * columns));
  machine.owner = undefined;
  const buffer = machine.reserve(end, () => `dense algebra on ${shapes.map((shape) => shape.join(' × ')).join(', ')}`);
  const matrices = shapes.map(([rows, columns], i) => ({
    at: places[i],
    rows,
    columns,
    numbers: new Float64Array(buffer, places[i], rows * columns),
  }));
  return { machine, buffer, header, scratch, matrices };
}

/** The header of a job of one kind in a workspace; threads need no memory of their own unless its writer says so. */
export function jobWords({ buffer, header }: Pick<Workspace, 'buffer' | 'header'>, kind: number): Uint32Array {
  const words = new Uint32Array(buffer, header, code.JOB_HEADER);
  words[code.JOB_KIND] = kind;
  words[code.JOB_THREAD_BYTES] = 0;
  return words;
}

/** The whole matrix, or what begins at an entry of it, as an operand. */
export function whole({ at, columns }: Matrix, row = 0, column = 0): Operand {
  return { at: at + 8 * (row * columns + column), row: 8 * columns, column: 8 };
}

/** The transpose. */
export function transposed({ at, row, column }: Operand): Operand {
  return { at, row: column, column: row };
}
