import { expect, test } from 'vitest';
import { choiceEffects } from '../../src/compare/effects.ts';

const judged = (values: Record<string, unknown>, mean: number, half: number, left = false) => ({
  name: JSON.stringify(values),
  values,
  left: left ? {} : null,
  forecast: { score: { mean, std: 0, interval: [mean - half, mean + half] as const } },
});

test('each value of a choice stands with its best candidate, and whether the winner can be told from it', () => {
  const candidates = [
    judged({ kind: 'hva', layers: 4 }, 0.8, 0.1),
    judged({ kind: 'hva', layers: 16 }, 0.7, 0.1),
    judged({ kind: 'hva', layers: 8 }, 0.5, 0.1),
    // As wide, but it has left.
    judged({ kind: 'hea', layers: 4 }, 0.4, 0.5, true),
    judged({ kind: 'hea', layers: 8 }, 0.3, 0.5, true),
  ];
  expect(choiceEffects(candidates)).toMatchObject([
    {
      key: 'kind',
      values: [
        { value: 'hva', best: true },
        { value: 'hea', best: false, score: { mean: 0.4 } },
      ],
    },
    {
      key: 'layers',
      values: [
        { value: 4, best: true },
        { value: 8, best: false, score: { mean: 0.5 } },
        { value: 16, best: true },
      ],
    },
  ]);
});

test('a choice of one value is none, and nothing is said where nothing was judged', () => {
  expect(choiceEffects([judged({ kind: 'hva' }, 0.8, 0.1)])).toEqual([]);
  expect(choiceEffects([{ ...judged({ kind: 'hva' }, 0.8, 0.1), forecast: null }])).toEqual([]);
  expect(choiceEffects([])).toEqual([]);
});
