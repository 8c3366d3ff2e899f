import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../src/canonical.ts';
import { contentHash, keyOf } from '../src/index.ts';

const task = (seed: number, spec: unknown = { d: 8 }) => ({ kind: 'squares', spec, seed, revision: 1 });

describe('a task', () => {
  test('has the key of its content, in whatever order its parts were written', () => {
    expect(keyOf(task(1, { a: 1, b: [1, { c: 2, d: 3 }] }))).toBe(keyOf(task(1, { b: [1, { d: 3, c: 2 }], a: 1 })));
    // printf '{"kind":"squares","revision":1,"seed":1,"spec":{"d":8}}' | sha256sum (coreutils 9.1)
    expect(keyOf(task(1))).toBe('df881a71b7a55cc2359857bfcd13803312bd74ec8419a075a2d456b85eb77724');
  });

  test('has another key where anything in it is another', () => {
    const base = task(1);
    const others = [task(2), task(1, { d: 9 }), { ...base, kind: 'cubes' }, { ...base, revision: 2 }];
    const data = ['a', 'b'].map((hash) => ({ ...base, data: hash }));
    expect(new Set([base, ...others, ...data].map(keyOf)).size).toBe(7);
  });

  test.each([
    { value: Number.NaN, found: 'NaN' },
    { value: Number.NEGATIVE_INFINITY, found: '-Infinity' },
    { value: new Float64Array(1), found: 'a Float64Array' },
    { value: () => 0, found: 'a value of type function' },
  ])('is refused where $found stands in its settings', ({ value, found }) => {
    expect(() => keyOf(task(1, { gamma: [value] }))).toThrow(new RangeError(`${found} has no place in JSON`));
  });

  test('canonical JSON reads back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 7 },
    );
  });
});

describe('the hash of content', () => {
  const X = Float64Array.of(1, 2, 3);

  test('is that of equal content, in whatever memory it lies', () => {
    const larger = Float64Array.of(0, 1, 2, 3, 4);
    expect(contentHash({ X, names: ['a'] })).toBe(contentHash({ names: ['a'], X: larger.subarray(1, 4) }));
  });

  test('changes with a bit of an array, its kind and its place', () => {
    const others = [
      { X, y: null },
      { X: Float64Array.of(1, 2, 3 + 2 ** -51), y: null },
      { X: new Uint8Array(X.buffer), y: null },
      { X: new Int8Array(X.buffer), y: null },
      { X: Float64Array.of(1, 3, 2), y: null },
      { X: [1, 2, 3], y: null },
      { X: `Float64Array:${contentHash(1)}`, y: null },
      { X: null, y: X },
    ];
    expect(new Set(others.map(contentHash)).size).toBe(others.length);
  });
});
