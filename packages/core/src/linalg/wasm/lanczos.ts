import * as code from '../../wasm/codes.ts';
import type { LanczosEntries, LanczosSteps } from '../lanczos-steps.ts';
import { jobWords, type Workspace, workspace } from './memory.ts';

/** Lanczos vectors in WebAssembly's memory, until anything else is computed there. */
export class FastLanczos implements LanczosSteps {
  readonly #space: Workspace;
  readonly #n: number;
  #done = 0;

  constructor(start: Float64Array, write: (lower: Float64Array) => void) {
    const n = start.length;
    this.#n = n;
    // One vector more than there can be: where the next one is tried.
    this.#space = workspace([
      [n, n],
      [n + 1, n],
      [2, n],
    ]);
    write(this.#space.matrices[0].numbers);
    this.#space.matrices[1].numbers.set(start);
  }

  extend(count: number): LanczosEntries {
    const { machine, buffer, header, matrices } = this.#space;
    const [matrix, vectors, lines] = matrices;
    const words = jobWords({ buffer, header }, code.LANCZOS);
    words[code.LANCZOS_ORDER] = this.#n;
    words[code.LANCZOS_MATRIX] = matrix.at;
    words[code.LANCZOS_VECTORS] = vectors.at;
    words[code.LANCZOS_DIAGONAL] = lines.at;
    words[code.LANCZOS_BESIDE] = lines.at + 8 * this.#n;
    words[code.LANCZOS_FROM] = this.#done;
    words[code.LANCZOS_TO] = count;
    machine.perform(header, 1, false);
    this.#done = words[code.LANCZOS_RESULT];
    const [diagonal, beside] = [0, this.#n].map((from) => lines.numbers.slice(from, from + this.#done));
    return { diagonal, beside };
  }

  vectors(k: number): Float64Array {
    return this.#space.matrices[1].numbers.slice(0, k * this.#n);
  }
}
