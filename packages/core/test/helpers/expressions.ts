import fc from 'fast-check';
import { apply, constant, type Expression, input, type Operator } from '../../src/circuit/expression.ts';

const binary: Operator[] = ['+', '-', '*', '/', '^'];
const smooth: Operator[] = ['negate', 'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan', 'exp', 'ln', 'sqrt'];
const rough: Operator[] = ['abs', 'floor', 'ceiling'];

const leaves = fc.constantFrom<Expression>(
  input(0),
  input(1),
  { kind: 'parameter', index: 0 },
  { kind: 'parameter', index: 1 },
);
const numbers = fc
  .oneof(fc.double({ noNaN: true, min: -9, max: 9 }), fc.integer({ min: -3, max: 4 }))
  // Not −0, for which OpenQASM has no literal.
  .map((value) => constant(value + 0));

/** Random expressions of two inputs and two parameters, on request only of what can be differentiated. */
export function expressions(differentiable = false): fc.Arbitrary<Expression> {
  const unary = differentiable ? smooth : [...smooth, ...rough];
  return fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaves,
      numbers,
      fc.tuple(fc.constantFrom(...binary), tie('tree'), tie('tree')).map(([sign, a, b]) => apply(sign, a, b)),
      fc.tuple(fc.constantFrom(...unary), tie('tree')).map(([name, a]) => apply(name, a)),
    ),
  })).tree;
}
