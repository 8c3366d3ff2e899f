import { type Angle, angleOf, expressionOf } from '../circuit/angle.ts';
import type { Operation } from '../circuit/circuit.ts';
import { apply, type Expression } from '../circuit/expression.ts';

/** The gates of an encoding with another expression in the place of each input. */
export function withInputs(operations: readonly Operation[], of: (input: number) => Expression): Operation[] {
  return operations.map((operation) =>
    operation.angles ? { ...operation, angles: operation.angles.map((angle) => replaced(angle, of)) } : operation,
  );
}

const replaced = (angle: Angle, of: (input: number) => Expression): Angle =>
  angleOf(replacedIn(expressionOf(angle), of));

function replacedIn(expression: Expression, of: (input: number) => Expression): Expression {
  if (expression.kind === 'input') return of(expression.index);
  if (expression.kind !== 'apply') return expression;
  return apply(expression.operator, ...expression.args.map((arg) => replacedIn(arg, of)));
}
