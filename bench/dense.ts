import { spectrumOfJacobian } from '../packages/core/src/kernel/spectrum.ts';
import { cholesky } from '../packages/core/src/linalg/cholesky.ts';
import { symmetricEigen } from '../packages/core/src/linalg/eigen.ts';
import { multiply } from '../packages/core/src/linalg/matrix.ts';
import { svd } from '../packages/core/src/linalg/svd.ts';
import type { Case } from './case.ts';

/** What is done with a rows × cols matrix, as bench/peers/numpy_dense.py does it too, and numbers to compare. */
interface Routine {
  readonly kind: 'product' | 'cholesky' | 'eigen' | 'spectrum' | 'svd';
  run(a: Float64Array, rows: number, cols: number): ArrayLike<number>;
}

const product: Routine = {
  kind: 'product',
  run: (a, n) => {
    const found = multiply(a, a, n, n, n);
    return [found[0], found[n], found[n * n - 1]];
  },
};
const factor: Routine = {
  kind: 'cholesky',
  run: (a, n) => {
    const { L } = cholesky(a, n);
    return Array.from({ length: n }, (_, i) => L[i * (n + 1)]);
  },
};
const eigen: Routine = { kind: 'eigen', run: (a, n) => symmetricEigen(a, n).values };
/** Modes and directions above the cut-off, which is what a diagnosis takes of a Jacobian. */
const spectrum: Routine = {
  kind: 'spectrum',
  run: (a, rows, cols) => spectrumOfJacobian(a, rows, cols).values.map(Math.sqrt),
};
/** Every singular value to its own digits. */
const accurate: Routine = { kind: 'svd', run: (a, rows, cols) => svd(a, rows, cols).s };

/** Dense algebra beside numpy. */
export const denseCases: readonly Case[] = [
  ...[64, 200, 1000].map((n) => denseCase(product, n, n)),
  ...[64, 200, 1000].map((n) => denseCase(factor, n, n)),
  ...[8, 32, 64, 200, 500, 1000].map((n) => denseCase(eigen, n, n)),
  ...[8, 32, 64, 200, 500, 1000].map((n) => denseCase(spectrum, n, n)),
  denseCase(spectrum, 3000, 100),
  denseCase(spectrum, 100, 3000),
  ...[64, 200, 500].map((n) => denseCase(accurate, n, n)),
];

function denseCase({ kind, run }: Routine, rows: number, cols: number): Case {
  const size = rows === cols ? `${rows}` : `${rows}-${cols}`;
  const matrix = () => {
    if (kind === 'cholesky') return symmetric(rows).map((value, k) => value + (k % (rows + 1) === 0 ? rows : 0));
    return kind === 'eigen' ? symmetric(rows) : entries(rows * cols);
  };
  return {
    name: `dense-${kind}-${size}`,
    prepare() {
      const a = matrix();
      return () => run(a, rows, cols);
    },
    peers: {
      scripts: ['numpy_dense.py'],
      needs: 'numpy',
      problem: () => ({ kind, rows, cols }),
      answer: () => Array.from(run(matrix(), rows, cols)),
    },
  };
}

/** Numbers in [−½, ½) by a hash of their place, the same in Python. */
function entries(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => {
    let h = Math.imul(k + 1, 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32 - 0.5;
  });
}

function symmetric(n: number): Float64Array {
  const a = entries(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
  return a;
}
