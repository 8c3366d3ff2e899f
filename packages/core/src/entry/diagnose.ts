/**
 * Diagnoses: how a model will train on a data set, over all initialisations, with verdicts.
 *
 * @module
 */
export { cautionsOf } from '../diagnose/cautions.ts';
export { diagnose } from '../diagnose/diagnose.ts';
export type * from '../diagnose/diagnosis.ts';
export type { DiagnoseOptions } from '../diagnose/options.ts';
