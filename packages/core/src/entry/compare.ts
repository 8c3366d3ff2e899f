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
export { type RaceLimit, workLimit } from '../compare/costs.ts';
export type { ChoiceEffect, ValueEffect } from '../compare/effects.ts';
export {
  type Heat,
  isSettled,
  type RaceOptions,
  type RungSeeds,
  racing,
  ranked,
  rungsOf,
  type SplitSize,
} from '../compare/race.ts';
export {
  batchShare,
  type KernelFigures,
  type Method,
  type Rung,
  type RungOptions,
  type RungResult,
  rungOf,
} from '../compare/rung.ts';
export { scoreOf, type ValidationScore } from '../compare/score.ts';
export type { Leaving, RungJudgement, Standing } from '../compare/standing.ts';
export { type Selection, selectionSchema, selectionSplits, usualSelection } from '../data/folds.ts';
export { type Grid, type GridMember, parseGrid } from '../spec/grid.ts';
