import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { angleOf, expressionOf } from '../../src/circuit/angle.ts';
import { compile } from '../../src/circuit/circuit.ts';
import { apply, constant, type Expression, evaluate, input } from '../../src/circuit/expression.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { tapeOf } from '../../src/circuit/tape.ts';
import { jacobianMethods } from '../../src/kernel/jacobian.ts';
import { bind, createModel, outputs } from '../../src/model/model.ts';
import { engines } from '../../src/simulate/engines.ts';
import { expressions } from '../helpers/expressions.ts';
import { difference, runs, seed } from '../helpers/numbers.ts';

const theta = (index: number): Expression => ({ kind: 'parameter', index });
const x = Float64Array.of(0.3, -0.8);
const at = Float64Array.of(0.7, 1.2);

describe('what is affine in the parameters becomes offset and factors', () => {
  const affine: [string, Expression, number, [number, number][]][] = [
    ['a parameter', theta(1), 0, [[1, 1]]],
    ['a function of data', apply('sin', input(0)), Math.sin(0.3), []],
    [
      'a sum',
      apply('-', apply('*', 2, theta(0)), apply('+', theta(1), input(0))),
      -0.3,
      [
        [0, 2],
        [1, -1],
      ],
    ],
    ['a factor of data', apply('/', apply('*', input(1), apply('+', theta(0), 3)), input(0)), -8, [[0, -0.8 / 0.3]]],
    ['a parameter twice', apply('+', theta(0), apply('negate', apply('/', theta(0), 4))), 0, [[0, 0.75]]],
  ];
  test.each(affine)('%s', (_, expression, offset, terms) => {
    const angle = angleOf(expression);
    expect(angle.nonlinear).toBeUndefined();
    expect(evaluate(angle.offset, x)).toBeCloseTo(offset, 14);
    const found = angle.terms.map(({ parameter, factor }) => [parameter, evaluate(factor, x)]);
    expect(
      found
        .flat()
        .map((value, k) => value - terms.flat()[k])
        .every((apart) => Math.abs(apart) < 1e-14),
    ).toBe(true);
    expect(found).toHaveLength(terms.length);
  });

  test.each([
    ['a product', apply('*', theta(0), theta(1))],
    ['a square', apply('^', theta(0), 2)],
    ['a function', apply('sin', theta(0))],
    ['a quotient', apply('/', 1, theta(0))],
  ])('%s is not', (_, expression) => {
    expect(angleOf(expression)).toEqual({ offset: constant(0), terms: [], nonlinear: expression });
  });

  test('and is the same function again', () => {
    const same = (expression: Expression) => {
      const [before, after] = [expression, expressionOf(angleOf(expression))].map((e) => evaluate(e, x, 0, at));
      // Where it is far from 1 or undefined, rounding has no bound.
      fc.pre(Math.abs(before) < 1e3);
      expect(after).toBeCloseTo(before, 8);
    };
    fc.assert(fc.property(expressions(), same), { seed, numRuns: runs(300) });
  });
});

test('a tape has the value of the expression, and its gradient that of differences', () => {
  const gradient = (expression: Expression) => {
    const tape = tapeOf(expression);
    const value = (t: Float64Array) => evaluate(expression, x, 0, t);
    expect(tape.value(x, 0, at)).toBe(value(at));
    const found = new Float64Array(tape.parameters.length);
    tape.gradient(x, 0, at, found);
    tape.parameters.forEach((index, k) => {
      const slope = (h: number) => {
        const [up, down] = [at.slice(), at.slice()];
        up[index] += h;
        down[index] -= h;
        return (value(up) - value(down)) / (2 * h);
      };
      const [coarse, fine] = [slope(2e-4), slope(1e-4)];
      // Only where differences themselves say something: their error is about a third of what halving the step changes.
      fc.pre(Math.abs(fine) < 1e3 && Math.abs(fine - coarse) < 1e-5);
      expect(Math.abs(found[k] - fine)).toBeLessThan(1e-4);
    });
  };
  fc.assert(fc.property(expressions(true), gradient), { seed, numRuns: runs(500) });
});

describe('a circuit with such angles', () => {
  const nonlinear = apply('*', apply('+', theta(0), apply('*', input(0), theta(1))), apply('sin', theta(1)));
  const source = (angle: Expression) => ({
    ...{ qubits: 2, inputs: 2, parameters: ['a', 'b'], start: 'zero' as const },
    operations: [
      { gate: 'ry', wires: [0], angles: [angleOf(angle)] },
      { gate: 'crx', wires: [0, 1], angles: [angleOf(apply('^', theta(0), 2))] },
      { gate: 'rxx', wires: [0, 1], angles: [angleOf(theta(0))] },
    ],
  });
  const modelOf = (angle: Expression, engine: keyof typeof engines) =>
    createModel(
      compile(source(angle)),
      [parseObservable('Z0*Z1 + X1', 2), parseObservable('Y0', 2)],
      1,
      engines[engine],
    );

  test.each(Object.keys(engines) as (keyof typeof engines)[])('has one Jacobian in three ways, by %s', (engine) => {
    const model = modelOf(nonlinear, engine);
    const inputs = bind(model, Float64Array.of(0.3, -0.8, 1.1, 0.2));
    const adjoint = jacobianMethods.adjoint(model, at, inputs);
    expect(difference(jacobianMethods.shift(model, at, inputs).J, adjoint.J)).toBeLessThan(1e-13);
    expect(difference(jacobianMethods.difference(model, at, inputs).J, adjoint.J)).toBeLessThan(1e-9);
  });

  test('refuses an angle that is undefined where it is asked', () => {
    const model = modelOf(apply('ln', theta(0)), 'reference');
    const inputs = bind(model, Float64Array.of(1, 1));
    const undefinedAt = () => outputs(model, Float64Array.of(-1, 0), inputs);
    expect(undefinedAt).toThrow(
      'operation 0: found the angle log(a) of ry, which is undefined where a = -1, expected a finite angle',
    );
    const infinite = modelOf(apply('sqrt', theta(0)), 'reference');
    expect(() => jacobianMethods.adjoint(infinite, Float64Array.of(0, 0), inputs)).toThrow(
      'operation 0: found the angle sqrt(a) of ry, whose slope is no finite number, or too large, where a = 0',
    );
    expect(() => bind(modelOf(apply('/', 1, input(0)), 'reference'), Float64Array.of(0, 1))).toThrow(
      'operation 0: found the angle 1.0/x_0 of ry, which is infinite where x_0 = 0 (data point 0)',
    );
  });

  test('refuses what has no derivative', () => {
    expect(() => compile(source(apply('floor', theta(0))))).toThrow(
      'operation 0 (ry): found floor of a parameter, expected functions that have a derivative to train with',
    );
    expect(() => compile(source(apply('floor', input(0))))).not.toThrow();
    expect(() => compile(source(apply('sin', theta(2))))).toThrow(
      'operation 0 (ry): found parameter 2, expected whole numbers below 2',
    );
    const offset = { offset: theta(0), terms: [] };
    expect(() => compile({ ...source(theta(0)), operations: [{ gate: 'ry', wires: [0], angles: [offset] }] })).toThrow(
      'functions of the inputs alone',
    );
  });
});
