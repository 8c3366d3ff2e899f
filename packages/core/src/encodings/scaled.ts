import { type Angle, angleOf, expressionOf } from '../circuit/angle.ts';
import type { Operation } from '../circuit/circuit.ts';
import { apply, type Expression } from '../circuit/expression.ts';

/**
 * The gates of an encoding with a trainable factor before every input: x_f becomes θ_(first+f)·x_f. With the factor 1 they
 * are the gates as they were.
 */
export function scaledInputs(operations: readonly Operation[], first: number): Operation[] {
  return operations.map((operation) =>
    operation.angles ? { ...operation, angles: operation.angles.map((angle) => scaledAngle(angle, first)) } : operation,
  );
}

const scaledAngle = (angle: Angle, first: number): Angle => angleOf(scaledExpression(expressionOf(angle), first));

function scaledExpression(expression: Expression, first: number): Expression {
  if (expression.kind === 'input')
    return apply('*', { kind: 'parameter', index: first + expression.index }, expression);
  if (expression.kind !== 'apply') return expression;
  return apply(expression.operator, ...expression.args.map((arg) => scaledExpression(arg, first)));
}
