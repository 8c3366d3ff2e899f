import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workspace } from '../../src/linalg/wasm/memory.ts';
import { solveUpdate, updateLines } from '../../src/linalg/wasm/rank-one.ts';
import { exactZ, secularRoots } from '../../src/linalg/wasm/secular.ts';
import { random } from '../../src/random/random.ts';

const seed = 20261126;

/** Poles with gaps, and z, of very different sizes. */
function updateOf(k: number, word: number, spread: number) {
  const draw = random(seed, word);
  const poles = new Float64Array(k);
  for (let i = 1; i < k; i++) poles[i] = poles[i - 1] + 10 ** draw.uniform(-spread, 0);
  const z = Float64Array.from(
    { length: k },
    () => 10 ** draw.uniform(-spread / 2, 0) * (draw.uniform(0, 1) < 0.5 ? -1 : 1),
  );
  return { poles, z, rho: 10 ** draw.uniform(-2, 2) };
}

test('roots lie between the poles, and their sum is the trace', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.constantFrom(0, 2, 8), (k, word, spread) => {
      const update = updateOf(k, word, spread);
      const gaps = new Float64Array(k * k);
      const roots = secularRoots(update, gaps);
      const { poles, z, rho } = update;
      const square = z.reduce((sum, entry) => sum + entry * entry, 0);
      let shifts = 0;
      for (let j = 0; j < k; j++) {
        // −gap of its own pole is how far the root has moved up.
        const shift = -gaps[j * k + j];
        expect(shift).toBeGreaterThan(0);
        if (j + 1 < k) expect(gaps[j * k + j + 1]).toBeGreaterThan(0);
        shifts += shift;
        expect(Math.abs(roots[j] - poles[j] - shift)).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(roots[j]));
      }
      expect(Math.abs(shifts / (rho * square) - 1)).toBeLessThan(1e-13);
    }),
    { seed, numRuns: 300 },
  );
});

test("eigenvectors by Löwner's formula are orthogonal to rounding however close the poles are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.constantFrom(0, 6, 12), (k, word, spread) => {
      const update = updateOf(k, word, spread);
      const gaps = new Float64Array(k * k);
      secularRoots(update, gaps);
      const z = exactZ(update, gaps);
      const vectors = Array.from({ length: k }, (_, j) => {
        const vector = z.map((entry, i) => entry / gaps[j * k + i]);
        const size = Math.sqrt(vector.reduce((sum, entry) => sum + entry * entry, 0));
        return vector.map((entry) => entry / size);
      });
      for (let i = 0; i < k; i++)
        for (let j = 0; j < i; j++)
          expect(Math.abs(vectors[i].reduce((sum, entry, l) => sum + entry * vectors[j][l], 0))).toBeLessThan(2e-14);
    }),
    { seed, numRuns: 150 },
  );
});

test('WebAssembly finds the same roots and eigenvectors to the last bit, entries in the order asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.constantFrom(0, 2, 8, 12), (k, word, spread) => {
      const update = updateOf(k, word, spread);
      const gaps = new Float64Array(k * k);
      const roots = secularRoots(update, gaps);
      const z = exactZ(update, gaps);
      const places = Array.from({ length: k }, (_, i) => (7 * i + word) % k).filter(
        (p, i, all) => all.indexOf(p) === i,
      );
      fc.pre(places.length === k);
      const expected = Array.from({ length: k }, (_, j) => {
        const vector = z.map((entry, i) => entry / gaps[j * k + i]);
        const scale = 1 / Math.sqrt(vector.reduce((sum, entry) => sum + entry * entry, 0));
        return places.map((p) => vector[p] * scale);
      });
      const space = workspace([
        [k, k],
        [k, k],
        [updateLines, k],
      ]);
      const [vectors, differences, lines] = space.matrices;
      expect(solveUpdate(space, update, places, { vectors, gaps: differences, lines })).toEqual(roots);
      expect(vectors.numbers).toEqual(Float64Array.from(expected.flat()));
      expect(differences.numbers).toEqual(gaps);
    }),
    { seed, numRuns: 200 },
  );
});
