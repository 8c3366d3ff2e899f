/** One pair of evaluations: weight·(f(angle + shift) − f(angle − shift)). */
export interface ShiftTerm {
  readonly shift: number;
  readonly weight: number;
}

/** Spacings of the shifts that are tried, as parts of the widest. */
const spacings = Array.from({ length: 24 }, (_, k) => 1 / (1 + k / Math.PI));

/**
 * Parameter-shift rule of exp(−i·angle·G) for any spectrum of G.
 *
 * f is a trigonometric polynomial in the angle whose frequencies Ω are the differences of G's eigenvalues, so that
 * Σ_s 2·weight_s·sin(Ω·shift_s) = Ω for every Ω makes the derivative exact (Wierichs et al. 2022). Shifts are spread over half a period of the lowest frequency; where others of its multiples are missing that
 * system can be singular, so narrower spacings are tried and the least Σ|weight|, which rounding and shots grow with, wins.
 */
export function shiftRule(spectrum: readonly number[]): ShiftTerm[] {
  const frequencies = distinctDifferences(spectrum);
  let best: ShiftTerm[] = [];
  let least = Infinity;
  for (const spacing of spacings) {
    const rule = ruleSpaced(frequencies, spacing);
    const total = rule.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
    // A gain within rounding is none: for equal distances the first rule is the best there is.
    if (!(total < least * (1 - 1e-9))) continue;
    best = rule;
    least = total;
  }
  return best;
}

function ruleSpaced(frequencies: readonly number[], spacing: number): ShiftTerm[] {
  const count = frequencies.length;
  const shifts = frequencies.map((_, s) => (spacing * (2 * s + 1) * Math.PI) / (2 * count * frequencies[0]));
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
