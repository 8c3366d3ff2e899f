import {
  defaultLabels,
  hermitianNorm,
  leastEigenvalueAtMinima,
  type MinimaMeasure,
  minimumKernel,
  type Random,
  random,
  sampleMinima,
} from '@qntk/core';
import { atOnce, type Kind } from '@qntk/study';
import { kernelOfDirections } from '../minima-kernel.ts';

/** Random global minima; each seed is a chain of its own. */
export interface MinimaSpec {
  readonly d: number;
  readonly m: number;
  readonly gamma: number;
  readonly measure: MinimaMeasure;
  readonly samples: number;
}

export interface MinimaResult {
  /** λ_g of each minimum, ascending. */
  readonly lambda: readonly number[];
  /** Largest error of an entry of Eq. 113 as it is printed, and with R ∘ R in place of R, at one minimum. */
  readonly entryError: { readonly printed: number; readonly corrected: number };
  /** Of independent directions û_1 … û_m, the share for which vectors w_j, and so a minimum, exist. */
  readonly existing: number;
}

const paperShare = 0.05;
/** Sets of directions tried for the share that has a minimum. */
const sets = 30;

export const minimaKind = {
  name: 'qnn-convergence-minima',
  seedRun: (spec) => atOnce((seed) => minimaOf(spec, random(seed))),
} as const satisfies Kind<MinimaSpec, undefined, MinimaResult>;

function minimaOf({ d, m, gamma, measure, samples }: MinimaSpec, draw: Random): MinimaResult {
  const setting = { dimension: d, labels: defaultLabels(m), gamma, measure };
  const { lambda } = leastEigenvalueAtMinima(setting, samples, paperShare, draw);
  const P = sampleMinima(setting, 1, draw)[0]!;
  const kernel = minimumKernel(P, gamma);
  const error = (form: 'printed' | 'corrected') =>
    kernelOfDirections(P, gamma, form).reduce((most, value, i) => Math.max(most, Math.abs(value - kernel[i]!)), 0);
  let found = 0;
  for (let k = 0; k < sets; k++) if (hermitianNorm(gramOfDirections(d, setting.labels, gamma, draw)) <= 1) found++;
  return {
    lambda: [...lambda],
    entryError: { printed: error('printed'), corrected: error('corrected') },
    existing: found / sets,
  };
}

/** u_i†u_j of independent uniform directions in d/2 dimensions, with the lengths that the labels ask for. */
function gramOfDirections(d: number, labels: Float64Array, gamma: number, draw: Random): Float64Array {
  const m = labels.length;
  const columns = Array.from(labels, (label) => {
    const v = Float64Array.from({ length: d }, () => draw.normal());
    const size = Math.sqrt((1 + label / gamma) / 2) / Math.hypot(...v);
    return v.map((value) => value * size);
  });
  const P = new Float64Array(2 * m * m);
  columns.forEach((u, i) => {
    columns.forEach((v, j) => {
      for (let k = 0; k < d; k += 2) {
        P[2 * (i * m + j)]! += u[k]! * v[k]! + u[k + 1]! * v[k + 1]!;
        P[2 * (i * m + j) + 1]! += u[k]! * v[k + 1]! - u[k + 1]! * v[k]!;
      }
    });
  });
  return P;
}
