import * as code from '../../wasm/codes.ts';
import { inOrder, type JacobiRows, type OrthogonalRows, orthogonalise, type Sweep } from '../jacobi.ts';
import { jobWords, type Matrix, type Workspace, workspace } from './memory.ts';
import { rotateNeighbours } from './windows.ts';

/** QR with column pivoting in place, as `factor` of ../qr.ts. */
export function factorFast(q: Float64Array, m: number, n: number): { tau: Float64Array; pivots: Uint32Array } {
  const space = workspace([
    [n, m],
    [1, n],
    [1, n],
    [2, n],
  ]);
  const [columns, tau, pivots, norms] = space.matrices;
  columns.numbers.set(q);
  factorJob(space, code.FACTOR, m, n, { columns, tau, pivots, norms });
  q.set(columns.numbers);
  return { tau: tau.numbers.slice(), pivots: new Uint32Array(space.buffer, pivots.at, n).slice() };
}

/** The first n columns of Q in place, as `formQ` of ../qr.ts. */
export function formQFast(q: Float64Array, given: Float64Array, m: number, n: number): void {
  const space = workspace([
    [n, m],
    [1, n],
  ]);
  const [columns, tau] = space.matrices;
  columns.numbers.set(q);
  tau.numbers.set(given);
  factorJob(space, code.FORM_Q, m, n, { columns, tau });
  q.set(columns.numbers);
}

function factorJob(
  { machine, buffer, header }: Workspace,
  kind: number,
  m: number,
  n: number,
  { columns, tau, pivots, norms }: { columns: Matrix; tau: Matrix; pivots?: Matrix; norms?: Matrix },
): void {
  const words = jobWords({ buffer, header }, kind);
  words[code.FACTOR_COLUMNS] = columns.at;
  words[code.FACTOR_M] = m;
  words[code.FACTOR_N] = n;
  words[code.FACTOR_TAU] = tau.at;
  words[code.FACTOR_PIVOTS] = pivots?.at ?? 0;
  words[code.FACTOR_NORMS] = norms?.at ?? 0;
  machine.perform(header, 1, false);
}

/** Room for the Jacobi iteration of n rows, with what it sweeps by. */
export interface JacobiRoom {
  readonly rows: JacobiRows;
  readonly sweep: Sweep;
}

/** What `jacobiRoom` needs in a workspace for n rows: scales, norms and the order of the rows. */
export const jacobiShape = (n: number): readonly [number, number] => [3, n];

/**
 * The iteration on the rows of two matrices of a workspace; `lines` has the shape that `jacobiShape` says. Only the `heads`
 * longest rows are made orthogonal, to each other and to the rest.
 */
export function jacobiRoom(space: Workspace, y: Matrix, others: Matrix, lines: Matrix, heads = y.rows): JacobiRoom {
  const n = y.rows;
  const { machine, buffer, header } = space;
  const line = (i: number) => lines.at + 8 * i * lines.columns;
  const scales = new Float64Array(buffer, line(0), n).fill(1);
  const norms = new Float64Array(buffer, line(1), n);
  const order = new Uint32Array(buffer, line(2), n);
  const rows = { n, length: y.columns, y: y.numbers, scales, norms, width: others.columns, rotations: others.numbers };
  const sweep: Sweep = (_, by, tolerance) => {
    order.set(by);
    const words = jobWords({ buffer, header }, code.SWEEP);
    words[code.SWEEP_ROWS] = y.at;
    words[code.SWEEP_LENGTH] = y.columns;
    words[code.SWEEP_OTHERS] = others.at;
    words[code.SWEEP_OTHER_LENGTH] = others.columns;
    words[code.SWEEP_SCALES] = line(0);
    words[code.SWEEP_NORMS] = line(1);
    words[code.SWEEP_ORDER] = line(2);
    words[code.SWEEP_COUNT] = n;
    words[code.SWEEP_HEADS] = heads;
    new Float64Array(buffer, header + 4 * code.SWEEP_TOLERANCE, 1)[0] = tolerance;
    machine.perform(header, 1, false);
    return words[code.SWEEP_RESULT] !== 0;
  };
  return { rows, sweep };
}

/** Orthogonal rows as `jacobi` of ../jacobi.ts finds them; rows of similar length are rotated together first. */
export function jacobiFast(y: Float64Array, n: number): OrthogonalRows {
  const rotated = new Float64Array(n * n);
  for (let j = 0; j < n; j++) rotated[j * n + j] = 1;
  rotateNeighbours(y, rotated, n);
  const space = workspace([[n, n], [n, n], jacobiShape(n)]);
  const [matrix, rotations, lines] = space.matrices;
  matrix.numbers.set(y);
  rotations.numbers.set(rotated);
  const { rows, sweep } = jacobiRoom(space, matrix, rotations, lines);
  return inOrder(rows, orthogonalise(rows, sweep));
}
