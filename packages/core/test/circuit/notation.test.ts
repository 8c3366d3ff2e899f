import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apply, constant, type Expression, evaluate, input } from '../../src/circuit/expression.ts';
import { type Notation, spell } from '../../src/circuit/notation.ts';
import { numberText, openqasmNotation } from '../../src/openqasm/write/spelling.ts';
import { expressions } from '../helpers/expressions.ts';
import { runs, seed } from '../helpers/numbers.ts';

const theta = (index: number): Expression => ({ kind: 'parameter', index });
const notation = openqasmNotation(['a', 'b'], ['s', 't']);
/** Whether no constant was folded to infinity, as 1/0 is. */
const onlyFinite = (expression: Expression): boolean =>
  expression.kind === 'apply'
    ? expression.args.every(onlyFinite)
    : expression.kind !== 'number' || Number.isFinite(expression.value);

/** The same text as JavaScript, whose order of evaluation is that of OpenQASM. */
function valueOfText(text: string, x: Float64Array, parameters: Float64Array): number {
  const body = text
    .replace(/\bpi\b/g, 'Math.PI')
    .replace(/\b(sin|cos|tan|exp|log|sqrt|abs|floor)\(/g, 'Math.$1(')
    .replace(/\barc(sin|cos|tan)\(/g, 'Math.a$1(')
    .replace(/\bceiling\(/g, 'Math.ceil(');
  const mod = (a: number, b: number) => a % b;
  return new Function('a', 'b', 's', 't', 'mod', `return ${body}`)(x[0], x[1], parameters[0], parameters[1], mod);
}

test(`text in OpenQASM has the value of the expression (seed ${seed})`, () => {
  const number = fc.double({ noNaN: true, min: -3, max: 3 });
  const law = fc.property(expressions(), fc.tuple(number, number, number, number), (expression, [a, b, s, t]) => {
    const x = Float64Array.of(a, b);
    const parameters = Float64Array.of(s, t);
    const value = evaluate(expression, x, 0, parameters);
    fc.pre(Number.isFinite(value) && onlyFinite(expression));
    // Powers are written as products, which round differently: not here.
    const text = spell(expression, { ...notation, power: (base, exponent) => `${base}**${exponent}` });
    expect(valueOfText(text, x, parameters) === value, text).toBe(true);
  });
  fc.assert(law, { seed, numRuns: runs(500) });
});

test('every number reads back to the same double, and is no integer literal', () => {
  const law = fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    const text = numberText(value);
    expect(text).toMatch(/^-?(\d+\.\d+(e[+-]\d+)?|\d+e[+-]\d+|(\d\*)?pi(\/\d)?)$/);
    expect(valueOfText(text, new Float64Array(2), new Float64Array(2))).toBe(value === 0 ? 0 : value);
  });
  fc.assert(law, { seed, numRuns: runs(500) });
  const pi = Math.PI;
  expect([pi, -pi, pi / 2, -pi / 4, 2 * pi, 1, 0, 1e22, 5e-324].map(numberText)).toEqual([
    ...['pi', '-pi', 'pi/2', '-pi/4', '2*pi', '1.0', '0.0', '1e+22', '5e-324'],
  ]);
});

test('no more parentheses than needed', () => {
  const [a, b] = [input(0), input(1)];
  const s = theta(0);
  const cases: [Expression, string][] = [
    [apply('-', apply('-', a, b), s), 'a - b - s'],
    [apply('-', a, apply('-', b, s)), 'a - (b - s)'],
    [apply('+', a, apply('*', -2, b)), 'a - 2.0*b'],
    [apply('-', a, constant(-2)), 'a - (-2.0)'],
    [apply('*', -1, s), '-s'],
    [apply('*', apply('*', 2, apply('-', Math.PI, a)), apply('-', Math.PI, b)), '2.0*(pi - a)*(pi - b)'],
    [apply('/', a, apply('*', b, s)), 'a/(b*s)'],
    [apply('*', a, constant(Math.PI / 2)), 'a*(pi/2)'],
    [apply('negate', apply('+', a, b)), '-(a + b)'],
    [apply('^', a, constant(3)), 'a*a*a'],
    [apply('^', apply('+', a, b), constant(2)), '(a + b)**2.0'],
    [apply('^', a, constant(-0.5)), 'a**(-0.5)'],
    [apply('ln', apply('sin', a)), 'log(sin(a))'],
    [apply('mod', a, b), 'mod(a, b)'],
  ];
  for (const [expression, text] of cases) expect(spell(expression, notation)).toBe(text);
});

test('a notation decides on names and signs', () => {
  const short: Notation = { ...notation, signs: { ...notation.signs, '*': '·' }, power: (base, k) => `${base}^${k}` };
  expect(spell(apply('*', 2, apply('^', input(0), constant(2))), short)).toBe('2.0·a^2');
});
