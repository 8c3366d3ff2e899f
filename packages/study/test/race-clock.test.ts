import { type Rung, type RungResult, racing, ranked } from '@qntk/core/compare';
import { describe, expect, test } from 'vitest';
import { raceClock, type TimeBudget } from '../src/race-clock.ts';

const training = (steps: number): Rung => ({ kind: 'training', steps, whole: false });
const ladder: Rung[] = [{ kind: 'frozen' }, training(10), training(100)];
const last: Rung = { ...training(100), seeds: 3, finalists: 8 };
const result = (r2: number, work: number): RungResult => ({
  r2,
  change: 1,
  accuracy: null,
  mse: 0,
  trainMse: 0,
  jacobians: 0,
  gradients: work,
});

/** A race on a clock that only its tasks move: candidate k is the better the larger its number, and nobody ever leaves. */
function timed(budget: Omit<TimeBudget, 'now'>, { started = 0, count = 40, seconds = 0.1, rungs = ladder } = {}) {
  let time = started;
  const clock = raceClock({ ...budget, now: () => time }, () => ({ seeds: 3, steps: 200 }));
  const race = racing(
    Array.from({ length: count }, () => rungs),
    { limit: clock.limit },
  );
  const judged: number[][] = rungs.map(() => []);
  const startOf = () => time;
  let next = race.next();
  while (!next.done) {
    const { rung, candidates } = next.value;
    const length = rung === 0 ? 1 : [10, 100, 100][rung - 1]!;
    const fresh = rung === 3 ? 2 : 1;
    const start = startOf();
    const done = candidates.filter(() => {
      if (clock.isOver()) return false;
      // Two threads at work.
      time += (seconds * length * fresh) / 2;
      return true;
    });
    judged[rung]!.push(...done);
    clock.add(
      start,
      new Map(done.map((k) => [k, { seconds: seconds * length * fresh, work: length * fresh, frozen: rung === 0 }])),
    );
    next = race.next(
      new Map(done.map((k) => [k, Array.from({ length: rung === 3 ? 3 : 1 }, () => result(0.5 + 0.001 * k, length))])),
    );
  }
  return { clock, judged, time, standings: next.value };
}

describe('a race of limited time', () => {
  test('looks at the most promising more closely before it has looked at all, by what rungs take', () => {
    const { judged, time, standings } = timed({ seconds: 30, of: 'race' });
    expect(time).toBeLessThanOrEqual(30);
    // A hundred iterations of one candidate take five seconds.
    expect(time).toBeGreaterThan(25);
    const [first, short, long] = judged;
    expect(first).toHaveLength(40);
    expect([short![0], long![0]]).toEqual([39, 39]);
    expect(short!.length).toBeLessThan(40);
    expect(long!.length * 10).toBeGreaterThanOrEqual(short!.length / 2);
    const best = ranked(standings)[0]!;
    expect(best).toBe(39);
    const { mean, interval } = standings[best]!.score!;
    expect(interval[0]).toBeLessThan(mean);
  });

  test('is a whole race where there is enough', () => {
    const { judged } = timed({ seconds: 1e4, of: 'race' });
    expect(judged.map(({ length }) => length)).toEqual([40, 40, 40]);
  });

  test('has something to say in any time', () => {
    const { judged, standings } = timed({ seconds: 1e-6, of: 'race' });
    expect(judged.map(({ length }) => length)).toEqual([1, 0, 0]);
    expect(standings[ranked(standings)[0]!]!.score).not.toBeNull();
    expect(timed({ seconds: 1, of: 'all' }, { started: 2 }).judged.map(({ length }) => length)).toEqual([1, 0, 0]);
  });

  test('keeps time for the last few, and for the test of the winner where that is to be done in time, too', () => {
    const rungs = [...ladder, last];
    const { judged, time, clock } = timed({ seconds: 200, of: 'all' }, { started: 3, rungs });
    expect(judged[3]!.length).toBeGreaterThan(0);
    // Three trainings of two hundred steps in two threads take forty seconds.
    expect(time).toBeLessThanOrEqual(160);
    expect(clock.trainings(judged[3]![0]!)).toBe(3);
    const race = timed({ seconds: 100, of: 'race' }, { started: 3, rungs });
    expect(race.time).toBeGreaterThan(90);
    expect(race.clock.trainings(0)).toBe(3);
  });

  test('spares dear candidates: half of the time at most is for one Jacobian of each, of some from everywhere', () => {
    const { judged } = timed({ seconds: 100, of: 'race' }, { seconds: 1, count: 400 });
    expect(judged[0]!.length).toBeLessThanOrEqual(101);
    expect(Math.max(...judged[0]!)).toBeGreaterThan(300);
    expect(judged[1]!.length).toBeGreaterThan(0);
  });

  test('uses up what is not enough for the last few', () => {
    const rungs = [...ladder, { ...last, ...training(10_000) }];
    const { judged, time } = timed({ seconds: 100, of: 'race' }, { rungs });
    expect(judged[3]).toEqual([]);
    expect(time).toBeGreaterThan(90);
  });

  test('tests by fewer initialisations, or not at all, where time is short', () => {
    let time = 0;
    const clock = raceClock({ seconds: 10, of: 'all', now: () => time }, () => ({ seeds: 3, steps: 200 }));
    clock.isOver();
    time = 1;
    // A training of two hundred steps takes four seconds of one thread.
    clock.add(0, new Map([[0, { seconds: 1, work: 50, frozen: false }]]));
    expect(clock.trainings(0)).toBe(2);
    time = 7;
    expect(clock.trainings(0)).toBe(0);
    // Of another one Jacobian alone is known.
    clock.add(6, new Map([[1, { seconds: 1, work: 1, frozen: true }]]));
    expect(clock.trainings(1)).toBe(0);
  });
});
