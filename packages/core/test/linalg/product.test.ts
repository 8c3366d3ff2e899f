import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transposed, whole, workspace } from '../../src/linalg/wasm/memory.ts';
import { addProduct } from '../../src/linalg/wasm/product.ts';
import { createMachine } from '../../src/wasm/machine.ts';
import { startThreads } from '../../src/wasm/threads/pool.ts';
import { randomMatrix } from './helpers.ts';

const seed = 20261126;
const size = fc.oneof(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 90, max: 210 }));

test('C ± A·B with A and B transposed or not, in one tile, in many, and in parts of tiles', () => {
  fc.assert(
    fc.property(
      fc.record({ m: size, n: size, k: fc.oneof(size, fc.integer({ min: 250, max: 300 })) }),
      fc.record({ a: fc.boolean(), b: fc.boolean(), negative: fc.boolean() }),
      fc.nat(),
      ({ m, k, n }, { a, b, negative }, word) => {
        const space = workspace([a ? [k, m] : [m, k], b ? [n, k] : [k, n], [m, n]]);
        space.matrices.forEach(({ numbers, rows, columns }, i) => {
          numbers.set(randomMatrix(rows, columns, seed, word, i));
        });
        const [left, right, result] = space.matrices;
        const before = result.numbers.slice();
        const operand = (matrix: typeof left, turned: boolean) => (turned ? transposed(whole(matrix)) : whole(matrix));
        addProduct(space, { m, k, n }, operand(left, a), operand(right, b), whole(result), { negative });
        for (let i = 0; i < m; i += 1 + (m >> 4))
          for (let j = 0; j < n; j += 1 + (n >> 4)) {
            let sum = 0;
            for (let l = 0; l < k; l++)
              sum += left.numbers[a ? l * m + i : i * k + l] * right.numbers[b ? j * k + l : l * n + j];
            expect(result.numbers[i * n + j]).toBeCloseTo(before[i * n + j] + (negative ? -sum : sum), 11);
          }
      },
    ),
    { seed, numRuns: 60 },
  );
});

test('a part of one matrix is multiplied into a part of another, and nothing else changes', () => {
  const space = workspace([
    [9, 20],
    [20, 11],
    [12, 15],
  ]);
  const [a, b, c] = space.matrices;
  a.numbers.set(randomMatrix(9, 20, seed, 1));
  b.numbers.set(randomMatrix(20, 11, seed, 2));
  c.numbers.fill(0);
  addProduct(space, { m: 6, k: 17, n: 7 }, whole(a, 2, 3), whole(b, 1, 4), whole(c, 5, 6));
  for (let i = 0; i < 12; i++)
    for (let j = 0; j < 15; j++) {
      let sum = 0;
      if (i >= 5 && i < 11 && j >= 6 && j < 13)
        for (let l = 0; l < 17; l++) sum += a.numbers[(i - 3) * 20 + 3 + l] * b.numbers[(1 + l) * 11 + j - 2];
      expect(c.numbers[i * 15 + j]).toBeCloseTo(sum, 12);
    }
});

test('threads share out the tiles, and the numbers are the same to the last bit', async () => {
  const alone = createMachine();
  const shared = createMachine();
  expect(await startThreads(shared, 2)).toBe(2);
  const [m, k, n] = [301, 270, 397];
  const found = [alone, shared].map((machine) => {
    const space = workspace(
      [
        [m, k],
        [k, n],
        [m, n],
      ],
      machine,
    );
    const [a, b, c] = space.matrices;
    a.numbers.set(randomMatrix(m, k, seed, 3));
    b.numbers.set(randomMatrix(k, n, seed, 4));
    c.numbers.fill(0);
    for (let call = 0; call < 20; call++) addProduct(space, { m, k, n }, whole(a), whole(b), whole(c));
    return c.numbers.slice();
  });
  expect(found[1]).toEqual(found[0]);
  expect(found[0].some((entry) => entry !== 0)).toBe(true);
});
