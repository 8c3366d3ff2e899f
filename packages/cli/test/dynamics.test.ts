import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { formatRecord } from '@qntk/study';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fill, newFolder, qntk, qntkJson, started } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const limit = (...args: string[]) => ['dynamics', 'asymptotic', '--m', '4', '--gamma', '2', ...args];

describe('asymptotic', () => {
  // d → ∞: K goes from 2γ²·1 to 2(γ²−1)·1, and the loss falls as e^{−4(γ²−1)t} (docs/dynamics.md).
  test('d = 2^50 is d → ∞', () => {
    const document = qntkJson(limit('--d', '2^50', '--seeds', '3'), folder);
    const { setting, summary, seeds, regime } = document;
    expect(document.schema).toBe('qntk/dynamics-asymptotic/1');
    expect(setting).toMatchObject({ d: 2 ** 50, m: 4, gamma: 2, labels: [1, 1, -1, -1] });
    expect(regime).toMatchObject({ regime: 'exponential', enough: { above: 1, below: null }, ends: { loss: 0 } });
    expect(summary.lambdaMin.mean).toBeCloseTo(6, 6);
    expect(summary.kernelChange.mean).toBeCloseTo(1 / 4, 6);
    expect(summary.loss.mean).toBeLessThan(1e-20);
    expect(seeds.map(({ seed }: { seed: number }) => seed)).toEqual([1, 2, 3]);
    for (const { regime: ends, rate } of seeds) {
      expect(ends).toBe('exponential');
      expect(Math.abs(rate.value - 12)).toBeLessThan(rate.uncertainty + 1e-4);
    }
    expect(document.expected.terminalRate).toBeCloseTo(12, 9);
    expect(document.expected.startLambdaMin).toBeCloseTo(8, 9);
    expect(document.curves).toBeUndefined();
  });

  test('the summary is over the seeds', () => {
    const { seeds, summary } = qntkJson(limit('--d', '16', '--seeds', '5'), folder);
    for (const name of ['lambdaMin', 'kernelChange', 'loss']) {
      const values = seeds.map((seed: Record<string, number>) => seed[name]);
      const mean = values.reduce((sum: number, value: number) => sum + value, 0) / 5;
      const squares = values.reduce((sum: number, value: number) => sum + (value - mean) ** 2, 0);
      expect(summary[name].mean).toBeCloseTo(mean, 14);
      expect(summary[name].std).toBeCloseTo(Math.sqrt(squares / 4), 14);
      expect(summary[name].quantiles['0.5']).toBe(values.sort((a: number, b: number) => a - b)[2]);
    }
  });

  test('a seed does not depend on how many others there are: runs can be joined', () => {
    const all = qntkJson(limit('--d', '16', '--seeds', '4', '--seed', '7'), folder).seeds;
    const parts = ['7', '9'].flatMap(
      (first) => qntkJson(limit('--d', '16', '--seeds', '2', '--seed', first), folder).seeds,
    );
    expect(parts).toEqual(all);
  });

  test('--curves: λmin is the least along the way, changes and losses end where the figures say', () => {
    const { seeds, curves } = qntkJson(limit('--d', '8', '--seeds', '2', '--curves', '--time', '3'), folder);
    expect([curves.times[0], curves.times.at(-1), curves.times.length]).toEqual([0, 3, 121]);
    seeds.forEach((seed: Record<string, number>, k: number) => {
      const own = curves.seeds[k];
      expect(own.seed).toBe(seed.seed);
      expect(Math.min(...own.lambdaMin)).toBe(seed.lambdaMin);
      expect([own.loss.at(-1), own.kernelChange[0], own.kernelChange.at(-1)]).toEqual([
        seed.loss,
        0,
        seed.kernelChange,
      ]);
      expect(own.loss.length).toBe(121);
    });
    expect(curves.loss.median[0]).toBeCloseTo((curves.seeds[0].loss[0] + curves.seeds[1].loss[0]) / 2, 14);
  });

  test('one sample: C = K − 2λε ends at 2(γ² − y²)', () => {
    const [seed] = qntkJson(
      ['dynamics', 'asymptotic', '--d', '8', '--m', '1', '--gamma', '1.5', '--labels', '0.4', '--seeds', '1'],
      folder,
    ).seeds;
    expect(seed.charge).toBeCloseTo(2 * (1.5 ** 2 - 0.4 ** 2), 10);
  });

  test('labels out of reach: where outputs end is said, and they do', () => {
    // Three labels 1 on two eigenvalues 0.9 and two −0.9: by symmetry each ends at a third of 0.9.
    const call = [
      'dynamics',
      'asymptotic',
      '--d',
      '4',
      '--m',
      '3',
      '--gamma',
      '0.9',
      '--labels',
      '1,1,1',
      '--time',
      '60',
    ];
    const { regime, summary } = qntkJson([...call, '--seeds', '2'], folder);
    expect(regime).toMatchObject({ regime: 'stagnant', enough: { above: 3 } });
    for (const output of regime.ends.outputs) expect(output).toBeCloseTo(0.3, 6);
    expect(summary.loss.mean).toBeCloseTo(regime.ends.loss, 6);
    expect(qntk([...call, '--seeds', '1'], folder).stdout).toMatch(
      /Out of range.*At best outputs end at 0\.3, 0\.3, 0\.3/,
    );
  });

  test.each([
    ['1,0,-1', '32', [10, 12, 10]],
    ['2,1,1,-4', '10', [2, 6, 2]],
    ['1,-1', '2^20', [2 ** 19, 2 ** 19]],
  ])('spectrum %s in dimension %s', (spectrum, d, dimensions) => {
    const { setting } = qntkJson(
      ['dynamics', 'asymptotic', '--d', d, '--m', '2', '--spectrum', spectrum, '--seeds', '1', '--time', '0.1'],
      folder,
    );
    expect(setting.spectrum.map(({ dimension }: { dimension: number }) => dimension)).toEqual(dimensions);
  });

  test('threads change nothing', () => {
    // Half a second each: with these there are threads, alone there are none.
    const call = ['dynamics', 'asymptotic', '--d', '64', '--m', '32', '--gamma', '1.5', '--time', '2'];
    const { seeds } = qntkJson([...call, '--seeds', '4'], folder);
    expect(seeds[3]).toEqual(qntkJson([...call, '--seeds', '1', '--seed', '4'], folder).seeds[0]);
  });
});

