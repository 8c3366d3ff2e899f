/**
 * Diagnoses: how a model will train on a data set, over all initialisations, with verdicts as codes and evidence.
 *
 * @module
 */

export { isAdvised } from '../diagnose/bottom-line.ts';
export { cautionsOf } from '../diagnose/cautions.ts';
export {
  deeperSpec,
  type ModelVariants,
  readoutSpec,
  rescaledSpec,
  richerSpec,
  simplerSpec,
} from '../diagnose/changed-model.ts';
export {
  type Change,
  type ChangedPlan,
  type ChangedScores,
  changeOf,
  changesToTry,
  forecastingScores,
  isStillOpen,
  seedsToTry,
} from '../diagnose/changes.ts';
export {
  bottomLineContradictions,
  isContradicted,
  type TrainedFacts,
  type TrainedRun,
} from '../diagnose/contradictions.ts';
export { diagnose, diagnosing, joinDiagnosis } from '../diagnose/diagnose.ts';
export type * from '../diagnose/diagnosis.ts';
export { halfOfPoints } from '../diagnose/half-of-points.ts';
export { type LimitAndReferences, limitAndReferences } from '../diagnose/limit-and-references.ts';
export type { DiagnoseOptions, SeedOptions } from '../diagnose/options.ts';
export { type DiagnosisProblem, diagnosisProblem } from '../diagnose/problem.ts';
export { diagnoseSeed, diagnosingSeed } from '../diagnose/seed.ts';
export type * from '../diagnose/verdict.ts';
export { fitReferences, type References } from '../references/references.ts';
