import * as code from '../../wasm/codes.ts';
import { jobWords, type Matrix, type Workspace } from './memory.ts';
import type { RankOneUpdate } from './secular.ts';

/** Rows of n numbers that updates of order up to n take beside their matrices. */
export const updateLines = 6;

/** Where an update is solved: `vectors` and `gaps` have room for k × k numbers, `lines` is {@link updateLines} × n. */
export interface UpdateRooms {
  readonly vectors: Matrix;
  readonly gaps: Matrix;
  readonly lines: Matrix;
}

/**
 * Eigenvalues of a rank-one update, ascending. Its eigenvectors become the rows of the k × k numbers at the beginning of
 * `rooms.vectors`, their entries in the order of `places`. The same as `secular.ts` to the last bit.
 */
export function solveUpdate(
  { machine, buffer, header }: Workspace,
  { poles, z, rho }: RankOneUpdate,
  places: readonly number[],
  { vectors, gaps, lines }: UpdateRooms,
): Float64Array {
  const k = poles.length;
  const line = (i: number) => lines.at + 8 * i * lines.columns;
  new Float64Array(buffer, line(0), k).set(poles);
  new Float64Array(buffer, line(1), k).set(z);
  new Uint32Array(buffer, line(2), k).set(places);
  const words = jobWords({ buffer, header }, code.SECULAR);
  words[code.SECULAR_ORDER] = k;
  words[code.SECULAR_POLES] = line(0);
  words[code.SECULAR_Z] = line(1);
  words[code.SECULAR_PLACES] = line(2);
  words[code.SECULAR_ROOTS] = line(3);
  words[code.SECULAR_GAPS] = gaps.at;
  words[code.SECULAR_VECTORS] = vectors.at;
  words[code.SECULAR_SCRATCH] = line(4);
  new Float64Array(buffer, header + 4 * code.SECULAR_RHO, 1)[0] = rho;
  machine.perform(header, 1, false);
  return new Float64Array(buffer, line(3), k).slice();
}