describe('--out', () => {
  const file = (name: string) => fs.readFileSync(path.join(folder, 'out', name), 'utf8');
  const document = () => JSON.parse(file('dynamics.json'));
  const call = (...args: string[]) => limit('--d', '16', '--out', 'out', ...args);

  test('writes figures, and a file from which a later call goes on', () => {
    const { code, stdout } = qntk(call('--seeds', '2'), folder);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Written to out: dynamics.json, loss.svg')]);
    expect(file('report.html')).toMatch(
      /Content-Security-Policy[\s\S]*λmin[\s\S]*<figure>[\s\S]*aria-label="Relative change of the kernel/,
    );
    for (const name of ['loss.svg', 'lambda-min.svg', 'kernel-change.svg']) {
      expect(file(name)).toMatch(/^<svg xmlns=[\s\S]*median and 5–95 % of 2 seeds[\s\S]*<\/svg>\n$/);
      expect(file(name)).not.toMatch(/NaN|undefined|Infinity/);
    }
    const before = document().seeds;
    const again = qntk(call('--seeds', '3'), folder);
    expect(again.stdout).toContain('2 of the seeds were found there and not computed again');
    expect(document().seeds.slice(0, 2)).toEqual(before);
    expect(document().curves.seeds).toHaveLength(3);
    expect(records()).toHaveLength(3);
  });

  const records = () => fs.readdirSync(path.join(folder, 'out/records'));

  test('a record is read, not computed again', () => {
    qntk(call('--seeds', '2'), folder);
    const second = path.join('out/records', records().find((name) => file(`records/${name}`).includes('"seed":2,'))!);
    // A mark that no computation would make.
    const { checksum: _, ...record } = JSON.parse(fs.readFileSync(path.join(folder, second), 'utf8'));
    record.result.run.loss = 123;
    fill(folder, { [second]: formatRecord(record) });
    expect(qntkJson(call('--seeds', '3'), folder).seeds.map(({ loss }: { loss: number }) => loss)[1]).toBe(123);
  });

  test('settings live side by side, and fewer seeds later lose none', () => {
    qntk(call('--seeds', '3'), folder);
    qntk(call('--seeds', '1', '--time', '4'), folder);
    expect(document()).toMatchObject({ setting: { time: 4 }, seeds: [{ seed: 1 }] });
    expect(records()).toHaveLength(4);
    expect(qntk(call('--seeds', '3'), folder).stdout).toContain('3 of the seeds were found there');
  });

  test('a damaged record is named, left alone and done again; a foreign dynamics.json is not written over', () => {
    qntk(call('--seeds', '1'), folder);
    const [name] = records();
    fill(path.join(folder, 'out/records'), { [name!]: '{"half' });
    const { code, stderr } = qntk(call('--seeds', '1'), folder);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`${name}: found no record of a seed`)]);
    expect(file(`records/${name}`)).toBe('{"half');
    for (const content of ['{"half', '{"my": "results"}']) {
      fill(path.join(folder, 'out'), { 'dynamics.json': content });
      const refused = qntk(call('--seeds', '1'), folder);
      expect([refused.code, refused.stderr]).toEqual([
        2,
        expect.stringMatching(/out\/dynamics\.json: found something else/),
      ]);
      expect(file('dynamics.json')).toBe(content);
    }
  });

  const long = ['dynamics', 'asymptotic', '--d', '64', '--m', '32', '--gamma', '1.5', '--time', '1', '--out', 'out'];

  test.each([
    ['SIGINT', [130, null]],
    ['SIGKILL', [null, 'SIGKILL']],
  ] as const)('a run that ends by %s keeps its finished seeds, and the next one goes on', async (signal, end) => {
    const child = started([...long, '--seeds', '5000'], folder);
    const finished = () =>
      fs.existsSync(path.join(folder, 'out/records')) && records().some((name) => name.endsWith('.json'));
    while (!finished()) await new Promise((next) => setTimeout(next, 50));
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual(end);
    const seeds = records().flatMap((name) => (name.endsWith('.json') ? [JSON.parse(file(`records/${name}`))] : []));
    const { seed } = seeds[0].task;
    const next = qntk([...long, '--seeds', '1', '--seed', String(seed)], folder);
    expect(next.stdout).toContain('1 of the seeds were found there');
    expect(document().seeds[0]).toEqual(seeds[0].result.run);
  });

  test('two runs at once lose no record', async () => {
    const pair = ['1', '3'].map((seed) => started([...call('--seeds', '4'), '--seed', seed], folder));
    for (const child of pair) if (child.exitCode === null) expect(await once(child, 'exit')).toEqual([0, null]);
    expect(records()).toHaveLength(6);
  });
});

