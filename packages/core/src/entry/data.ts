/**
 * Data sets: generated tables, and tables from anywhere, to features and labels split into training and test points.
 *
 * @module
 */
export { columnNotes, encodingNotes, isIdentifier } from '../data/feature-notes.ts';
export { datasetFromTable, type TableOptions } from '../data/from-table.ts';
export { generateTable } from '../data/generate.ts';
export type { OutputsWanted, Task } from '../data/labels.ts';
export type { DataNote } from '../data/notes.ts';
export { type FeatureOptions, fitPreparation, prepared } from '../data/prepare.ts';
export { type ModelChoices, modelChoices } from '../data/proposal/choices.ts';
export type { FoundColumn, Unfit, Use } from '../data/proposal/column.ts';
export type { ProposedModel } from '../data/proposal/model.ts';
export { type ArrayProposal, type Proposal, proposeForArrays, proposeForColumns } from '../data/proposal/proposal.ts';
export type { ProposedTarget } from '../data/proposal/target.ts';
export type { LabelRange, ProposedTask } from '../data/proposal/task.ts';
export { type DataSpec, dataSchema, type FileDataSpec } from '../data/schema.ts';
export type { LabelScaling } from '../data/standardise.ts';
export type { Column, FeatureColumn, Table, Target, TextColumn } from '../data/table.ts';
