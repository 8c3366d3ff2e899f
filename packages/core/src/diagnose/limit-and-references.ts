import { type CertifiedLimit, certifiedLimit } from '../certificate/limit.ts';
import type { Dataset } from '../model/dataset.ts';
import { labelUnitsOf, mseInLabelUnits } from '../model/label-units.ts';
import type { Model } from '../model/model.ts';
import { fitReferences } from '../references/references.ts';
import type { Diagnosis, ReferenceScores } from './diagnosis.ts';
import { listedOutputs } from './listing.ts';
import { scoreTest } from './scoring.ts';

/** What a diagnosis says of model and data without any initialisation: plain data. */
export type LimitAndReferences = Pick<Diagnosis, 'limit' | 'references'>;

/**
 * The certified limit, in the labels' own units, and the scores of the reference models beside it; the same whatever the
 * initialisations and the training.
 */
export function limitAndReferences(model: Model, dataset: Dataset): LimitAndReferences {
  const certified = certifiedLimit(model, dataset);
  return { limit: inUnitsOf(dataset, certified), references: referenceScores(dataset, certified) };
}

/** As long as they are not known. */
export const unknownLimit: LimitAndReferences = {
  limit: { mse: null, gap: null, basis: null, noise: 0, outOfRange: 0, reason: 'it is not known yet' },
  references: null,
};

/** The limit in the labels' own units, without the outputs that have it. */
function inUnitsOf(dataset: Dataset, { readout: _, ...limit }: CertifiedLimit): Diagnosis['limit'] {
  const { mse, gap, noise, outOfRange } = limit;
  const inUnits = (error: number) => mseInLabelUnits(error, labelUnitsOf(dataset));
  return {
    ...limit,
    mse: mse && inUnits(mse),
    gap: gap && inUnits(gap),
    noise: inUnits(noise),
    outOfRange: inUnits(outOfRange),
  };
}

/** Fits the references to the training points and scores them on the test points; null where there are none. */
function referenceScores(dataset: Dataset, limit: CertifiedLimit): ReferenceScores | null {
  if (dataset.test.length === 0) return null;
  const { constant, ridge, rbf, reason, points } = fitReferences(dataset);
  const reasons: Record<string, string> = {};
  const scoreOf = (name: string, f: Float64Array) => ({
    ...scoreTest({ dataset }, f, name, reasons),
    test: listedOutputs({ dataset }, f),
  });
  const scored = (name: string, f: Float64Array | null, why = reason) => {
    if (f === null) reasons[name] = why ?? '';
    return f && scoreOf(name, f);
  };
  return {
    constant: scoreOf('constant', constant),
    ridge: scored('ridge', ridge),
    rbf: scored('rbf', rbf),
    readout: scored('readout', limit.readout?.test ?? null, limit.reason),
    points,
    reasons,
  };
}
