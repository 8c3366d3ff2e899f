import fs from 'node:fs';
import path from 'node:path';
import { writeNpz } from '@qntk/formats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { array, fill, newFolder, qntk } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const data = 'data: {source: csv, file: d.csv, target: y}';
const model = 'model: {qubits: 2, encoding: {gate: RY}, ansatz: {kind: hea, layers: 2}, observable: Z0}';
const table = 'x,y\n0.1,0.1\n0.2,0.2\n0.3,0.3\n0.4,0.1\n';

/** Diagnoses into a folder; expects code 2, nothing on stdout, no file but those given. */
function refused(spec: string, csv = table): string {
  fill(folder, { 's.yaml': spec, 'd.csv': csv });
  const { code, stdout, stderr } = qntk(['diagnose', 's.yaml', '--out', 'report'], folder);
  expect([code, stdout]).toEqual([2, '']);
  expect(fs.readdirSync(folder).sort()).toEqual(['d.csv', 's.yaml']);
  expect(stderr).toMatch(/^qntk: /);
  expect(stderr).not.toMatch(/\n\s+at /);
  return stderr;
}

const changed = (from: string, to: string) => `${data}\n${model.replace(from, to)}\n`;

describe('the SPEC', () => {
  const cases: [string, string, string][] = [
    [
      'an unknown key',
      changed('qubits', 'qbits'),
      's.yaml:2:9: model.qbits: found an unknown key, expected one of qubits, encoding, ansatz, observable, scale, readout; did you mean "qubits"?',
    ],
    [
      'a key that is missing',
      changed('qubits: 2, ', ''),
      's.yaml:2:8: model.qubits: found nothing, expected a whole number',
    ],
    [
      'an unknown key of an ansatz',
      changed('layers: 2', 'layers: 2, lairs: 3'),
      's.yaml:2:73: model.ansatz.lairs: found an unknown key, expected one of layers, kind, mirrored; did you mean "layers"?',
    ],
    [
      'a wrong type',
      changed('qubits: 2', 'qubits: two'),
      's.yaml:2:17: model.qubits: found "two", expected a whole number',
    ],
    [
      'a wrong type of a list',
      changed('Z0', '[Z0, 3]'),
      's.yaml:2:86: model.observable: found ["Z0",3], expected text or a list of texts',
    ],
    [
      'a wrong name',
      changed('hea', 'hae'),
      'model.ansatz.kind: found "hae", expected one of hea, hva, real-amplitudes, efficient-su2, strongly-entangling, basic-entangler; did you mean "hea"?',
    ],
    ['a fraction', changed('layers: 2', 'layers: 2.5'), 'model.ansatz.layers: found 2.5, expected a whole number'],
    [
      'no layers',
      changed('layers: 2', 'layers: 0'),
      'model.ansatz.layers: found 0, expected at least 1; with 0 layers nothing is trainable',
    ],
    ['40 qubits', changed('qubits: 2', 'qubits: 40'), 's.yaml:2:17: model.qubits: found 40 qubits, which need 16 TiB'],
    ['a scale of 0', changed('Z0', 'Z0, scale: 0'), 'model.scale: found 0, expected more than 0'],
    ['not a number', changed('Z0', 'Z0, scale: .nan'), 'model.scale: found NaN, expected a number'],
    [
      'an observable of no qubit',
      changed('Z0', 'Z7'),
      's.yaml:2:86: model.observable: found qubit 7 in "Z7", expected qubits 0 to 1',
    ],
    ['no observable', changed('Z0', '[]'), 'model.observable: found [], expected at least 1 entry'],
    [
      'a key that comes twice',
      changed('qubits: 2', 'qubits: 2, qubits: 3'),
      's.yaml:2:20: found the key qubits for the second time',
    ],
    ['no model', data, 's.yaml:1:1: model: found nothing, expected a mapping with the keys qubits'],
    [
      'an unknown source',
      `data: {source: cvs}\n${model}`,
      's.yaml:1:16: data.source: found "cvs", expected one of csv, parquet, npz, npy, moons, sinusoid, tfim; did you mean "csv"?',
    ],
    ['no source', `data: {file: d.csv}\n${model}`, 'data.source: found nothing, expected one of csv'],
    [
      'both share and split',
      `${data.replace('}', ', train: 0.5, split: x}')}\n${model}`,
      'data.split: found train beside it, expected either train or split',
    ],
    [
      'a range the wrong way round',
      `${data.replace('}', ', range: [1, 0]}')}\n${model}`,
      'data.range: found [1,0], expected [low, high] with low below high',
    ],
    [
      'a range of three',
      `${data.replace('}', ', range: [1, 0, 2]}')}\n${model}`,
      'data.range: found [1,0,2], expected',
    ],
    ['text that is not YAML', 'model: {qubits: 2', 's.yaml:1:18: found text that is no YAML or JSON'],
    ['brackets in brackets', '['.repeat(100_000), 'found brackets or mappings too deep in each other, expected fewer'],
    ['an empty file', '', 's.yaml: found an empty file'],
    ['a list', '[1, 2]', 's.yaml:1:1: SPEC: found [1,2], expected a mapping with the keys data, model'],
    ['binary data', 'a\0b', 's.yaml: found binary data'],
    [
      'data that are a list',
      `data: [{source: csv}]\n${model}`,
      'data: found [{"source":"csv"}], expected a mapping with the key source: one of csv, parquet',
    ],
    [
      'an alias without an anchor',
      'data: *x',
      's.yaml:1:7: found the alias *x without an anchor &x before it, expected what is meant, written out',
    ],
    ['an alias before its anchor', 'data: *x\nmodel: &x 1', 's.yaml:1:7: found the alias *x without an anchor'],
    [
      'an alias in what it stands for',
      'data: &d [1, {a: *d}]',
      's.yaml:1:18: found the alias *d inside of what it stands for, which would never end',
    ],
    [
      'aliases of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefg'].map((c, k) => `${c}: &${c} [${Array(9).fill(`*${'abcdef'[k]}`)}]`).join('\n')}`,
      's.yaml: found 6050000 values once all aliases (*name) are followed, expected at most 10000; write out what is meant',
    ],
    [
      'a merge key',
      `${data}\nmodel: {<<: {qubits: 2}}`,
      's.yaml:2:9: found the merge key <<, which YAML 1.2 does not have, expected the keys that it stands for, written out',
    ],
    ['a tab', `data:\n\tsource: csv`, 's.yaml:2:1: found a tab at the beginning of a line, expected spaces'],
    [
      'a comma that is missing',
      'data: {source: csv file: d.csv}',
      's.yaml:1:16: found a key inside of braces or brackets that no comma comes before',
    ],
    ['a second document', `${data}\n---\n${model}`, 's.yaml:2:1: found a second document, expected one'],
    ['two documents in JSON', '{"data": {}}\n{"model": {}}', 's.yaml:2:1: found more text after the end of a value'],
    ['a list for a key', `? [a, b]\n: 1`, 's.yaml:1:3: found a key that is a list or a mapping, expected a name'],
  ];
  test.each(cases)('%s', (_, spec, message) => {
    expect(refused(spec)).toContain(message);
  });

  test('several things that are wrong are all named', () => {
    const lines = refused(changed('qubits: 2', 'qubits: two, a: 1')).trim().split('\n');
    expect(lines).toHaveLength(2);
  });

  test('a JSON file with tabs is read, and errors in it have their place', () => {
    const spec = {
      data: { source: 'sinusoid' },
      model: { qubits: 2, encoding: {}, ansatz: { kind: 'hea', layers: 1 }, observable: 'Z0' },
    };
    fill(folder, { 's.json': JSON.stringify(spec, null, '\t') });
    expect(qntk(['diagnose', 's.json', '--seeds', '1'], folder).code).toBe(0);
    fill(folder, { 's.json': JSON.stringify({ ...spec, initial: { seed: -1 } }, null, '\t') });
    expect(qntk(['diagnose', 's.json'], folder).stderr).toBe(
      'qntk: s.json:15:11: initial.seed: found -1, expected at least 0\n',
    );
  });

  test.each([
    ['a mark of UTF-8', `\ufeff${data}\n${model}`],
    ['line ends of Windows', `${data}\r\n${model}\r\n`],
    ['line ends of old Macs', `${data}\r${model}\r`],
    ['a value that is used twice', `${data}\n${model.replace('2}', '&two 2}')}\ninitial: {seeds: *two}`],
    ['a document with its marks', `---\n${data}\n${model}\n...\n`],
  ])('%s: read', (_, spec) => {
    fill(folder, { 's.yaml': spec, 'd.csv': table });
    expect(qntk(['diagnose', 's.yaml', '--seeds', '1'], folder).stderr).toBe('');
  });

  test('a SPEC that is not there', () => {
    const { code, stderr } = qntk(['diagnose', 'none.yaml'], folder);
    expect([code, stderr]).toEqual([
      2,
      'qntk: none.yaml: found no such file (ENOENT), expected a file that can be read\n',
    ]);
  });

  test('a rate for an optimiser without one', () => {
    fill(folder, { 's.yaml': `data: {source: sinusoid}\n${model}\ntraining: {rate: 0.1}\n` });
    const { code, stderr } = qntk(['train', 's.yaml'], folder);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('s.yaml:3:18: training.rate: found 0.1, expected none, as lbfgs'),
    ]);
  });
});

describe('the table', () => {
  const cases: [string, string, string][] = [
    ['an empty file', '', 'd.csv: found an empty file, expected a header row'],
    ['only a header', 'x,y\n', 'd.csv:1: found only a header row'],
    ['ragged rows', 'x,y\n1,2\n1,2,3\n', 'd.csv:3: found 3 cells, expected 2'],
    ['text among numbers', 'x,y\n1,2\nabc,2\n', 'd.csv:3: column "x": found "abc", expected a finite number'],
    ['NaN in a feature', 'x,y\n1,2\nnan,2\n', 'd.csv:3: column "x": found "nan"'],
    ['NaN in the target', 'x,y\n1,2\n2,NaN\n', 'd.csv:3: column "y": found "NaN"'],
    ['an infinite target', 'x,y\n1,inf\n2,-inf\n', 'd.csv:2: column "y": found "inf", expected a finite number'],
    ['an empty cell among classes', 'x,y\n1,a\n2,\n', 'd.csv:3: column "y": found an empty cell'],
    ['a constant target', 'x,y\n1,2\n2,2\n3,2\n', 'd.csv: column "y": found a constant target: all labels are 2'],
    ['a single point', 'x,y\n1,2\n', 'data: found a single point, expected at least 2'],
    [
      'more features than qubits',
      'a,b,c,y\n1,2,3,4\n2,3,4,5\n',
      's.yaml:1:7: data: found 3 features, expected at most 2, which encoding "angle" takes on 2 qubits',
    ],
    [
      'no such target',
      'x,z\n1,2\n2,3\n',
      's.yaml:1:42: data.target: found "y", which is no column of d.csv, expected one of x, z',
    ],
    [
      'three classes and one output',
      'x,y\n1,a\n2,b\n3,c\n',
      'found 3 different labels ("a", "b", "c"), which are classes',
    ],
    ['the same column twice', 'x,x,y\n1,1,2\n', 'd.csv:1: found columns 1 and 2 both named "x"'],
  ];
  test.each(cases)('%s', (_, csv, message) => {
    expect(refused(`${data}\n${model}`, csv)).toContain(message);
  });

  test('a file that is not there', () => {
    fill(folder, { 's.yaml': `${data}\n${model}` });
    const { code, stderr } = qntk(['diagnose', 's.yaml'], folder);
    expect([code, stderr]).toEqual([
      2,
      'qntk: s.yaml:1:27: data.file: found "d.csv": no such file (ENOENT), expected a file that can be read\n',
    ]);
  });

  test('file names are relative to the SPEC', () => {
    fs.mkdirSync(path.join(folder, 'sub'));
    fill(path.join(folder, 'sub'), { 's.yaml': `${data}\n${model}`, 'd.csv': table });
    expect(qntk(['diagnose', 'sub/s.yaml', '--seeds', '1'], folder).code).toBe(0);
  });
});

describe('warnings', () => {
  test('labels out of range, with the scale that brings them inside', () => {
    fill(folder, {
      's.yaml': `${data.replace('}', ', split: part}')}\n${model}`,
      'd.csv': 'x,y,part\n0,1,train\n1,2,train\n2,3,train\n3,-0.5,train\n4,90,test\n5,0,test\n',
    });
    const { code, stderr } = qntk(['diagnose', 's.yaml', '--seeds', '1'], folder);
    expect([code, stderr]).toEqual([
      0,
      'qntk: warning: 2 of 4 training labels are out of range: they go from −0.5 to 3, Z0 at scale 1 from −1 to 1. They will never be fitted; a scale of 4.5 would bring them inside.\n',
    ]);
    expect(qntk(['diagnose', 's.yaml', '--seeds', '1', '--quiet'], folder).stderr).toBe('');
  });

  test('equal points make the kernel singular, with other labels they contradict; all numbers stay finite', () => {
    fill(folder, {
      's.yaml': `${data.replace('}', ', train: 1}')}\n${model}`,
      'd.csv': 'x,y\n1,0.2\n1,0.3\n2,0.1\n2,0.1\n',
    });
    const { code, stdout, stderr } = qntk(['diagnose', 's.yaml', '--seeds', '2', '--json'], folder);
    expect(code).toBe(0);
    expect(stderr).toContain(
      '2 training points repeat the features of an earlier one (row 1 those of row 0, counted from 0), which makes the kernel singular. With other labels: 1 (row 1 those of row 0), which cannot all be fitted.',
    );
    const { seeds, summary, verdicts } = JSON.parse(stdout);
    const said = verdicts.find(({ code }: { code: string }) => code === 'duplicates').text;
    expect(stderr).toBe(`qntk: warning: ${said}\n`);
    expect(seeds[0].kappa).toBeNull();
    expect(seeds[0].reasons.kappa).toContain('rank 2 of 4');
    expect(summary.kappa).toEqual({ mean: null, std: null, reason: expect.stringContaining('rank 2 of 4') });
    expect(seeds[0].forecast.testMse).toBeNull();
    expect(Number.isFinite(seeds[0].forecast.trainMse)).toBe(true);
  });
});

describe('an .npz as data', () => {
  const spec = `data: {source: npz, file: d.npz}\n${model}`;
  const withArrays = (arrays: Parameters<typeof writeNpz>[0]) => {
    fill(folder, { 's.yaml': spec });
    fs.writeFileSync(path.join(folder, 'd.npz'), writeNpz(arrays));
    return qntk(['diagnose', 's.yaml', '--seeds', '1'], folder);
  };

  test('is read', () => {
    const { code, stderr } = withArrays({ X: array([3, 2], [1, 2, 3, 4, 5, 6]), y: array([3], [0.1, 0.2, 0.3]) });
    expect([code, stderr]).toEqual([0, '']);
  });

  test('without y, of wrong shapes or with NaN it is refused', () => {
    const X = array([3, 2], [1, 2, 3, 4, 5, 6]);
    expect(withArrays({ X }).stderr).toContain('d.npz: found no array y, only X');
    expect(withArrays({ X, y: array([2], [1, 2]) }).stderr).toContain(
      'd.npz:y: found shape (2), expected (3) or (3, outputs)',
    );
    expect(withArrays({ X: array([3], [1, 2, 3]), y: array([3], [1, 2, 3]) }).stderr).toContain(
      'd.npz:X: found shape (3), expected two axes',
    );
    const nan = withArrays({ X, y: array([3], [0.1, Number.NaN, 0.2]) });
    expect([nan.code, nan.stderr]).toEqual([
      2,
      expect.stringContaining('d.npz:y: found NaN at [1], expected finite numbers'),
    ]);
  });
});
