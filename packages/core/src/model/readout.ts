import type { Circuit } from '../circuit/circuit.ts';
import type { Observable, PauliTerm } from '../circuit/observable.ts';
import { InputError } from '../errors.ts';
import type { Batch, Engine, Simulator } from '../simulate/engine.ts';

/**
 * Readouts whose weights are trained: output o is γ·(Σ_k w_ok⟨P_ok⟩ + b_o), the Pauli products P as the observables name
 * them. Its parameters, output by output the weights and then the bias, follow those of the circuit.
 */
export interface TrainableReadout {
  /** Expectation values of every product, output by output: what f changes with its weight by, but for γ. */
  readonly products: Simulator;
  /** For each output its products: number of the first, and how many. */
  readonly outputs: readonly { readonly first: number; readonly count: number }[];
  /** Names of the parameters, and what they start from: the coefficients as written. */
  readonly names: readonly string[];
  readonly starts: readonly number[];
}

/** Observables without their constant terms, and those terms' sums. */
export interface SplitObservables {
  readonly observables: readonly Observable[];
  readonly constants: readonly number[];
}

/** Takes the multiples of the identity out of observables: biases of a trainable readout. */
export function withoutConstants(observables: readonly Observable[]): SplitObservables {
  const isConstant = ({ x, z }: PauliTerm) => (x | z) === 0;
  return {
    observables: observables.map((observable) => ({
      ...observable,
      terms: observable.terms.filter((term) => !isConstant(term)),
    })),
    constants: observables.map(({ terms }) =>
      terms.filter(isConstant).reduce((sum, { coefficient }) => sum + coefficient, 0),
    ),
  };
}

/**
 * Prepares a trainable readout.
 *
 * @throws InputError where an observable has no product to weigh.
 */
export function trainableReadout(
  circuit: Circuit,
  { observables, constants }: SplitObservables,
  engine: Engine,
): TrainableReadout {
  observables.forEach(({ terms, text }, o) => {
    if (terms.length === 0)
      throw new InputError({
        where: `observables[${o}]`,
        found: `"${text}", a constant`,
        expected: 'at least one product of Paulis, whose weight can be trained',
      });
  });
  const products = observables.flatMap(({ qubits, terms }) =>
    terms.map(({ x, z }) => ({ text: 'a product', qubits, terms: [{ coefficient: 1, x, z }] })),
  );
  let first = 0;
  const outputs = observables.map(({ terms: { length: count } }) => {
    first += count;
    return { first: first - count, count };
  });
  return {
    products: engine.prepare(circuit, products),
    outputs,
    names: outputs.flatMap(({ count }, o) => [
      ...Array.from({ length: count }, (_, k) => `weight_${o}_${k}`),
      `bias_${o}`,
    ]),
    starts: observables.flatMap(({ terms }, o) => [...terms.map(({ coefficient }) => coefficient), constants[o]]),
  };
}

/** Weights of all products and biases of all outputs, from the last entries of θ. */
export function weightsAt(
  { outputs }: TrainableReadout,
  theta: Float64Array,
): { weights: Float64Array; biases: Float64Array } {
  const products = outputs.reduce((sum, { count }) => sum + count, 0);
  const weights = new Float64Array(products);
  const biases = new Float64Array(outputs.length);
  let at = theta.length - products - outputs.length;
  outputs.forEach(({ first, count }, o) => {
    weights.set(theta.subarray(at, at + count), first);
    biases[o] = theta[at + count];
    at += count + 1;
  });
  return { weights, biases };
}

/** Expectation values of all products, points × products. */
export function productsAt({ products }: TrainableReadout, { coefficients: _, ...batch }: Batch): Float64Array {
  return products.expectations(batch);
}

/**
 * Puts the derivatives with respect to the readout's parameters behind those with respect to the circuit's: from `J`
 * (rows × `columns`) to rows × P. `products` are their expectation values, points × products.
 */
export function withReadoutColumns(
  { outputs }: TrainableReadout,
  J: Float64Array,
  columns: number,
  products: Float64Array,
  scale: number,
): Float64Array {
  const count = outputs.reduce((sum, output) => sum + output.count, 0);
  const P = columns + count + outputs.length;
  const points = products.length / count;
  const all = new Float64Array(points * outputs.length * P);
  for (let point = 0; point < points; point++) {
    let at = columns;
    outputs.forEach((output, o) => {
      const row = point * outputs.length + o;
      all.set(J.subarray(row * columns, (row + 1) * columns), row * P);
      for (let k = 0; k < output.count; k++) all[row * P + at + k] = scale * products[point * count + output.first + k];
      all[row * P + at + output.count] = scale;
      at += output.count + 1;
    });
  }
  return all;
}