describe('finite', () => {
  const network = ['dynamics', 'finite', '--d', '8', '--m', '2', '--gamma', '1.5', '--p', '40', '--seeds', '2'];

  test('the flow is the default', () => {
    const document = qntkJson(network, folder);
    expect(document).toMatchObject({
      schema: 'qntk/dynamics-finite/1',
      setting: { p: 40, training: { method: 'flow' } },
    });
    expect(document.summary.perturbation.mean).toBeCloseTo(
      (document.seeds[0].perturbation + document.seeds[1].perturbation) / 2,
      14,
    );
    for (const seed of document.seeds) {
      expect(seed.loss).toBeLessThan(1e-8);
      expect(seed.perturbation).toBeGreaterThan(0);
      expect(seed.parameterChange).toBeGreaterThan(0);
      expect(seed.lambdaMin).toBeGreaterThan(0);
      expect(seed.kernelChange).toBeGreaterThan(0);
    }
  });

  test('gradient descent with small steps ends where the flow is by then', () => {
    const { setting, summary } = qntkJson([...network, '--steps', '4000', '--rate', '2.5e-6'], folder);
    expect(setting.training).toEqual({ method: 'descent', steps: 4000, rate: 2.5e-6 });
    // t = steps·rate·p/m.
    const flow = qntkJson([...network, '--time', String((4000 * 2.5e-6 * 40) / 2)], folder).summary;
    expect(Math.abs(summary.loss.mean / flow.loss.mean - 1)).toBeLessThan(2e-3);
    expect(summary.lambdaMin.mean).toBeCloseTo(flow.lambdaMin.mean, 2);
  });
});

