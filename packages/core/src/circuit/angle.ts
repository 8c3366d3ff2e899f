import { apply, constant, type Expression, largestParameter } from './expression.ts';

/** One trainable parameter times a factor that may depend on the inputs. */
export interface AngleTerm {
  readonly parameter: number;
  readonly factor: Expression;
}

/**
 * Angle of a gate in radians: offset(x) + Σ factor(x)·θ + nonlinear(x, θ). The first two, affine in the parameters, are
 * all that most circuits have, and are the fast road.
 */
export interface Angle {
  readonly offset: Expression;
  readonly terms: readonly AngleTerm[];
  /** Whatever is not affine in the parameters, such as θ₀·θ₁ or sin θ. */
  readonly nonlinear?: Expression;
}

/** A fixed angle. */
export const fixed = (value: number): Angle => ({ offset: constant(value), terms: [] });

/** The angle factor·θ_index. */
export const parameter = (index: number, factor = 1): Angle => ({
  offset: constant(0),
  terms: [{ parameter: index, factor: constant(factor) }],
});

/** An angle that depends on the inputs alone. */
export const data = (offset: Expression): Angle => ({ offset, terms: [] });

/** True where training changes the angle. */
export const isTrainable = ({ terms, nonlinear }: Angle): boolean => terms.length > 0 || nonlinear !== undefined;

/** Any function of inputs and parameters as an angle: in affine form wherever it is affine in the parameters. */
export function angleOf(expression: Expression): Angle {
  const affine = affineParts(expression);
  if (!affine) return { offset: constant(0), terms: [], nonlinear: expression };
  const terms = [...affine.factors].map(([index, factor]) => ({ parameter: index, factor }));
  return { offset: affine.offset, terms };
}

/** The angle as one expression, θ_k being the leaf `parameter` k. */
export function expressionOf({ offset, terms, nonlinear }: Angle): Expression {
  const parts = terms.map(({ parameter: index, factor }): Expression => {
    const leaf: Expression = { kind: 'parameter', index };
    return factor.kind === 'number' && factor.value === 1 ? leaf : apply('*', factor, leaf);
  });
  return [...parts, ...(nonlinear ? [nonlinear] : [])].reduce((sum, part) => apply('+', sum, part), offset);
}

interface Affine {
  offset: Expression;
  factors: Map<number, Expression>;
}

/** Offset and factors of an expression that is affine in the parameters, undefined for another. */
function affineParts(expression: Expression): Affine | undefined {
  if (expression.kind === 'parameter')
    return { offset: constant(0), factors: new Map([[expression.index, constant(1)]]) };
  if (largestParameter(expression) < 0) return { offset: expression, factors: new Map() };
  if (expression.kind !== 'apply') return undefined;
  const { operator, args } = expression;
  switch (operator) {
    case '+':
    case '-':
      return combined(operator, affineParts(args[0]), affineParts(args[1]));
    case 'negate':
      return scaled(affineParts(args[0]), (factor) => apply('negate', factor));
    case '*':
      if (largestParameter(args[0]) < 0) return scaled(affineParts(args[1]), (factor) => times(args[0], factor));
      if (largestParameter(args[1]) < 0) return scaled(affineParts(args[0]), (factor) => times(args[1], factor));
      return undefined;
    case '/':
      if (largestParameter(args[1]) < 0) return scaled(affineParts(args[0]), (factor) => apply('/', factor, args[1]));
      return undefined;
    default:
      return undefined;
  }
}

function combined(operator: '+' | '-', a: Affine | undefined, b: Affine | undefined): Affine | undefined {
  if (!a || !b) return undefined;
  const factors = new Map(a.factors);
  for (const [index, factor] of b.factors) {
    const before = factors.get(index);
    const signed = operator === '+' ? factor : apply('negate', factor);
    factors.set(index, before ? apply(operator, before, factor) : signed);
  }
  return { offset: apply(operator, a.offset, b.offset), factors };
}

function scaled(affine: Affine | undefined, by: (factor: Expression) => Expression): Affine | undefined {
  if (!affine) return undefined;
  return {
    offset: affine.offset.kind === 'number' && affine.offset.value === 0 ? affine.offset : by(affine.offset),
    factors: new Map([...affine.factors].map(([index, factor]) => [index, by(factor)])),
  };
}

/** A product without the factors 1 and −1, which scaling by hand leaves everywhere. */
function times(a: Expression, b: Expression): Expression {
  if (b.kind === 'number' && b.value === 1) return a;
  if (b.kind === 'number' && b.value === -1) return apply('negate', a);
  return apply('*', a, b);
}
