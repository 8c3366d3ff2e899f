import { describe, expect, test } from 'vitest';
import { isSettled, type Rung, type RungResult, racing, ranked, rungsOf, scoreOf, workLimit } from '../../src/index.ts';

const result = (r2: number | null, change: number | null = 0): RungResult => ({
  r2,
  change,
  accuracy: null,
  mse: 0.1,
  trainMse: 0,
  jacobians: 1,
  gradients: 0,
});
const plan = { loss: 'mean', optimizer: 'adam', steps: 300 } as const;
const whole: Rung = { kind: 'training', steps: 300, whole: true };
const size = { parameters: 100, points: 180 };

/** Runs a race in which a rung says of candidate k what `says` does. */
function raced(rungs: readonly (readonly Rung[])[], says: (k: number, rung: number) => RungResult[] | undefined) {
  const race = racing(rungs);
  const heats: (readonly number[])[] = [];
  let next = race.next();
  while (!next.done) {
    const { rung, candidates } = next.value;
    heats.push(candidates);
    next = race.next(new Map(candidates.flatMap((k) => (says(k, rung) ? [[k, says(k, rung)!] as const] : []))));
  }
  return { heats, standings: next.value };
}

describe('a race', () => {
  const rungs = [whole, whole, whole];

  test('whoever cannot win leaves, and is judged no more; the others are judged in the order of their scores', () => {
    const scores = [0.1, 0.9, 0.95, 0.5];
    // The whole training leaves no doubt but the spread over initialisations.
    const says = (k: number) => [result(scores[k]! - 0.05), result(scores[k]! + 0.05)];
    const { heats, standings } = raced(
      scores.map(() => rungs),
      says,
    );
    expect(heats).toEqual([
      [0, 1, 2, 3],
      [2, 1],
      [2, 1],
    ]);
    expect(standings.map(({ left }) => left?.rung ?? null)).toEqual([0, null, null, 0]);
    expect(ranked(standings)).toEqual([2, 1, 3, 0]);
  });

  test('ladders need not be of one length: whoever is at the end of theirs came as far as anybody', () => {
    const { standings } = raced(
      [
        [whole, whole],
        [whole, whole, whole],
      ],
      (k) => [result(k === 0 ? 0.6 : 0.5, 1), result(k === 0 ? 0.7 : 0.9, 1)],
    );
    expect(standings.map(({ rung, left }) => [rung, left])).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(ranked(standings)).toEqual([1, 0]);
    const { standings: other } = raced(
      [
        [whole, whole],
        [whole, whole, whole],
      ],
      (k) => [result(k === 0 ? 0.6 : 0.5, 1), result(k === 0 ? 0.9 : 0.8, 1)],
    );
    expect(ranked(other)).toEqual([0, 1]);
  });

  test('ends where one alone is left', () => {
    const { heats } = raced([rungs, rungs], (k) => [result(k)]);
    expect(heats).toHaveLength(1);
  });

  test('ends where time is out, with the best so far', () => {
    const { heats, standings } = raced([rungs, rungs, rungs], (k, rung) =>
      rung === 1 && k === 0 ? undefined : [result(0.5 + 0.001 * k, 0), result(0.6, 0)],
    );
    expect(heats).toHaveLength(2);
    expect(standings.map(({ rung }) => rung)).toEqual([0, 1, 1]);
    expect(ranked(standings)).toEqual([2, 1, 0]);
  });

  describe('whose last rung takes more initialisations', () => {
    const ladder = [whole, whole, { ...whole, seeds: 3, finalists: 8 }];
    const many = Array.from({ length: 12 }, () => ladder);
    const near = (k: number) => [result(0.5 + 0.001 * k, 0), result(0.6, 0)];

    test('judges the best eight, who come before all others', () => {
      const { heats, standings } = raced(many, (k, rung) =>
        rung === 2 ? [result(0.4), result(0.5 + 0.001 * k), result(0.6)] : near(k),
      );
      expect(heats.map(({ length }) => length)).toEqual([12, 12, 8]);
      expect(heats[2]).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
      // By fewer initialisations the others look better.
      expect(ranked(standings).slice(0, 8)).toEqual(heats[2]);
    });

    test('judges the best so far where time was out before it', () => {
      const { heats, standings } = raced(many, (k, rung) => (rung === 1 && k < 6 ? undefined : near(k)));
      expect(heats.map(({ length }) => length)).toEqual([12, 12, 8]);
      expect(heats[2]).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
      expect(standings[0]!.judgements.map(({ rung }) => rung)).toEqual([0]);
      expect(standings[5]!.judgements.map(({ rung }) => rung)).toEqual([0, 2]);
    });

    test('judges one alone, too', () => {
      expect(raced([ladder, ladder], (k) => [result(k)]).heats).toEqual([[0, 1], [1]]);
    });
  });

  describe('of limited work', () => {
    const training = (steps: number): Rung => ({ kind: 'training', steps, whole: false });
    const ladder: Rung[] = [{ kind: 'frozen' }, training(10), training(100)];
    const costs = [1, 10, 100];
    /** Candidate k is the better the larger its number, and nobody ever leaves. */
    const limited = (gradients: number, count = 40, last: readonly Rung[] = []) => {
      const heats: { rung: number; candidates: readonly number[] }[] = [];
      let spent = 0;
      const race = racing(
        Array.from({ length: count }, () => [...ladder, ...last]),
        { limit: workLimit(gradients) },
      );
      let next = race.next();
      while (!next.done) {
        const { rung, candidates } = next.value;
        heats.push(next.value);
        const cost = costs[rung] ?? 100;
        spent += cost * candidates.length * (rung > 2 ? 2 : 1);
        next = race.next(
          new Map(
            candidates.map((k) => [
              k,
              Array.from({ length: rung > 2 ? 3 : 1 }, () => ({
                ...result(0.5 + 0.001 * k, 1),
                jacobians: 0,
                gradients: cost,
              })),
            ]),
          ),
        );
      }
      const judgedBy = (rung: number) => heats.filter((heat) => heat.rung === rung).flatMap((heat) => heat.candidates);
      return { heats, spent, judgedBy, standings: next.value };
    };

    test('what a forecast takes says nothing of a training on the same rung', () => {
      const forecast: Rung = { kind: 'forecast', jacobians: 10 };
      const ladders = Array.from({ length: 40 }, (_, k) => [
        { kind: 'frozen' } as const,
        k < 4 ? forecast : training(10),
      ]);
      const race = racing(ladders, { limit: { ...workLimit(2400), unit: 1 } });
      const taken: number[] = [];
      let next = race.next();
      while (!next.done) {
        const { rung, candidates } = next.value;
        if (rung === 1) taken.push(...candidates);
        // A forecast is fifty times as dear as its length says.
        const work = (k: number) => (rung === 0 ? 1 : k < 4 ? 500 : 10);
        next = race.next(
          new Map(candidates.map((k) => [k, [{ ...result(0.9 - 0.001 * k, 1), jacobians: 0, gradients: work(k) }]])),
        );
      }
      // 40 for the first rung and 2 000 for the forecasts, which come first: 360 are enough for all trainings.
      expect([...taken].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, k) => k));
    });

    test('spends as much on few candidates as on many, and no more than it has', () => {
      const { heats, spent, judgedBy, standings } = limited(640);
      expect(spent).toBeLessThanOrEqual(640);
      expect(spent).toBeGreaterThan(540);
      expect(judgedBy(0)).toHaveLength(40);
      expect(judgedBy(1).length * 10).toBeGreaterThan(200);
      // The most promising first, and at both lengths.
      expect(judgedBy(1)[0]).toBe(39);
      expect(judgedBy(2)[0]).toBe(39);
      expect(heats[0]!.candidates).toHaveLength(40);
      for (const { candidates } of heats.slice(1)) expect(candidates.length).toBeLessThanOrEqual(8);
      expect(ranked(standings)[0]).toBe(39);
      expect(isSettled(standings, Array(40).fill(ladder))).toBe(false);
    });

    test('is a whole race where there is enough', () => {
      const { judgedBy, standings } = limited(1e6);
      expect([0, 1, 2].map((rung) => judgedBy(rung).length)).toEqual([40, 40, 40]);
      expect(isSettled(standings, Array(40).fill(ladder))).toBe(true);
    });

    test('judges some where it is not enough for all, and nobody where it is enough for none', () => {
      expect(limited(17).judgedBy(0)).toHaveLength(17);
      expect(limited(0.5).heats).toEqual([]);
    });

    test('keeps a quarter for the last few, as many as it is enough for; results that they have are not counted again', () => {
      const { judgedBy, spent } = limited(4000, 40, [{ ...ladder[2]!, seeds: 3, finalists: 8 }]);
      // Of a thousand, two initialisations of each that has been judged by the rung before take two hundred.
      expect(judgedBy(3)).toHaveLength(5);
      expect(spent).toBeLessThanOrEqual(4000);
    });
  });

  test('of nobody', () => {
    expect(raced([], () => undefined).standings).toEqual([]);
  });
});

