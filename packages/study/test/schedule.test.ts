import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError, type Progress, runSync } from '@qntk/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { folderStore } from '../src/folder.ts';
import { kinds, memoryStore, openSession, running, type Store, schedule, scheduleAll } from '../src/index.ts';
import { computed, ensemble, portThreads, slow, squares } from './helpers/squares.ts';

let folder: string;
beforeEach(() => {
  computed.length = 0;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-study-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const version = '0.1.0';
const inFolder = () => ({ store: folderStore(folder), version });
const inMemory = () => ({ store: memoryStore(), version });
const valuesOf = (records: readonly { result: { square: number } }[]) => records.map(({ result }) => result.square);

describe('on this thread', () => {
  test('does what is missing, tells of it, and gives all in the order of the seeds', () => {
    runSync(running(ensemble([3, 1]), inFolder()));
    const told: number[] = [];
    const records = runSync(running(ensemble([1, 2, 3, 4]), inFolder()), ({ done }) => told.push(done));
    expect(computed).toEqual([3, 1, 2, 4]);
    // Twice a task: it has two parts.
    expect(told).toEqual([2.5, 3, 3.5, 4]);
    expect(valuesOf(records)).toEqual([8, 32, 72, 128]);
  });

  test('fewer seeds later, or other settings, leave earlier records where they are', () => {
    runSync(running(ensemble([1, 2, 3]), inFolder()));
    runSync(running(ensemble([1], { d: 2 }), inFolder()));
    expect(fs.readdirSync(folder)).toHaveLength(4);
    computed.length = 0;
    runSync(running(ensemble([1, 2, 3]), inFolder()));
    expect(computed).toEqual([]);
  });

  test('records of a kind that gives other numbers now are found no more', () => {
    runSync(running(ensemble([1, 2]), inFolder()));
    computed.length = 0;
    const { kind, ...rest } = ensemble([1, 2]);
    runSync(running({ ...rest, kind: { ...kind, revision: 1 } }, inFolder()));
    expect(computed).toEqual([1, 2]);
  });

  test('records are looked up once', () => {
    const store = memoryStore();
    const find = vi.spyOn(store, 'find');
    runSync(running(ensemble([1, 2, 3]), { store, version }));
    expect(find).toHaveBeenCalledTimes(1);
  });
});

describe('a schedule', () => {
  test.each([1, 2, 3, 8])('gives the same over %i threads as on this one', async (most) => {
    const seeds = [5, 1, 4, 2, 3];
    const { threads, open } = portThreads(most);
    const told: number[] = [];
    const { records, found } = await schedule(slow(seeds), {
      ...inMemory(),
      threads,
      onProgress: ({ done }) => told.push(done),
    });
    const alone = await schedule(ensemble(seeds), inMemory());
    const plain = (each: typeof records) => each.map(({ seconds: _, ...rest }) => rest);
    expect(plain(records)).toEqual(plain(alone.records));
    expect([found, [...new Set(told)].at(-1), open.size]).toEqual([0, 5, 0]);
  });

  test.each<[string, number | undefined, number, number[]]>([
    ['alone, all tasks', 4, 1, [12]],
    ['over two threads, two one after the other', 4, 2, [8]],
    ['nothing without an estimate', undefined, 1, []],
  ])('says before it begins how long it takes: %s', async (_, seconds, most, expected) => {
    const events: Progress[] = [];
    await schedule(
      { ...ensemble([1, 2, 3]), ...(seconds !== undefined && { seconds }) },
      { ...inMemory(), threads: portThreads(most).threads, onProgress: (event) => events.push(event) },
    );
    const first = expected.map((each) => ({ label: 'initialisations', done: 0, total: 3, seconds: each }));
    expect(events.filter((event) => event.seconds !== undefined)).toEqual(first);
    expect(events.slice(0, first.length)).toEqual(first);
  });

  test('this thread is one of them where it may be', async () => {
    const { threads, open } = portThreads(3, [squares], true);
    const start = vi.spyOn(threads, 'start');
    const { records } = await schedule(slow([1, 2, 3, 4, 5, 6, 7]), { ...inMemory(), threads });
    expect(valuesOf(records)).toEqual([8, 32, 72, 128, 200, 288, 392]);
    expect([start.mock.calls.length, open.size]).toEqual([2, 0]);
  });

  test('this thread stops where another one fails', async () => {
    const { threads } = portThreads(
      2,
      [{ ...squares, seedRun: () => squares.seedRun({ d: 1, fails: 2 }, undefined) }],
      true,
    );
    await expect(schedule(slow([1, 2, 3, 4, 5, 6]), { ...inMemory(), threads })).rejects.toThrow('seed 2');
    const soFar = computed.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(computed.length).toBe(soFar);
  });

  test('does little work without other threads', async () => {
    const { threads } = portThreads(4);
    const start = vi.spyOn(threads, 'start');
    await schedule(ensemble([1, 2, 3]), { ...inMemory(), threads });
    await schedule({ ...slow([1, 2, 3]), seconds: 0.01 }, { ...inMemory(), threads });
    await schedule(slow([1]), { ...inMemory(), threads });
    expect(start).not.toHaveBeenCalled();
    await schedule(slow([1, 2, 3]), { ...inMemory(), threads });
    expect(start).toHaveBeenCalledTimes(3);
  });

  test.each([1, 2, 3])('many ensembles share %i threads, and a task of two of them is done once', async (most) => {
    const { threads, open } = portThreads(most);
    const all = [slow([1, 2]), slow([1, 3], { d: 3 }), slow([2, 4]), slow([5])];
    const { records, found } = await scheduleAll(all, { ...inMemory(), threads });
    expect(records.map(valuesOf)).toEqual([[8, 32], [3, 27], [32, 128], [200]]);
    expect([...found, open.size]).toEqual([0, 0, 0, 0, 0]);
    expect([...computed].sort()).toEqual([1, 1, 2, 3, 4, 5]);
  });

  test.each([
    [1, false],
    [2, false],
    [3, true],
  ])('begins nothing more where it is enough: %i threads, this one among them: %o', async (most, beside) => {
    for (const tasks of [0, 3]) {
      const { threads, open } = portThreads(most, [squares], beside);
      const all = [slow([1, 2]), slow([3, 4, 5, 6, 7, 8, 9, 10])];
      let asked = 0;
      const { records } = await scheduleAll(all, { ...inMemory(), threads, enough: () => ++asked > tasks });
      expect([records.flat().length, open.size]).toEqual([tasks, 0]);
    }
  });

  test('finds what an earlier one finished', async () => {
    const { threads } = portThreads(2);
    await schedule(slow([1, 2, 3]), { ...inFolder(), threads });
    const { records, found } = await schedule(slow([2, 3, 4]), { ...inFolder(), threads });
    expect([found, valuesOf(records)]).toEqual([2, [32, 72, 128]]);
    expect(computed).toEqual([1, 2, 3, 4]);
  });

  test('a thread gets its next task when the last record is kept', async () => {
    const store = memoryStore();
    let kept = 0;
    const watched: Store = {
      find: store.find,
      add(record) {
        kept++;
        // At most the tasks of the two threads are done and not kept.
        expect(computed.length - kept).toBeLessThanOrEqual(1);
        store.add(record);
      },
    };
    await schedule(slow([1, 2, 3, 4, 5, 6, 7, 8]), { store: watched, version, threads: portThreads(2).threads });
    expect(kept).toBe(8);
  });
});

describe('a session', () => {
  const squaresIn = (store: Store, seed: number) => schedule(ensemble([seed]), { store, version });

  test('what is foreseen is begun by a thread that has nothing to do, and kept where somebody asks for it', async () => {
    const store = memoryStore();
    const { threads, open } = portThreads(2, [squares], true);
    const session = openSession({ store, version, threads });
    const [next, never] = [ensemble([7]), ensemble([9])];
    const first = await session.all([slow([1, 2])], {
      foresee: (_, known) => (known([next]) ? [never] : [next]),
    });
    expect(first.records.map(valuesOf)).toEqual([[8, 32]]);
    expect([...computed].sort()).toEqual([1, 2, 7, 9]);
    const second = await session.all([next, ensemble([3])]);
    expect([second.records.map(valuesOf), second.found]).toEqual([
      [[392], [72]],
      [1, 0],
    ]);
    session.close();
    expect([...computed].sort()).toEqual([1, 2, 3, 7, 9]);
    expect(open.size).toBe(0);
    // Of what nobody asked for no trace is left.
    for (const seed of [7, 9]) await squaresIn(store, seed);
    expect(computed.filter((seed) => seed === 7)).toHaveLength(1);
    expect(computed.filter((seed) => seed === 9)).toHaveLength(2);
  });

  test('what is asked for while another thread does it ahead is not begun again', async () => {
    const session = openSession({ ...inMemory(), threads: portThreads(2).threads });
    const next = ensemble([7, 8]);
    await session.all([slow([1, 2])], { foresee: () => [next] });
    const { records } = await session.all([next]);
    session.close();
    expect(records.map(valuesOf)).toEqual([[392, 512]]);
    expect([...computed].sort()).toEqual([1, 2, 7, 8]);
  });

  test.each([1, 2])('a guess that cannot be made is none: %i threads', async (most) => {
    const { threads } = portThreads(most, [squares], true);
    const session = openSession({ ...inMemory(), threads });
    const foresee = () => {
      throw new Error('no guess');
    };
    const { records } = await session.all([slow([1, 2, 3])], { foresee });
    session.close();
    expect(records.map(valuesOf)).toEqual([[8, 32, 72]]);
  });

  test.each([2, 3])('what goes wrong ahead is thrown where somebody asks for it: %i threads', async (most) => {
    const failing = ensemble([4, 5], { d: 8, fails: 4 });
    const { threads } = portThreads(most, [squares], true);
    const session = openSession({ ...inMemory(), threads });
    const { records } = await session.all([slow([1, 2, 3])], { foresee: () => [failing] });
    expect(records.map(valuesOf)).toEqual([[8, 32, 72]]);
    await expect(session.all([failing])).rejects.toThrow('seed 4');
    session.close();
  });

  test('a thread that hears of nothing for long gives the others what they will do next', async () => {
    const { threads } = portThreads(2, [squares], true);
    const whole = { ...slow([3]), kind: { ...squares, name: 'squares', isWhole: true } };
    const sent: number[] = [];
    const start = () => {
      const worker = threads.start();
      const { postMessage } = worker;
      return Object.assign(worker, {
        postMessage(message: { type: string; task?: { seed: number } }) {
          if (message.task) sent.push(message.task.seed);
          postMessage(message);
        },
      });
    };
    let before: number[] = [];
    const store = memoryStore();
    const watched: Store = {
      find: store.find,
      add(record) {
        if (record.task.seed === 3) before = [...sent];
        store.add(record);
      },
    };
    await scheduleAll([slow([1, 2]), whole, slow([4, 5])], { store: watched, version, threads: { ...threads, start } });
    expect(before).toContain(4);
  });
});

describe('what goes wrong', () => {
  test.each([
    ['RangeError', () => new RangeError('too large'), RangeError],
    ['TypeError', () => new TypeError('no number'), TypeError],
    ['of a class of its own', () => Object.assign(new Error('odd'), { name: 'OddError' }), Error],
    ['InputError', () => new InputError({ where: 'a', found: 'b', expected: 'c', advice: 'd' }), InputError],
  ])('in a thread is thrown with class and fields: %s', async (_, error, type) => {
    const { threads, open } = portThreads(2, [
      { ...squares, seedRun: () => squares.seedRun({ d: 1, fails: 2, error }, undefined) },
    ]);
    const given = { ...inMemory(), threads };
    const thrown = await schedule(slow([1, 2, 3, 4]), given).catch((reason) => reason);
    expect(thrown).toBeInstanceOf(type);
    expect({ ...thrown, name: thrown.name, message: thrown.message }).toMatchObject({
      ...error(),
      name: error().name,
      message: error().message,
    });
    expect(thrown.stack).toContain('squares.ts');
    expect([...given.store.find([]).keys(), open.size]).toEqual([0]);
  });

  test('a thread that cannot start, or knows no such kind', async () => {
    const { threads } = portThreads(2, kinds);
    await expect(schedule(slow([1, 2]), { ...inMemory(), threads })).rejects.toThrow(
      'there is no kind of task squares',
    );
    const start = () => {
      const worker = threads.start();
      setTimeout(() => worker.onerror?.({ message: 'not found' }));
      return Object.assign(worker, { postMessage: () => undefined });
    };
    await expect(schedule(slow([1, 2]), { ...inMemory(), threads: { most: 2, start, beside: false } })).rejects.toThrow(
      'not found',
    );
  });

  test('a store that takes nothing stops everything', async () => {
    const { threads, open } = portThreads(2);
    const full: Store = {
      find: () => new Map(),
      add: () => {
        throw new Error('no room');
      },
    };
    await expect(schedule(slow([1, 2, 3]), { store: full, version, threads })).rejects.toThrow('no room');
    expect(open.size).toBe(0);
  });

  test.each([
    ['this thread', ensemble],
    ['other threads', slow],
  ])('a signal stops %s, and what is finished stays', async (_, make) => {
    const { threads, open } = portThreads(2);
    const controller = new AbortController();
    const reason = new Error('enough');
    const seeds = Array.from({ length: 50 }, (__, k) => k);
    const options = {
      ...inFolder(),
      threads,
      signal: controller.signal,
      onProgress: ({ done }: { done: number }) => done === 3 && controller.abort(reason),
    };
    await expect(schedule(make(seeds), options)).rejects.toBe(reason);
    expect(open.size).toBe(0);
    expect(fs.readdirSync(folder).length).toBeGreaterThanOrEqual(3);
    expect(fs.readdirSync(folder).length).toBeLessThan(10);
    await expect(schedule(make(seeds), { ...options, ...inFolder() })).rejects.toBe(reason);
  });
});
