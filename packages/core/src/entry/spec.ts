/**
 * SPECs: one model on one data set, and how it is started and trained, checked from plain values.
 *
 * @module
 */
export type { Path } from '../schema/expected.ts';
export { isSpecKey, parseSpec, type Spec, type SpecInput, specSchema, type TrainingSpec } from '../spec/spec.ts';