describe('rungs', () => {
  test('forecasts for optimisers that can be repeated, short trainings for L-BFGS, each dearer than the one before', () => {
    expect(rungsOf(plan, size).map(({ kind }) => kind)).toEqual(['frozen', 'forecast', 'forecast', 'forecast']);
    expect(rungsOf({ ...plan, optimizer: 'lbfgs' }, size).map(({ kind }) => kind)).toEqual([
      'frozen',
      'training',
      'training',
      'training',
    ]);
  });

  test('the last one once more for the last few candidates', () => {
    const rungs = rungsOf({ ...plan, optimizer: 'lbfgs' }, size, { finalSeeds: 3 });
    expect(rungs.slice(-2)).toEqual([
      { kind: 'training', steps: 100, whole: false },
      { kind: 'training', steps: 100, whole: false, seeds: 3, finalists: 8 },
    ]);
  });

  test('of L-BFGS one initialisation first, where there are several', () => {
    const one = { seeds: 1, of: 3 };
    expect(rungsOf({ ...plan, optimizer: 'lbfgs' }, size, { seeds: 3 })).toEqual([
      { kind: 'frozen', ...one },
      { kind: 'training', steps: 10, whole: false, ...one },
      { kind: 'training', steps: 30, whole: false, ...one },
      { kind: 'training', steps: 100, whole: false, ...one },
      { kind: 'training', steps: 100, whole: false },
    ]);
    const short = rungsOf({ ...plan, optimizer: 'lbfgs', steps: 15 }, size, { seeds: 3 });
    expect(short).toEqual([
      { kind: 'frozen', ...one },
      { kind: 'training', steps: 15, whole: true, ...one },
      { kind: 'training', steps: 15, whole: true },
    ]);
    expect(rungsOf(plan, size, { seeds: 3 })).toEqual(rungsOf(plan, size));
  });

  test('short trainings for as many gradients where Adam goes further with one than a Jacobian reaches', () => {
    const kinds = (rate: number, rest: object = {}, parameters = 100) =>
      rungsOf({ ...plan, rate, ...rest }, { ...size, parameters }).map(({ kind }) => kind);
    const [forecasts, trainings] = ['forecast', 'training'].map((kind) => ['frozen', kind, kind, kind]);
    // 0.4 rad for each of a hundred parameters are 4 rad; batches of 32 of 180 rows go 5.6 times as far with the same gradients.
    expect(kinds(0.39)).toEqual(forecasts);
    expect(kinds(0.41)).toEqual(trainings);
    expect(kinds(0.41, {}, 90)).toEqual(forecasts);
    const batches = { batch: 32, steps: 1000 };
    expect(kinds(0.07, batches)).toEqual(forecasts);
    expect(kinds(0.08, batches)).toEqual(trainings);
    // Where a SPEC has no rate Adam has its usual one; the rate of descent is no length.
    expect(rungsOf({ ...plan, batch: 1 }, size)[1]!.kind).toBe('training');
    expect(kinds(5, { optimizer: 'gd' })).toEqual(forecasts);
    const share = 32 / 180;
    expect(rungsOf({ ...plan, ...batches, rate: 0.1 }, size).slice(1)).toEqual(
      [34, 68, 135].map((steps) => ({ kind: 'training', steps, whole: false, share })),
    );
  });

  test('the whole training where steps of minibatches take as little as a forecast', () => {
    const share = 8 / 180;
    const short = { ...plan, batch: 8, rate: 0.01 };
    const trained = { kind: 'training', steps: 300, whole: true, share };
    // All 300 steps take as much as 13 gradients.
    expect(rungsOf(short, size)).toEqual([{ kind: 'frozen' }, { kind: 'forecast', jacobians: 6 }, trained]);
    expect(rungsOf({ ...short, steps: 2000 }, size).map(({ kind }) => kind)).not.toContain('training');
  });

  test('the whole training where a forecast would cost as much', () => {
    expect(rungsOf({ ...plan, steps: 10 }, size)).toEqual([
      { kind: 'frozen' },
      { kind: 'training', steps: 10, whole: true },
    ]);
    expect(rungsOf({ ...plan, optimizer: 'flow' }, size).at(-1)).toEqual(whole);
  });
});

