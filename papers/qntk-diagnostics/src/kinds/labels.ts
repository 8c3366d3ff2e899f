import { dataSchema, engines, generateTable } from '@qntk/core';
import { atOnce, type Kind } from '@qntk/study';

/** Magnetisations at evenly spaced fields, as the paper's eigensolver gives them and exactly. */
export interface LabelsResult {
  readonly fields: readonly number[];
  readonly variational: readonly number[];
  readonly exact: readonly number[];
}

/** The seed is that of the eigensolver. */
export const labelsKind = {
  name: 'qntk-diagnostics-labels',
  seedRun: ({ points }) =>
    atOnce((seed) => {
      const [variational, exact] = (['vqe', 'exact'] as const).map((ground) =>
        generateTable(dataSchema.parse({ source: 'tfim', points, ground, seed }), engines.wasm),
      );
      return {
        fields: [...(variational!.features[0] as { values: Float64Array }).values],
        variational: [...(variational!.target as Float64Array)],
        exact: [...(exact!.target as Float64Array)],
      };
    }),
} as const satisfies Kind<{ readonly points: number }, undefined, LabelsResult>;
