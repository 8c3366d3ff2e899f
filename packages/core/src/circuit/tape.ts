import { type Expression, ruleOf } from './expression.ts';

/** An expression ready to be worked out many times, with its gradient by reverse accumulation. */
export interface Tape {
  /** The parameters that occur, ascending. */
  readonly parameters: readonly number[];
  /** Value where the features of the point are `x[offset …]`. */
  value(x: Float64Array, offset: number, theta: Float64Array): number;
  /** ∂/∂θ of each of `parameters`, into `gradient` in that order. */
  gradient(x: Float64Array, offset: number, theta: Float64Array, gradient: Float64Array): void;
}

/**
 * Lays an expression out flat: node after node, arguments before what uses them. The gradient costs as much as a few
 * values, however many parameters there are; a symbolic derivative could grow without bound.
 */
export function tapeOf(expression: Expression): Tape {
  const nodes: { leaf?: Expression; rule?: ReturnType<typeof ruleOf>; a: number; b: number }[] = [];
  const visit = (node: Expression): number => {
    if (node.kind !== 'apply') return nodes.push({ leaf: node, a: -1, b: -1 }) - 1;
    const [a, b] = node.args.map(visit);
    return nodes.push({ rule: ruleOf(node.operator), a, b: b ?? -1 }) - 1;
  };
  visit(expression);
  const values = new Float64Array(nodes.length);
  const weights = new Float64Array(nodes.length);
  const used = nodes.flatMap(({ leaf }) => (leaf?.kind === 'parameter' ? [leaf.index] : []));
  const parameters = [...new Set(used)].sort((a, b) => a - b);
  const place = new Map(parameters.map((index, k) => [index, k]));

  function forward(x: Float64Array, offset: number, theta: Float64Array): number {
    nodes.forEach(({ leaf, rule, a, b }, k) => {
      if (rule) values[k] = rule.value(values[a], b < 0 ? 0 : values[b]);
      else if (leaf?.kind === 'number') values[k] = leaf.value;
      else if (leaf?.kind === 'input') values[k] = x[offset + leaf.index];
      else if (leaf?.kind === 'parameter') values[k] = theta[leaf.index];
    });
    return values[nodes.length - 1];
  }

  return {
    parameters,
    value: forward,
    gradient(x, offset, theta, gradient) {
      forward(x, offset, theta);
      gradient.fill(0);
      weights.fill(0);
      weights[nodes.length - 1] = 1;
      for (let k = nodes.length - 1; k >= 0; k--) {
        const { leaf, rule, a, b } = nodes[k];
        // A node that does not count must not turn the slope of another, which may be infinite there, into NaN.
        if (weights[k] === 0) continue;
        if (leaf?.kind === 'parameter') gradient[place.get(leaf.index) as number] += weights[k];
        const [toA, toB] = rule?.slopes ?? [];
        if (toA) weights[a] += weights[k] * toA(values[a], b < 0 ? 0 : values[b]);
        if (toB && b >= 0) weights[b] += weights[k] * toB(values[a], values[b]);
      }
    },
  };
}