describe('scores', () => {
  test('a whole training is in doubt by its spread alone', () => {
    const { mean, std, interval } = scoreOf([result(0.2), result(0.4)], whole);
    expect([mean, std]).toEqual([expect.closeTo(0.3, 12), expect.closeTo(Math.SQRT2 / 10, 12)]);
    expect(interval[1] - mean).toBeCloseTo((1.645 * std) / Math.SQRT2, 12);
  });

  test('the more the last quarter of the work has changed, the wider; never above 1', () => {
    const rung: Rung = { kind: 'forecast', jacobians: 6 };
    const width = (change: number) => {
      const { interval } = scoreOf([result(0.5, change)], rung);
      return interval[1] - interval[0];
    };
    expect(width(0.3)).toBeGreaterThan(width(0.1));
    expect(scoreOf([result(0.99, 0.5)], rung).interval[1]).toBe(1);
  });

  test('of short trainings step by step are as wide as their gradients of all rows say, in however many steps', () => {
    const width = (steps: number, share: number) => {
      const { mean, interval } = scoreOf([result(0.5)], { kind: 'training', steps, whole: false, share });
      return mean - interval[0];
    };
    expect(width(24, 0.25)).toBeCloseTo(width(6, 1), 12);
    expect(width(24, 1)).toBeLessThan(width(6, 1));
  });

  test('of one initialisation of several are wider by what the others may do', () => {
    const width = (rung: Rung) => {
      const { mean, interval } = scoreOf([result(0.5)], rung);
      return mean - interval[0];
    };
    expect(width({ ...whole, seeds: 1, of: 3 })).toBeCloseTo(0.125 * Math.sqrt(2 / 3), 12);
    expect(width({ ...whole, seeds: 1, of: 9 })).toBeGreaterThan(width({ ...whole, seeds: 1, of: 3 }));
    expect(width(whole)).toBe(0);
  });

  test('an undefined or hopeless R² counts as −1', () => {
    expect(scoreOf([result(null)], whole).mean).toBe(-1);
    expect(scoreOf([result(-40)], whole).mean).toBe(-1);
  });
});
