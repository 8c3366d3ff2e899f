import { constant, type Expression } from './expression.ts';

/** One trainable parameter times a factor that may depend on the inputs. */
interface AngleTerm {
  readonly parameter: number;
  readonly factor: Expression;
}

/**
 * Angle of a gate in radians: offset(x) + Σ factor(x)·θ. Affine in the parameters, so that its derivative with respect
 * to each is the factor; any function of the inputs.
 */
export interface Angle {
  readonly offset: Expression;
  readonly terms: readonly AngleTerm[];
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
