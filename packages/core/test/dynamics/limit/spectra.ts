import {
  type Eigenspace,
  halfRange,
  meanOf,
  type Readout,
  readoutFrom,
  varianceOf,
} from '../../../src/dynamics/readout.ts';

/** Shapes of a readout's spectrum; sizes and the place of 0 are for `readoutOfShape` to set. */
const shapes = {
  /** One Pauli operator, or any product of them. */
  pauli: levelsOf([1, -1]),
  /** 1, 0, −1. */
  three: levelsOf([1, 0, -1]),
  /** 16 equidistant values: Σ 2^q Z_q of four qubits, which reads a number out. */
  uniform: levelsOf(Array.from({ length: 16 }, (_, k) => 15 - 2 * k)),
  /** The sum of Z over eight qubits. */
  paulis: levelsOf(
    Array.from({ length: 9 }, (_, k) => 8 - 2 * k),
    [1, 8, 28, 56, 70, 56, 28, 8, 1],
  ),
  /** A random Hermitian matrix: Wigner's semicircle in 65 values. */
  semicircle: levelsOf(
    Array.from({ length: 65 }, (_, k) => 32 - k),
    Array.from({ length: 65 }, (_, k) => Math.round(2 ** 20 * Math.sqrt(33 ** 2 - (32 - k) ** 2))),
  ),
  /** |000⟩⟨000| on three qubits. */
  projector: levelsOf([1, 0], [1, 7]),
};
type SpectrumShape = keyof typeof shapes;
export const spectrumShapes = Object.keys(shapes) as SpectrumShape[];

/** What two spectra of different shape are made equal in: (λmax − λmin)/2, or the standard deviation √(tr M²/d). */
type SpectrumSize = 'range' | 'deviation';

/**
 * A traceless readout of a shape, its range or deviation made equal to `gamma`; the two are the same for `pauli`.
 */
export function readoutOfShape(shape: SpectrumShape, size: SpectrumSize, gamma: number): Readout {
  const plain = readoutFrom(shapes[shape]);
  const mean = meanOf(plain);
  const factor = gamma / (size === 'range' ? halfRange(plain) : Math.sqrt(varianceOf(plain)));
  return readoutFrom(plain.eigenspaces.map(({ value, dimension }) => ({ value: factor * (value - mean), dimension })));
}

/** Dimensions are 2^20 times the weights, so that samples are independent to some 1e-3 and K has its limit. */
function levelsOf(values: readonly number[], weights: readonly number[] = values.map(() => 1)): readonly Eigenspace[] {
  return values.map((value, k) => ({ value, dimension: 2 ** 20 * weights[k] }));
}
