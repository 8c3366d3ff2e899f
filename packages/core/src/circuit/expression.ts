/** A real function of the input features, as data: it can be stored, compared, written to OpenQASM and sent to a worker. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'apply'; readonly operator: Operator; readonly args: readonly Expression[] };

const operators = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '^': (a: number, b: number) => a ** b,
  negate: (a: number) => -a,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  exp: Math.exp,
  ln: Math.log,
  sqrt: Math.sqrt,
} as const;

export type Operator = keyof typeof operators;

/** The constant `value`. */
export const constant = (value: number): Expression => ({ kind: 'number', value });

/** Feature number `index` of the data point. */
export const input = (index: number): Expression => ({ kind: 'input', index });

/** `operator` applied to expressions; a number stands for itself. Constants are folded and 0 + e is e. */
export function apply(operator: Operator, ...args: (Expression | number)[]): Expression {
  const nodes = args.map((arg) => (typeof arg === 'number' ? constant(arg) : arg));
  if (operator === '+') {
    const rest = nodes.filter((arg) => arg.kind !== 'number' || arg.value !== 0);
    if (rest.length === 1) return rest[0];
  }
  const node: Expression = { kind: 'apply', operator, args: nodes };
  return nodes.every((arg) => arg.kind === 'number') ? constant(evaluate(node, new Float64Array(0))) : node;
}

/** Value of `expression` where the features of the point are `x[offset …]`. */
export function evaluate(expression: Expression, x: Float64Array, offset = 0): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'input':
      return x[offset + expression.index];
    case 'apply': {
      const [a, b] = expression.args;
      const value = operators[expression.operator] as (a: number, b?: number) => number;
      return b === undefined ? value(evaluate(a, x, offset)) : value(evaluate(a, x, offset), evaluate(b, x, offset));
    }
  }
}

/** Largest feature index that occurs, −1 when the expression is a constant. */
export function largestInput(expression: Expression): number {
  if (expression.kind === 'number') return -1;
  if (expression.kind === 'input') return expression.index;
  return Math.max(...expression.args.map(largestInput));
}
