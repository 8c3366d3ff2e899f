import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descendingOrder } from '../../src/linalg/order.ts';
import { seed } from '../helpers/numbers.ts';

test('positions come in the order of a stable descending sort, whatever the order before', () => {
  const numbers = fc.array(fc.constantFrom(-2, -1, -0, 0, 0.5, 1, 3), { maxLength: 30 });
  fc.assert(
    fc.property(numbers, fc.constantFrom(1, -1, 0), (list, direction) => {
      const values = Float64Array.from(list.sort((a, b) => direction * (a - b)));
      const expected = Array.from(values.keys()).sort((i, j) => values[j] - values[i]);
      expect([...descendingOrder(values)]).toEqual(expected);
    }),
    { seed, numRuns: 300 },
  );
});
