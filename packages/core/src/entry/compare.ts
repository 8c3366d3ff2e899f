/**
 * Comparisons: a race of many models on one data set, judged by training rows that are kept out.
 *
 * @module
 */
export {
  type ComparedCandidate,
  type Comparison,
  comparisonOf,
  type Entrant,
  type FinishedRace,
  type HardwareCost,
  type RungSummary,
  type TestedScores,
  validationReferences,
} from '../compare/comparison.ts';
export type { ChoiceEffect, ValueEffect } from '../compare/effects.ts';
export {
  type Heat,
  isSettled,
  type Leaving,
  type RaceOptions,
  type RungJudgement,
  type RungSeeds,
  racing,
  ranked,
  rungsOf,
  type Standing,
} from '../compare/race.ts';
export {
  type KernelFigures,
  type Method,
  type Rung,
  type RungOptions,
  type RungResult,
  rungOf,
} from '../compare/rung.ts';
export { scoreOf, type ValidationScore } from '../compare/score.ts';
export { type Selection, selectionSchema, selectionSplits, usualSelection } from '../data/folds.ts';
export { type Grid, type GridMember, parseGrid } from '../spec/grid.ts';
