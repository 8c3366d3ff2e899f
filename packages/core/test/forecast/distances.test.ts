import { describe, expect, test } from 'vitest';
import { Distances } from '../../src/forecast/distances.ts';
import { norm } from '../../src/linalg/matrix.ts';
import { random } from '../../src/random/random.ts';
import { seed } from '../helpers/numbers.ts';

const dimensions = 7;

describe.each([1, 4])('of the %i nearest samples along a walk', (most) => {
  const draw = random(seed, most);
  const moved = (from: Float64Array, size: number) => from.map((value) => value + size * draw.normal());
  const exact = (a: Float64Array, b: Float64Array) => norm(a.map((value, i) => value - b[i]!));

  test('those that are nearest have their distances, others these or none', () => {
    const distances = new Distances(most);
    const samples: Float64Array[] = [];
    let place = new Float64Array(dimensions);
    let left = 0;
    for (let step = 0; step < 400; step++) {
      if (step % 10 === 0) {
        samples.push(place);
        distances.add(place);
      }
      place = moved(place, 0.1);
      // Now and then from somewhere else, and of some of the samples only.
      const from = step % 7 === 3 ? moved(place, 2) : place;
      const count = step % 5 === 2 ? Math.ceil(samples.length / 2) : samples.length;
      const found = distances.from(from, count);
      const all = samples.slice(0, count).map((sample) => exact(from, sample));
      const nearest = [...all].sort((a, b) => a - b).slice(0, most);
      expect(found).toHaveLength(count);
      expect([...found].sort((a, b) => a - b).slice(0, most)).toEqual(nearest.map((away) => expect.closeTo(away, 12)));
      found.forEach((away, k) => {
        if (away === Infinity) left++;
        else expect(away).toBeCloseTo(all[k]!, 12);
      });
    }
    expect(left).toBeGreaterThan(400);
  });

  test('a place without numbers leaves none out', () => {
    const distances = new Distances(most);
    for (let k = 0; k < 12; k++) distances.add(new Float64Array(dimensions).fill(k));
    distances.from(new Float64Array(dimensions), 12);
    expect([...distances.from(new Float64Array(dimensions).fill(NaN), 12)]).toEqual(new Array(12).fill(NaN));
  });
});
