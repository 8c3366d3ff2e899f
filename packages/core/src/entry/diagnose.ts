/**
 * Diagnoses: how a model will train on a data set, over all initialisations, with verdicts as codes and evidence.
 *
 * @module
 */

export { advisedChange, isAdvised, type Outcome, outcomeOf } from '../diagnose/advice.ts';
export { isGapShown, isGapTold } from '../diagnose/bottom-line.ts';
export { cautionsOf } from '../diagnose/cautions.ts';
export {
  deeperSpec,
  type ModelVariants,
  readoutSpec,
  rescaledSpec,
  richerSpec,
  simplerSpec,
} from '../diagnose/changed-model.ts';
export { comparingChanges } from '../diagnose/changes.ts';
export type { Asking, Attempt, Plan } from '../diagnose/comparison.ts';
export {
  bottomLineContradictions,
  isContradicted,
  type TrainedFacts,
  type TrainedRun,
} from '../diagnose/contradictions.ts';
export { diagnose, diagnosing, joinDiagnosis } from '../diagnose/diagnose.ts';
export type * from '../diagnose/diagnosis.ts';
export { halfOfPoints } from '../diagnose/half-of-points.ts';
export { type KeptOut, keepingOut } from '../diagnose/kept-out.ts';
export { type LimitAndReferences, limitAndReferences, unknownLimit } from '../diagnose/limit-and-references.ts';
export type { DiagnoseOptions, SeedOptions } from '../diagnose/options.ts';
export { type DiagnosisProblem, diagnosisProblem } from '../diagnose/problem.ts';
export { diagnoseSeed, diagnosingSeed } from '../diagnose/seed.ts';
export { isOutside, unsettled } from '../diagnose/told.ts';
export type * from '../diagnose/verdict.ts';
export { labelVariance } from '../diagnose/verdicts.ts';
export { fitReferences, type References } from '../references/references.ts';
