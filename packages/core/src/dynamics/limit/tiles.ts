/**
 * The two products that the limit's time goes into, on rows of complex amplitudes (interleaved). Sizes are even, so that
 * tiles of 2 × 2 need no remainder: each number read is used twice, and eight sums run side by side.
 */

/** out[i, j] += scale·⟨row i|row j⟩ over the amplitudes from … to, for the upper triangle of the n × n matrix `out`. */
export function addOverlaps(
  out: Float64Array,
  x: Float64Array,
  n: number,
  width: number,
  from: number,
  to: number,
  scale: number,
): void {
  for (let i = 0; i < n; i += 2) {
    const i0 = 2 * i * width;
    const i1 = i0 + 2 * width;
    for (let j = i; j < n; j += 2) {
      const j0 = 2 * j * width;
      const j1 = j0 + 2 * width;
      let re00 = 0;
      let im00 = 0;
      let re01 = 0;
      let im01 = 0;
      let re10 = 0;
      let im10 = 0;
      let re11 = 0;
      let im11 = 0;
      for (let a = 2 * from; a < 2 * to; a += 2) {
        const p0 = x[i0 + a];
        const q0 = x[i0 + a + 1];
        const p1 = x[i1 + a];
        const q1 = x[i1 + a + 1];
        const r0 = x[j0 + a];
        const s0 = x[j0 + a + 1];
        const r1 = x[j1 + a];
        const s1 = x[j1 + a + 1];
        re00 += p0 * r0 + q0 * s0;
        im00 += p0 * s0 - q0 * r0;
        re01 += p0 * r1 + q0 * s1;
        im01 += p0 * s1 - q0 * r1;
        re10 += p1 * r0 + q1 * s0;
        im10 += p1 * s0 - q1 * r0;
        re11 += p1 * r1 + q1 * s1;
        im11 += p1 * s1 - q1 * r1;
      }
      const at = 2 * (i * n + j);
      const below = at + 2 * n;
      out[at] += scale * re00;
      out[at + 1] += scale * im00;
      out[at + 2] += scale * re01;
      out[at + 3] += scale * im01;
      out[below] += scale * re10;
      out[below + 1] += scale * im10;
      out[below + 2] += scale * re11;
      out[below + 3] += scale * im11;
    }
  }
}

/** Makes a matrix Hermitian from its upper triangle. */
export function mirror(out: Float64Array, n: number): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      out[2 * (i * n + j)] = out[2 * (j * n + i)];
      out[2 * (i * n + j) + 1] = -out[2 * (j * n + i) + 1];
    }
}

/** Row j of `out` = Σ_i h[i, j]·row i of `x` for the amplitudes from … to; h is n × n. */
export function combineRows(
  out: Float64Array,
  h: Float64Array,
  x: Float64Array,
  n: number,
  width: number,
  from: number,
  to: number,
): void {
  const rowOfX = 2 * width;
  const rowOfH = 2 * n;
  for (let j = 0; j < rowOfH; j += 4)
    for (let a = 2 * from; a < 2 * to; a += 4) {
      let re00 = 0;
      let im00 = 0;
      let re01 = 0;
      let im01 = 0;
      let re10 = 0;
      let im10 = 0;
      let re11 = 0;
      let im11 = 0;
      let k = j;
      let l = a;
      for (let i = 0; i < n; i++) {
        const p0 = h[k];
        const q0 = h[k + 1];
        const p1 = h[k + 2];
        const q1 = h[k + 3];
        const r0 = x[l];
        const s0 = x[l + 1];
        const r1 = x[l + 2];
        const s1 = x[l + 3];
        re00 += p0 * r0 - q0 * s0;
        im00 += p0 * s0 + q0 * r0;
        re01 += p0 * r1 - q0 * s1;
        im01 += p0 * s1 + q0 * r1;
        re10 += p1 * r0 - q1 * s0;
        im10 += p1 * s0 + q1 * r0;
        re11 += p1 * r1 - q1 * s1;
        im11 += p1 * s1 + q1 * r1;
        k += rowOfH;
        l += rowOfX;
      }
      const at = (j >> 1) * rowOfX + a;
      const below = at + rowOfX;
      out[at] = re00;
      out[at + 1] = im00;
      out[at + 2] = re01;
      out[at + 3] = im01;
      out[below] = re10;
      out[below + 1] = im10;
      out[below + 2] = re11;
      out[below + 3] = im11;
    }
}
