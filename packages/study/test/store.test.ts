import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderStore } from '../src/folder.ts';
import { formatRecord, keyOf, memoryStore, parseRecord, recordOf, type Store } from '../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-study-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const made = { version: '0.1.0', seconds: 0.5 };
const task = (seed: number, spec: unknown = { d: 8 }) => ({ kind: 'squares', spec, seed, revision: 1 });
const record = (seed: number) => recordOf(task(seed), { square: seed ** 2, of: ['a', null] }, made);

describe('the text of a record', () => {
  test('reads back to the record', () => {
    expect(parseRecord(formatRecord(record(3)))).toEqual(record(3));
  });

  test('is none with any character changed in task or result, or cut off', () => {
    const text = formatRecord(record(3));
    const [from, to] = [text.indexOf('"key"'), text.indexOf(',"version"')];
    const result = text.indexOf('"result"');
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: from, max: to - 1 }), fc.integer({ min: result, max: text.length - 3 })),
        fc.constantFrom(...'019x{'),
        (at, character) => {
          fc.pre(text[at] !== character);
          expect(parseRecord(text.slice(0, at) + character + text.slice(at + 1))).toBeUndefined();
          expect(parseRecord(text.slice(0, at))).toBeUndefined();
        },
      ),
      { seed: 11, numRuns: 500 },
    );
  });

  test.each(['', 'null', '[]', '{}', '{"half', '7', '{"schema":"qntk/record/1"}'])('is not %j', (text) => {
    expect(parseRecord(text)).toBeUndefined();
  });
});

describe.each<[string, () => Store]>([
  ['memory', memoryStore],
  ['folder', () => folderStore(path.join(folder, 'deep/records'))],
])('the store in %s', (_, create) => {
  test('finds what was added, and nothing else', () => {
    const store = create();
    store.add(record(1));
    store.add(record(2));
    store.add(record(2));
    const found = store.find([record(1).key, record(2).key, keyOf(task(3))]);
    expect([...found.keys()]).toEqual([record(1).key, record(2).key]);
    expect(found.get(record(2).key)).toEqual(record(2));
  });
});

describe('the store in a folder', () => {
  const unusable = (...seeds: number[]) => {
    const told: string[] = [];
    const store = folderStore(folder, (file) => told.push(path.basename(file)));
    const found = store.find(seeds.map((seed) => record(seed).key));
    return { store, told, found };
  };

  test('has a file a record, and a second writer of the same adds none', () => {
    for (let writer = 0; writer < 2; writer++) folderStore(folder).add(record(1));
    expect(fs.readdirSync(folder)).toEqual([`${record(1).key}.json`]);
  });

  test('names what is damaged or foreign, once, and leaves it as it is', () => {
    folderStore(folder).add(record(1));
    const name = `${record(1).key}.json`;
    const damaged = fs.readFileSync(path.join(folder, name), 'utf8').replace('"square":1', '"square":2');
    fs.writeFileSync(path.join(folder, name), damaged);
    fs.writeFileSync(path.join(folder, 'mine.json'), '{"my": "data"}');
    // A whole record under the name of another.
    fs.writeFileSync(path.join(folder, `${record(2).key}.json`), formatRecord(record(3)));
    const { store, told, found } = unusable(1, 2);
    expect([found.size, told.sort()]).toEqual([0, [name, `${record(2).key}.json`, 'mine.json'].sort()]);
    store.add(record(1));
    expect(store.find([record(1).key]).get(record(1).key)).toEqual(record(1));
    expect(told).toHaveLength(3);
    expect(fs.readFileSync(path.join(folder, name), 'utf8')).toBe(damaged);
    expect(unusable(1).found.size).toBe(1);
  });

  test('numbers that JSON has not, brackets without end, pipes and folders are no records', () => {
    const file = (seed: number) => path.join(folder, `${record(seed).key}.json`);
    const like = (spec: string) => formatRecord(record(1)).replace('{"d":8}', spec);
    fs.writeFileSync(file(1), like('1e999'));
    fs.writeFileSync(file(2), like('['.repeat(1e5) + ']'.repeat(1e5)));
    fs.mkdirSync(file(3));
    execFileSync('mkfifo', [file(4)]);
    expect(unusable(1, 2, 3, 4).told).toHaveLength(4);
  });

  test('takes away what killed writers left a day ago, and nothing newer', () => {
    const left = [1, 2].map((pid) => `.${record(1).key}.${pid}.tmp`);
    for (const name of [...left, '.mine.tmp']) fs.writeFileSync(path.join(folder, name), '{"half');
    const old = Date.now() / 1000 - 90_000;
    for (const name of [left[0]!, '.mine.tmp']) fs.utimesSync(path.join(folder, name), old, old);
    folderStore(folder).add(record(2));
    expect(fs.readdirSync(folder).sort()).toEqual([left[1], '.mine.tmp', `${record(2).key}.json`].sort());
  });

  test('that cannot be made is an error of the file system, at once', () => {
    expect(() => folderStore('/proc/nope/records').add(record(1))).toThrow(/ENOENT|EACCES|EPERM/);
  });
});
