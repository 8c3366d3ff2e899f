/**
 * A real function of the input features and, where an angle is not affine in them, of the trainable parameters, as data:
 * it can be stored, compared, written to OpenQASM and sent to a worker.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'apply'; readonly operator: Operator; readonly args: readonly Expression[] };

/** A function of one or two numbers with its slopes ∂/∂a and ∂/∂b; without slopes it is a function of data alone. */
interface Rule {
  readonly arity: 1 | 2;
  value(a: number, b: number): number;
  readonly slopes?: readonly ((a: number, b: number) => number)[];
}

function unary(value: (a: number) => number, slope?: (a: number) => number): Rule {
  return { arity: 1, value, ...(slope && { slopes: [slope] }) };
}

function binary(value: Rule['value'], ...slopes: Rule['value'][]): Rule {
  return { arity: 2, value, ...(slopes.length > 0 && { slopes }) };
}

const operators = {
  '+': binary(
    (a, b) => a + b,
    () => 1,
    () => 1,
  ),
  '-': binary(
    (a, b) => a - b,
    () => 1,
    () => -1,
  ),
  '*': binary(
    (a, b) => a * b,
    (_, b) => b,
    (a) => a,
  ),
  '/': binary(
    (a, b) => a / b,
    (_, b) => 1 / b,
    (a, b) => -a / (b * b),
  ),
  '^': binary(
    (a, b) => a ** b,
    (a, b) => (b === 0 ? 0 : b * a ** (b - 1)),
    (a, b) => (a === 0 && b > 0 ? 0 : a ** b * Math.log(a)),
  ),
  negate: unary(
    (a) => -a,
    () => -1,
  ),
  sin: unary(Math.sin, Math.cos),
  cos: unary(Math.cos, (a) => -Math.sin(a)),
  tan: unary(Math.tan, (a) => 1 + Math.tan(a) ** 2),
  arcsin: unary(Math.asin, (a) => 1 / Math.sqrt(1 - a * a)),
  arccos: unary(Math.acos, (a) => -1 / Math.sqrt(1 - a * a)),
  arctan: unary(Math.atan, (a) => 1 / (1 + a * a)),
  exp: unary(Math.exp, Math.exp),
  ln: unary(Math.log, (a) => 1 / a),
  sqrt: unary(Math.sqrt, (a) => 0.5 / Math.sqrt(a)),
  abs: unary(Math.abs, Math.sign),
  sign: unary(Math.sign),
  floor: unary(Math.floor),
  ceiling: unary(Math.ceil),
  mod: binary(
    (a, b) => a % b,
    () => 1,
    (a, b) => -Math.trunc(a / b),
  ),
} as const satisfies Record<string, Rule>;

export type Operator = keyof typeof operators;

/** The constant `value`. */
export const constant = (value: number): Expression => ({ kind: 'number', value });

/** Feature number `index` of the data point. */
export const input = (index: number): Expression => ({ kind: 'input', index });

/** `operator` applied to expressions; a number stands for itself. Constants are folded; 0 + e and e − 0 are e. */
export function apply(operator: Operator, ...args: (Expression | number)[]): Expression {
  const nodes = args.map((arg) => (typeof arg === 'number' ? constant(arg) : arg));
  if (operator === '+') {
    const rest = nodes.filter((arg) => arg.kind !== 'number' || arg.value !== 0);
    if (rest.length === 1) return rest[0];
  }
  if (operator === '-' && nodes[1].kind === 'number' && nodes[1].value === 0) return nodes[0];
  const node: Expression = { kind: 'apply', operator, args: nodes };
  return nodes.every((arg) => arg.kind === 'number') ? constant(evaluate(node)) : node;
}

/**
 * Value of `expression` where the features of the point are `x[offset …]` and the parameters `theta`; both can be left
 * out where none occur.
 */
export function evaluate(
  expression: Expression,
  x: Float64Array = nothing,
  offset = 0,
  theta: Float64Array = nothing,
): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'input':
      return x[offset + expression.index];
    case 'parameter':
      return theta[expression.index];
    case 'apply': {
      const [a, b] = expression.args;
      const first = evaluate(a, x, offset, theta);
      return ruleOf(expression.operator).value(first, b === undefined ? 0 : evaluate(b, x, offset, theta));
    }
  }
}

const nothing = new Float64Array(0);

/** How an operator is worked out and differentiated. */
export function ruleOf(operator: Operator): Rule {
  return operators[operator];
}

/** Largest feature index that occurs, −1 when there is none. */
export const largestInput = (expression: Expression): number => largestIndex(expression, 'input');

/** Largest parameter index that occurs, −1 when there is none. */
export const largestParameter = (expression: Expression): number => largestIndex(expression, 'parameter');

function largestIndex(expression: Expression, kind: 'input' | 'parameter'): number {
  if (expression.kind === 'apply')
    return expression.args.reduce((largest, arg) => Math.max(largest, largestIndex(arg, kind)), -1);
  return expression.kind === kind ? (expression as { index: number }).index : -1;
}

/** The features that occur in an expression. */
export function inputsOf(expression: Expression): Set<number> {
  if (expression.kind === 'input') return new Set([expression.index]);
  return new Set(expression.kind === 'apply' ? expression.args.flatMap((arg) => [...inputsOf(arg)]) : []);
}
