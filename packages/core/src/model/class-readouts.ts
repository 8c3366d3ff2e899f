import { InputError } from '../errors.ts';
import { counted } from '../wording.ts';

/**
 * The readouts that `observable: classes` stands for: Z on the first qubits, then products of two of them, of three, …, in
 * the order of their qubits, one for each output. Products of Z that differ have orthogonal eigenvalues, so that no
 * output follows from the others.
 *
 * @param names how observables name the qubits.
 * @throws InputError where there are fewer than `outputs` products.
 */
export function classReadouts(names: readonly string[], outputs: number): string[] {
  const readouts: string[] = [];
  for (let factors = 1; factors <= names.length && readouts.length < outputs; factors++)
    for (const chosen of subsets(names, factors)) {
      readouts.push(chosen.map((name) => `Z${name}`).join('*'));
      if (readouts.length === outputs) return readouts;
    }
  if (readouts.length < outputs)
    throw new InputError({
      where: 'model.observable',
      found: `classes, which are ${outputs} here`,
      expected: `at most ${2 ** names.length - 1}, as many products of Z as ${counted(names.length, 'qubit')} have`,
      advice: 'take more qubits',
    });
  return readouts;
}

/** All choices of so many items, in their order. */
function* subsets(items: readonly string[], size: number): Generator<string[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = 0; first <= items.length - size; first++)
    for (const rest of subsets(items.slice(first + 1), size - 1)) yield [items[first], ...rest];
}
