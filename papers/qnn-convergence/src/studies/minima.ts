import { defaultLabels, leastEigenvalueAtMinima, type MinimaMeasure, minimaMeasures, random } from '@qntk/core';
import { digits, type Study, table } from '../../../table.ts';

/** λ_g at δ = 0.05 over its ceiling 2γ² − 2, and the constants that make the bound an equality. */
export function minimaConstants(measure: MinimaMeasure, d: number, m: number, gamma: number) {
  const setting = { dimension: d, labels: defaultLabels(m), gamma, measure };
  const { quantile, ceiling, constant, perRatio } = leastEigenvalueAtMinima(
    setting,
    200,
    0.05,
    random(31, d, m, gamma),
  );
  return { share: quantile / ceiling, constant, perRatio };
}

const dimensions = [32, 64, 128, 256, 1024];

export const minimaStudy: Study = {
  name: 'minima',
  title: 'Rates at global minima',
  print() {
    const rows = minimaMeasures.flatMap((measure) =>
      [2, 4].flatMap((gamma) =>
        [2, 4, 8, 16].map((m) => [
          measure,
          gamma,
          m,
          ...dimensions.map((d) => {
            const { share, constant, perRatio } = minimaConstants(measure, d, m, gamma);
            return `${digits(share, 3)}, ${digits(constant)}, ${digits(perRatio)}`;
          }),
        ]),
      ),
    );
    return { text: table(['measure', 'γ', 'm', ...dimensions.map((d) => `d = ${d}`)], rows) };
  },
};
