import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runSync } from '@qntk/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderStore } from '../src/folder.ts';
import {
  canonical,
  type Ensemble,
  isRecord,
  keyOf,
  memoryStore,
  pending,
  recordOf,
  running,
  type Store,
} from '../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-study-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const made = { version: '0.1.0', seconds: 0.5 };
const task = (seed: number, spec: unknown = { d: 8 }) => ({ kind: 'squares', spec, seed, revision: 1 });

describe('a task', () => {
  test('has the key of its content, in whatever order its parts were written', () => {
    expect(keyOf(task(1, { a: 1, b: [1, { c: 2, d: 3 }] }))).toBe(keyOf(task(1, { b: [1, { d: 3, c: 2 }], a: 1 })));
    // printf '{"kind":"squares","revision":1,"seed":1,"spec":{"d":8}}' | sha256sum (coreutils 9.1)
    expect(keyOf(task(1))).toBe('df881a71b7a55cc2359857bfcd13803312bd74ec8419a075a2d456b85eb77724');
  });

  test('has another key where anything in it is another', () => {
    const base = task(1);
    const others = [task(2), task(1, { d: 9 }), { ...base, kind: 'cubes' }, { ...base, revision: 2 }];
    expect(new Set([base, ...others].map(keyOf)).size).toBe(5);
  });

  test('is refused where a number has no place in JSON', () => {
    expect(() => keyOf(task(1, { gamma: Number.NaN }))).toThrow(RangeError);
  });

  test('canonical JSON reads back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 7 },
    );
  });
});

describe.each<[string, () => Store]>([
  ['memory', memoryStore],
  ['folder', () => folderStore(path.join(folder, 'deep/records'))],
])('the store in %s', (_, create) => {
  test('finds what was added, and nothing else', () => {
    const store = create();
    const [one, two] = [1, 2].map((seed) => recordOf(task(seed), { square: seed ** 2 }, made));
    store.add(one!);
    store.add(two!);
    store.add(two!);
    const found = store.find([one!.key, two!.key, keyOf(task(3))]);
    expect([...found.keys()]).toEqual([one!.key, two!.key]);
    expect(found.get(two!.key)).toEqual(two);
  });
});

describe('an ensemble', () => {
  const ensemble = (...seeds: number[]): Ensemble<{ d: number }> => ({
    kind: 'squares',
    spec: { d: 8 },
    revision: 1,
    seeds,
  });
  let computed: number[] = [];
  const worker =
    ({ d }: { d: number }) =>
    (seed: number) => {
      computed.push(seed);
      return d * seed ** 2;
    };
  beforeEach(() => {
    computed = [];
  });

  test('does what is missing, tells of it, and gives all in the order of the seeds', () => {
    const store = folderStore(folder);
    runSync(running(ensemble(3, 1), worker, store, made.version));
    const told: number[] = [];
    const records = runSync(running(ensemble(1, 2, 3, 4), worker, folderStore(folder), made.version), ({ done }) =>
      told.push(done),
    );
    expect(computed).toEqual([3, 1, 2, 4]);
    expect(told).toEqual([3, 4]);
    expect(records.map(({ result }) => result)).toEqual([8, 32, 72, 128]);
  });

  test('fewer seeds later, or other settings, leave earlier records where they are', () => {
    runSync(running(ensemble(1, 2, 3), worker, folderStore(folder), made.version));
    runSync(running({ ...ensemble(1), spec: { d: 2 } }, worker, folderStore(folder), made.version));
    expect(pending(ensemble(1, 2, 3), folderStore(folder)).todo).toEqual([]);
    expect(fs.readdirSync(folder)).toHaveLength(4);
  });

  test('what is damaged or foreign is named, left as it is and done again', () => {
    runSync(running(ensemble(1), worker, folderStore(folder), made.version));
    const file = path.join(folder, fs.readdirSync(folder)[0]!);
    const damaged = fs.readFileSync(file, 'utf8').slice(0, -9);
    fs.writeFileSync(file, damaged);
    fs.writeFileSync(path.join(folder, 'mine.json'), '{"my": "data"}');
    const store = folderStore(folder);
    expect(store.foreign).toEqual([file, path.join(folder, 'mine.json')]);
    expect(runSync(running(ensemble(1), worker, store, made.version)).map(({ result }) => result)).toEqual([8]);
    expect(fs.readFileSync(file, 'utf8')).toBe(damaged);
    expect(pending(ensemble(1), folderStore(folder)).todo).toEqual([]);
  });

  test('numbers that JSON has not, brackets without end, pipes and folders are no records', () => {
    const like = (spec: string) =>
      `{"schema":"qntk/record/1","key":"x","task":{"kind":"a","spec":${spec},"seed":1},"result":1}`;
    fs.writeFileSync(path.join(folder, 'a.json'), like('1e999'));
    fs.writeFileSync(path.join(folder, 'b.json'), like('['.repeat(1e5) + ']'.repeat(1e5)));
    fs.mkdirSync(path.join(folder, 'c.json'));
    execFileSync('mkfifo', [path.join(folder, 'd.json')]);
    expect(folderStore(folder).foreign.map((file) => path.basename(file))).toEqual(
      ['a', 'b', 'c', 'd'].map((x) => `${x}.json`),
    );
  });

  test('a folder that cannot be made is an error of the file system, at once', () => {
    const store = folderStore('/proc/nope/records');
    expect(() => store.add(recordOf(task(1), 1, made))).toThrow(/ENOENT|EACCES|EPERM/);
  });

  test('a record whose content was changed is none', () => {
    const record = recordOf(task(1), 1, made);
    expect(isRecord(record)).toBe(true);
    expect(isRecord({ ...record, task: task(2) })).toBe(false);
    expect(isRecord({ ...record, result: undefined })).toBe(false);
    expect(isRecord(null)).toBe(false);
  });
});
