import type { Figure, SeedDiagnosis } from './diagnosis.ts';

/** Figures that are averaged over the initialisations, by the name they have in a SeedDiagnosis. */
const figures: Record<string, (seed: SeedDiagnosis) => number | null | undefined> = {
  kappa: (seed) => seed.kappa,
  rank: (seed) => seed.rank,
  learnedModes: (seed) => seed.learnedModes,
  rateLimit: (seed) => seed.rateLimit,
  'floor.mse': (seed) => seed.floor.mse,
  'forecast.trainLoss': (seed) => seed.forecast.trainLoss,
  'forecast.testMse': (seed) => seed.forecast.testMse,
  'forecast.testR2': (seed) => seed.forecast.testR2,
  'forecast.testAccuracy': (seed) => seed.forecast.testAccuracy,
  'forecast.steps': (seed) => seed.forecast.steps,
  'forecast.jacobians': (seed) => seed.forecast.jacobians,
  'forecast.limit.testMse': (seed) => seed.forecast.limit.testMse,
  'forecast.limit.testR2': (seed) => seed.forecast.limit.testR2,
  'earlyStop.steps': (seed) => seed.earlyStop?.steps ?? null,
  'earlyStop.testMse': (seed) => seed.earlyStop?.testMse ?? null,
  'trust.lossDeviation': (seed) => seed.trust.lossDeviation,
  'trust.followedSteps': (seed) => seed.trust.followedSteps,
  'trust.parameterChange': (seed) => seed.trust.parameterChange,
  'trust.kernelChange': (seed) => seed.trust.kernelChange,
  'trust.residualLeft': (seed) => seed.trust.residualLeft,
  'trust.jacobians': (seed) => seed.trust.jacobians,
  'verified.trainLoss': (seed) => seed.verified?.trainLoss,
  'verified.testMse': (seed) => seed.verified?.testMse,
  'verified.testR2': (seed) => seed.verified?.testR2,
  'verified.testAccuracy': (seed) => seed.verified?.testAccuracy,
  'verified.iterations': (seed) => seed.verified?.iterations,
  'verified.parameterChange': (seed) => seed.verified?.parameterChange,
  'verified.atEqualLoss.testMse': (seed) => seed.verified && (seed.verified.atEqualLoss?.testMse ?? null),
  'verified.atEqualLoss.testR2': (seed) => seed.verified && (seed.verified.atEqualLoss?.testR2 ?? null),
};

/** Figures that may be lower bounds, and when they are. */
const lowerBounds: Record<string, (seed: SeedDiagnosis) => boolean> = {
  'trust.lossDeviation': (seed) => !seed.trust.followedToEnd,
};

/** Mean and standard deviation over the initialisations; null, with a reason, where a figure is undefined in any. */
export function summarise(seeds: readonly SeedDiagnosis[]): Record<string, Figure> {
  const summary: Record<string, Figure> = {};
  for (const [name, read] of Object.entries(figures)) {
    const values = seeds.map(read);
    if (values.some((value) => value === undefined)) continue;
    const found = figure(name, values as (number | null)[], seeds);
    const atLeast = lowerBounds[name] !== undefined && found.mean !== null && seeds.some(lowerBounds[name]);
    summary[name] = atLeast ? { ...found, atLeast } : found;
  }
  return summary;
}

function figure(name: string, values: readonly (number | null)[], seeds: readonly SeedDiagnosis[]): Figure {
  const missing = values.filter((value) => value === null).length;
  if (missing > 0) {
    const reason = seeds.map((seed) => reasonFor(seed.reasons, name)).find((text) => text !== undefined);
    const which = missing === values.length ? '' : `in ${missing} of ${values.length} initialisations: `;
    return { mean: null, std: null, reason: `${which}${reason ?? 'it is undefined'}` };
  }
  const numbers = values as number[];
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, numbers.length - 1);
  return { mean, std: Math.sqrt(variance) };
}

/** The reason kept for a figure, or for what it is part of. */
function reasonFor(reasons: Record<string, string>, name: string): string | undefined {
  const cut = name.lastIndexOf('.');
  return reasons[name] ?? (cut < 0 ? undefined : reasonFor(reasons, name.slice(0, cut)));
}
