import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import type { Diagnosis } from '@qntk/core';
import { formatRecord, parseRecord, type TaskRecord } from '@qntk/study';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fill, newFolder, qntk, qntkJson, started } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const spec = (data: string, qubits = 2) => `
data: ${data}
model: {qubits: ${qubits}, encoding: {gate: RY, reupload: true}, ansatz: {kind: hea, layers: 3}, observable: Z0, scale: 1.5}
training: {steps: 30}
`;
const moons = (points: number) => `{source: moons, points: ${points}}`;
const call = (file: string, ...more: string[]) => ['diagnose', file, '--out', 'out', ...more];

/** Texts of the records of a kind in the folder of results, by file name. */
function records(kind = 'diagnose'): Record<string, string> {
  const place = path.join(folder, 'out/records');
  const names = fs.existsSync(place) ? fs.readdirSync(place).filter((name) => !name.startsWith('.')) : [];
  const texts = names.map((name) => [name, fs.readFileSync(path.join(place, name), 'utf8')] as const);
  return Object.fromEntries(texts.filter(([, text]) => JSON.parse(text).task.kind === kind));
}
const count = () => Object.keys(records()).length;
const report = () => JSON.parse(fs.readFileSync(path.join(folder, 'out/report.json'), 'utf8'));

async function killed(args: readonly string[], signal: 'SIGINT' | 'SIGKILL', when: () => boolean): Promise<unknown[]> {
  const child = started(args, folder);
  while (!when()) await new Promise((next) => setTimeout(next, 7));
  child.kill(signal);
  return once(child, 'exit');
}

describe('diagnose --out', () => {
  test('finds what an earlier call finished by content: not by names of files, nor by how many seeds were asked for', () => {
    const points = ['0.1,0.2', '0.3,-0.4', '1,0.7', '-0.9,0.2', '0.3,0.1', '0.8,-1'];
    const csv = (labels: number[]) => ['a,b,y', ...points.map((point, k) => `${point},${labels[k]}`), ''].join('\n');
    const labels = [1, -1, 1, -1, 1, -1];
    fill(folder, { 'one.csv': csv(labels), 'two.csv': csv(labels), 'three.csv': csv([-1, ...labels.slice(1)]) });
    for (const name of ['one', 'two', 'three'])
      fill(folder, { [`${name}.yaml`]: spec(`{source: csv, file: ${name}.csv, target: y, train: 0.7}`) });
    const said = (name: string, ...more: string[]) => qntk(call(`${name}.yaml`, ...more), folder).stdout;
    expect(said('one', '--seeds', '3')).toMatch(/records of all seeds in records\.$/m);
    const alone = qntkJson(['diagnose', 'one.yaml', '--seeds', '2'], folder);
    expect(said('two', '--seeds', '2')).toContain('2 of the seeds were found there and not computed again');
    expect(report()).toEqual({
      ...alone,
      spec: { ...alone.spec, data: { ...alone.spec.data, file: 'two.csv' } },
      data: { ...alone.data, source: 'two.csv' },
    });
    expect(count()).toBe(3);
    const others = [['three'], ['one', '--verify'], ['one', '--tolerance', '0.1']] as const;
    for (const [name, ...more] of others) expect(said(name, '--seeds', '1', ...more)).not.toContain('found there');
    expect(count()).toBe(6);
  });

  test('a record is read, not computed again; a damaged one is named, left as it is and computed', () => {
    fill(folder, { 's.yaml': spec(moons(20)) });
    qntk(call('s.yaml', '--seeds', '2'), folder);
    const [[first, text], [second, other]] = Object.entries(records()) as [[string, string], [string, string]];
    // A mark that no computation would make.
    const record = parseRecord(text) as TaskRecord<{ rank: number }>;
    const marked = formatRecord({ ...record, result: { ...record.result, rank: 777 } });
    const damaged = other.replace('"rank":', '"rank":1');
    fill(path.join(folder, 'out/records'), { [first]: marked, [second]: damaged });
    const { code, stderr } = qntk(call('s.yaml', '--seeds', '2'), folder);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`${second}: found no record of a seed`)]);
    expect(report().seeds[record.task.seed].rank).toBe(777);
    expect(report().seeds[1 - record.task.seed].rank).toBeLessThanOrEqual(10);
    expect(records()).toMatchObject({ [first]: marked, [second]: damaged });
    expect(count()).toBe(3);
  });

  test('the limit and the references are read, not computed again, whatever the training', () => {
    fill(folder, { 's.yaml': spec(moons(20)) });
    qntk(call('s.yaml', '--seeds', '1'), folder);
    const [[name, text]] = Object.entries(records('limit')) as [[string, string]];
    const record = parseRecord(text) as TaskRecord<Pick<Diagnosis, 'limit' | 'references'>>;
    expect(record.result).toEqual({ limit: report().limit, references: report().references });
    // A mark that no computation would make.
    const marked = { ...record.result, limit: { ...record.result.limit, noise: 0.125 } };
    fill(path.join(folder, 'out/records'), { [name]: formatRecord({ ...record, result: marked }) });
    qntk(call('s.yaml', '--seeds', '2', '--verify'), folder);
    expect(report().limit.noise).toBe(0.125);
    expect(Object.keys(records('limit'))).toEqual([name]);
  });

  test('killed four times, it goes on each time from all that was finished, and ends as a run without', async () => {
    fill(folder, { 's.yaml': spec(moons(200), 5) });
    const long = call('s.yaml', '--seeds', '16');
    for (let k = 1; k <= 4; k++) {
      const before = records();
      expect(await killed(long, 'SIGKILL', () => count() >= 3 * k)).toEqual([null, 'SIGKILL']);
      expect(records()).toMatchObject(before);
      for (const text of Object.values(records())) expect(parseRecord(text)).toBeDefined();
      expect(fs.readdirSync(path.join(folder, 'out'))).toEqual(['records']);
    }
    const found = count();
    const { code, stdout, stderr } = qntk(long, folder);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`${found} of the seeds were found there and not computed again`);
    expect(count()).toBe(16);
    // Alone, in memory and one after the other: neither records nor threads change anything.
    const alone = qntkJson(['diagnose', 's.yaml', '--seeds', '2'], folder);
    expect(report().seeds.slice(0, 2)).toEqual(alone.seeds);
  });

  test('Ctrl-C leaves whole records, and nothing else', async () => {
    fill(folder, { 's.yaml': spec(moons(20)) });
    for (let k = 1; k <= 4; k++) {
      const ended = killed(call('s.yaml', '--seeds', '100000'), 'SIGINT', () => count() >= 5 * k);
      expect(await ended).toEqual([130, null]);
      expect(fs.readdirSync(path.join(folder, 'out'))).toEqual(['records']);
      for (const name of fs.readdirSync(path.join(folder, 'out/records'))) {
        expect(name).toMatch(/^[0-9a-f]{64}\.json$/);
        const text = fs.readFileSync(path.join(folder, 'out/records', name), 'utf8');
        expect(parseRecord(text)).toBeDefined();
      }
    }
  });
});

test('threads change nothing', () => {
  // A third of a second each: with these there are threads, with two there are none.
  fill(folder, { 'slow.yaml': spec(moons(200), 5) });
  const call = (seeds: string) => qntkJson(['diagnose', 'slow.yaml', '--verify', '--seeds', seeds], folder).seeds;
  expect(call('9').slice(0, 2)).toEqual(call('2'));
});
