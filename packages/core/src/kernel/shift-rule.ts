/** One pair of evaluations: weight·(f(angle + shift) − f(angle − shift)). */
export interface ShiftTerm {
  readonly shift: number;
  readonly weight: number;
}

/**
 * Parameter-shift rule of exp(−i·angle·G) for any spectrum of G.
 *
 * f is a trigonometric polynomial in the angle whose frequencies Ω are the differences of G's eigenvalues, so that
 * Σ_s 2·weight_s·sin(Ω·shift_s) = Ω for every Ω makes the derivative exact (Wierichs, Izaac, Wang, Lin, Quantum 6, 677,
 * 2022). Shifts are spread over half a period of the lowest frequency, which keeps the system well conditioned.
 */
export function shiftRule(spectrum: readonly number[]): ShiftTerm[] {
  const frequencies = distinctDifferences(spectrum);
  const count = frequencies.length;
  const shifts = frequencies.map((_, s) => ((2 * s + 1) * Math.PI) / (2 * count * frequencies[0]));
  const matrix = frequencies.map((omega) => shifts.map((shift) => 2 * Math.sin(omega * shift)));
  const weights = solve(matrix, frequencies);
  return shifts.map((shift, s) => ({ shift, weight: weights[s] }));
}

function distinctDifferences(spectrum: readonly number[]): number[] {
  const all = spectrum.flatMap((a) => spectrum.map((b) => a - b)).filter((difference) => difference > 1e-12);
  return all.sort((a, b) => a - b).filter((value, i) => i === 0 || value - all[i - 1] > 1e-9);
}

/** Gaussian elimination with partial pivoting; the systems have as many rows as frequencies, a handful. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let r = column + 1; r < n; r++) if (Math.abs(rows[r][column]) > Math.abs(rows[pivot][column])) pivot = r;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let r = 0; r < n; r++) {
      if (r === column) continue;
      const factor = rows[r][column] / rows[column][column];
      for (let c = column; c <= n; c++) rows[r][c] -= factor * rows[column][c];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}
