import { describe, expect, test } from 'vitest';
import { data, fixed, parameter } from '../../src/circuit/angle.ts';
import { apply, constant, evaluate, input, largestInput } from '../../src/circuit/expression.ts';

const x = Float64Array.of(0.3, 0.7, 2);

describe('value', () => {
  const cases: [string, ReturnType<typeof apply>, number][] = [
    ['x0 + x1', apply('+', input(0), input(1)), 1],
    ['x2 − x0', apply('-', input(2), input(0)), 1.7],
    ['x1·x2', apply('*', input(1), input(2)), 1.4],
    ['x0 / x2', apply('/', input(0), input(2)), 0.15],
    ['x2^3', apply('^', input(2), 3), 8],
    ['−x1', apply('negate', input(1)), -0.7],
    ['sin x0', apply('sin', input(0)), Math.sin(0.3)],
    ['cos x0', apply('cos', input(0)), Math.cos(0.3)],
    ['tan x0', apply('tan', input(0)), Math.tan(0.3)],
    ['arcsin x0', apply('arcsin', input(0)), Math.asin(0.3)],
    ['arccos x0', apply('arccos', input(0)), Math.acos(0.3)],
    ['arctan x0', apply('arctan', input(0)), Math.atan(0.3)],
    ['exp x0', apply('exp', input(0)), Math.exp(0.3)],
    ['ln x2', apply('ln', input(2)), Math.log(2)],
    ['√x2', apply('sqrt', input(2)), Math.SQRT2],
    [
      '2(π−x0)(π−x1)',
      apply('*', apply('*', 2, apply('-', Math.PI, input(0))), apply('-', Math.PI, input(1))),
      2 * (Math.PI - 0.3) * (Math.PI - 0.7),
    ],
  ];
  test.each(cases)('%s', (_, expression, value) => expect(evaluate(expression, x)).toBeCloseTo(value, 14));

  test('of a point in the middle of a matrix', () => expect(evaluate(input(1), x, 1)).toBe(2));
});

test('constants are folded, and 0 adds nothing', () => {
  expect(apply('*', 2, apply('+', 1, 3))).toEqual(constant(8));
  expect(apply('+', 0, input(1))).toEqual(input(1));
  expect(apply('+', input(1), 0)).toEqual(input(1));
  expect(apply('+', 0, 0)).toEqual(constant(0));
  expect(apply('-', 0, input(1)).kind).toBe('apply');
  expect(apply('-', input(1), 0)).toEqual(input(1));
});

test('the largest input', () => {
  expect(largestInput(constant(4))).toBe(-1);
  expect(largestInput(input(3))).toBe(3);
  expect(largestInput(apply('*', apply('sin', input(2)), apply('+', input(0), 1)))).toBe(2);
});

test('angles', () => {
  expect(fixed(2)).toEqual({ offset: constant(2), terms: [] });
  expect(data(input(1))).toEqual({ offset: input(1), terms: [] });
  expect(parameter(3)).toEqual({ offset: constant(0), terms: [{ parameter: 3, factor: constant(1) }] });
  expect(parameter(3, -2).terms).toEqual([{ parameter: 3, factor: constant(-2) }]);
});