describe('bounds --out', () => {
  const call = ['dynamics', 'bounds', '--d', '8', '--m', '2', '--gamma', '1.5', '--out', 'out'];
  const file = (name: string) => fs.readFileSync(path.join(folder, 'out', name), 'utf8');

  test('writes a document, a page and records, and finds these again', () => {
    const { code, stdout } = qntk([...call, '--seeds', '2'], folder);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Written to out: dynamics.json, report.html; records')]);
    expect(JSON.parse(file('dynamics.json'))).toEqual(qntkJson([...call.slice(0, -2), '--seeds', '2'], folder));
    expect(file('report.html')).toMatch(/Content-Security-Policy[\s\S]*Theorem 4\.2/);
    expect(file('report.html')).not.toMatch(/<script|NaN|undefined|Infinity/);
    const again = qntk([...call, '--seeds', '3'], folder);
    expect(again.stdout).toContain('2 of the seeds were found there and not computed again');
    expect(JSON.parse(file('dynamics.json')).seeds).toHaveLength(3);
  });

  test('too many inputs for random minima: the theorem is left out and says why', () => {
    const { theorem44, reasons } = qntkJson(
      ['dynamics', 'bounds', '--d', '2^20', '--m', '129', '--time', '1e-3', '--seeds', '1', '--gamma', '2'],
      folder,
    );
    expect([theorem44, reasons.theorem44]).toEqual([null, expect.stringContaining('at most 128 inputs')]);
  });
});

describe('bounds', () => {
  const call = (...args: string[]) => qntkJson(['dynamics', 'bounds', '--seeds', '2', ...args], folder);

  test('of a network with labels at the edge: Theorem 3.2 with both constants, 4.2', () => {
    const { schema, seeds, theorem44, reasons } = call('--d', '8', '--m', '2', '--p', '20');
    expect(schema).toBe('qntk/dynamics-bounds/1');
    for (const { theorem32, theorem42, corollary43, lambdaMin, loss } of seeds) {
      const { stated, proof, needed, c0 } = theorem32;
      expect(proof.c1 / stated.c1).toBeCloseTo((8 * Math.SQRT2) / 12, 12);
      // ηΣ‖H‖² = m·‖H‖²/Z with ‖H‖² = d − 1/d.
      expect(stated.c1).toBeCloseTo(12 * 2 * (8 - 1 / 8), 9);
      expect(proof.tightness).toBeCloseTo(proof.c1 / needed, 9);
      expect([stated.holds, proof.holds, theorem42.holds]).toEqual([true, true, true]);
      expect(loss).toBeGreaterThan((c0 + needed * 20 * 1.001) ** -2);
      expect(theorem42.constant).toBe(lambdaMin);
      expect(corollary43).toBeNull();
    }
    expect(theorem44).toBeNull();
    expect(reasons).toMatchObject({
      corollary43: expect.stringMatching(/one sample/),
      theorem44: 'it is about γ > 1',
    });
  });

  test('of the limit: one sample comes to 4√2, rates to 2C₀, the slope of the rates is 2', () => {
    const edge = call('--d', '2^50', '--m', '1', '--time', '1000').seeds[0].theorem32;
    expect(edge.needed / (4 * Math.SQRT2)).toBeCloseTo(1, 2);
    expect(edge.limit).toMatchObject({ holds: true });
    expect(edge.stated).toBeUndefined();
    const inside = call('--d', '16', '--m', '1', '--gamma', '1.5').seeds[0];
    expect(inside.corollary43.slope).toBeCloseTo(2, 9);
    expect(inside.corollary43).toMatchObject({ stated: 1.25, holds: true });
    expect(inside.theorem42.leastRate).toBeGreaterThanOrEqual(2 * inside.theorem42.constant * (1 - 1e-9));
  });

  test('Theorem 4.4, where there are minima', () => {
    const { theorem44 } = call('--d', '64', '--m', '4', '--gamma', '2', '--time', '0.1');
    expect(theorem44).toMatchObject({ samples: 1000, delta: 0.05, ceiling: 6 });
    const { quantile, constant } = theorem44;
    expect(quantile).toBeLessThan(6);
    expect(2 * 4 * (1 - 1 / 4 - constant * Math.max(16 / 64, (4 / 64) * Math.log(40)))).toBeCloseTo(quantile, 9);
    const { stdout } = qntk(['dynamics', 'bounds', '--d', '64', '--m', '4', '--gamma', '2', '--seeds', '1'], folder);
    for (const name of ['Theorem 3.2', 'Theorem 4.2', 'Corollary 4.3', 'Theorem 4.4']) expect(stdout).toContain(name);
    const { reasons } = call('--d', '8', '--m', '3', '--gamma', '2', '--time', '0.1');
    expect(reasons.theorem44).toBe('it is about labels ±1, as many of each');
  });
});

