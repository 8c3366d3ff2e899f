import { describe, expect, test } from 'vitest';
import { type Progress, runAsync, runSync, secondsLeft, type Work } from '../src/progress.ts';

function* counting(total: number, closed: () => void = () => undefined): Work<number> {
  let sum = 0;
  try {
    for (let done = 1; done <= total; done++) {
      sum += done;
      yield { label: 'numbers', done, total };
    }
  } finally {
    closed();
  }
  return sum;
}

/** Work whose pieces take a while, as real ones do. */
function* slow(pieces: number): Work<string> {
  for (let done = 1; done <= pieces; done++) {
    const until = performance.now() + 8;
    while (performance.now() < until);
    yield { label: 'pieces', done, total: pieces };
  }
  return 'done';
}

describe('long work', () => {
  test('both drivers give the result and tell every event', async () => {
    const [sync, async_]: [Progress[], Progress[]] = [[], []];
    expect(runSync(counting(4), (event) => sync.push(event))).toBe(10);
    expect(await runAsync(counting(4), { onEvent: (event) => async_.push(event) })).toBe(10);
    expect(sync.map(({ done }) => done)).toEqual([1, 2, 3, 4]);
    expect(async_).toEqual(sync);
  });

  test('the event loop runs while work is done', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await runAsync(slow(12));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  test('an abort ends it between two events, and the work closes what it has open', async () => {
    const controller = new AbortController();
    let closed = false;
    const seen: number[] = [];
    const running = runAsync(
      counting(1000, () => {
        closed = true;
      }),
      {
        signal: controller.signal,
        onEvent: ({ done }) => {
          seen.push(done);
          if (done === 3) controller.abort();
        },
      },
    );
    await expect(running).rejects.toThrow('abort');
    expect(seen).toEqual([1, 2, 3]);
    expect(closed).toBe(true);
  });

  test('an error of the work or of its listener comes through', async () => {
    const failing = function* (): Work<never> {
      yield { label: 'x', done: 1, total: 2 };
      throw new RangeError('too far');
    };
    expect(() => runSync(failing())).toThrow(RangeError);
    await expect(runAsync(failing())).rejects.toThrow(RangeError);
  });

  test('time left goes by what was done', () => {
    expect(secondsLeft({ label: '', done: 2, total: 10 }, 3)).toBe(12);
    expect(secondsLeft({ label: '', done: 0, total: 10 }, 3)).toBeNull();
    expect(secondsLeft({ label: '', done: 4, total: 10, seconds: 30 }, 3, 4)).toBe(27);
    expect(secondsLeft({ label: '', done: 5, total: 10, seconds: 30 }, 3, 4)).toBe(15);
    expect(secondsLeft({ label: '', done: 4, total: 10, seconds: 30 }, 31, 4)).toBeNull();
  });
});
