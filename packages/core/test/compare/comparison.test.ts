import { expect, test } from 'vitest';
import { comparisonOf, type Rung, type RungResult, scoreOf } from '../../src/index.ts';
import { modelOf } from '../helpers/problems.ts';

test('what a rung of more initialisations shares with the one before it is counted once', () => {
  const short: Rung = { kind: 'training', steps: 10, whole: false };
  const rungs: Rung[] = [short, { ...short, seeds: 3, finalists: 8 }];
  const result: RungResult = { r2: 0.5, change: 0, accuracy: null, mse: 0.1, trainMse: 0, jacobians: 0, gradients: 10 };
  const standing = (judged: readonly number[]) => ({
    rung: judged.at(-1)!,
    reached: judged.at(-1)!,
    score: scoreOf([result], short),
    judgements: judged.map((rung) => ({ rung, results: Array.from({ length: rung === 1 ? 3 : 1 }, () => result) })),
    left: null,
  });
  const judged = [[0, 1], [0], [1]];
  const { candidates, rungs: summaries } = comparisonOf({
    version: '',
    seeds: 1,
    entrants: judged.map((_, k) => ({
      name: `${k}`,
      values: {},
      model: modelOf({ features: 2, qubits: 2, layers: 1 }),
      rungs,
      steps: 100,
    })),
    standings: judged.map(standing),
    seconds: judged.map(() => 0),
    selection: { folds: 4 },
    rows: 20,
    references: { constant: 0, ridge: null, rbf: null },
    skipped: [],
    tested: new Map(),
    leastTrainMse: null,
    complete: true,
  });
  expect(candidates.map(({ name, gradients }) => [name, gradients])).toEqual([
    ['0', 30],
    ['2', 30],
    ['1', 10],
  ]);
  // Four trainable gates of one qubit: nine circuits a row.
  const { cost } = candidates[0]!;
  expect(cost.circuits).toEqual({ training: 9 * 20 * 100, judging: 9 * 20 * 30 });
  expect(summaries.map(({ judged, gradients }) => [judged, gradients])).toEqual([
    [2, 20],
    [2, 50],
  ]);
});
