import { apply, type Expression } from '../../circuit/expression.ts';

/** k·e, written as simply as it can be. */
export function scaledBy(k: Expression, e: Expression): Expression {
  if (k.kind === 'number' && k.value === 1) return e;
  if (k.kind === 'number' && k.value === -1) return negated(e);
  return apply('*', k, e);
}

export function halved(e: Expression): Expression {
  return apply('/', e, 2);
}

export function negated(e: Expression): Expression {
  if (e.kind === 'apply' && e.operator === 'negate') return e.args[0];
  return apply('negate', e);
}