describe('regime', () => {
  const spec = (scale: number, labels = '1\n0.3,-1\n0.8,0.2') => ({
    's.yaml': `
data: {source: csv, file: d.csv, target: y, train: 1}
model: {qubits: 2, encoding: {gate: RY, reupload: true}, ansatz: {kind: hea, layers: 6}, observable: Z0, scale: ${scale}}
initial: {seeds: 2}
training: {steps: 4000}
`,
    'd.csv': `x,y\n-0.9,${labels}\n`,
  });

  test.each([
    [2, 'exponential', /The scale is 2; any readout scale above 1 keeps all labels inside/],
    [1, 'sublinear', /any readout scale above 1 permits an exponential end/],
    [0.5, 'stagnant', /outside the range.*any readout scale above 1 permits an exponential end/s],
  ])('labels ±1 at the scale %d: %s, and the runs show it', (scale, regime, sentence) => {
    fill(folder, spec(scale));
    const document = qntkJson(['dynamics', 'regime', 's.yaml', '--quiet'], folder);
    expect(document).toMatchObject({
      schema: 'qntk/dynamics-regime/1',
      regime,
      scale: { now: scale, enough: { below: null } },
    });
    expect(document.scale.enough.above).toBeCloseTo(1, 12);
    for (const seed of document.seeds) expect(seed.regime).toBe(regime);
    expect(Object.keys(document.summary)).toEqual(['lambdaMin', 'kernelChange', 'loss']);
    expect(qntk(['dynamics', 'regime', 's.yaml', '--quiet'], folder).stdout).toMatch(sentence);
  });
});

test('regime --out: a document, a page and records, found again', () => {
  fill(folder, {
    's.yaml': `data: {source: csv, file: d.csv, target: y, train: 1}
model: {qubits: 1, encoding: {gate: RY}, ansatz: {kind: hea, layers: 2}, observable: Z0, scale: 2}
initial: {seeds: 2}
training: {steps: 50}
`,
    'd.csv': 'x,y\n-0.9,1\n0.3,-1\n0.8,0.2\n',
  });
  const call = ['dynamics', 'regime', 's.yaml', '--out', 'out', '--quiet'];
  expect(qntk(call, folder).stdout).toContain('Written to out: dynamics.json, report.html; records');
  const kept = fs.readFileSync(path.join(folder, 'out/dynamics.json'), 'utf8');
  expect(JSON.parse(kept)).toEqual(qntkJson(call.slice(0, 3), folder));
  expect(qntk([...call, '--seeds', '3'], folder).stdout).toContain('2 of the seeds were found there');
});

test.each([
  ['asymptotic', true],
  ['finite', true],
  ['bounds', false],
  ['regime', false],
])('%s --help names figures only where it draws them', (command, draws) => {
  expect(qntk(['dynamics', command, '--help'], folder).stdout.includes('figures')).toBe(draws);
});
