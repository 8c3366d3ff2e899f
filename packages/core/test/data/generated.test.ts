import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateTable } from '../../src/data/generate.ts';
import { exactGroundState } from '../../src/data/ising.ts';
import { type DataSpec, dataSchema, type FileDataSpec } from '../../src/data/schema.ts';
import { variationalGroundState } from '../../src/data/vqe.ts';
import { random } from '../../src/random/random.ts';
import { reference } from '../../src/simulate/reference.ts';
import { wasm } from '../../src/simulate/wasm/engine.ts';

const oracles = JSON.parse(readFileSync(new URL('oracles.json', import.meta.url), 'utf8'));
const seed = 20252;

function tableOf(spec: object) {
  return generateTable(dataSchema.parse(spec) as Exclude<DataSpec, FileDataSpec>, reference);
}

const values = (spec: object, column = 0) => [...tableOf(spec).features[column].values];

describe('moons', () => {
  test.each(oracles.moons as { points: number; X: number[][]; y: number[] }[])(
    'are those of scikit-learn without noise, $points points',
    ({ points, X, y }) => {
      const { features, target } = tableOf({ source: 'moons', points, noise: 0 });
      X.forEach((point, i) => {
        expect(features[0].values[i]).toBeCloseTo(point[0], 14);
        expect(features[1].values[i]).toBeCloseTo(point[1], 14);
      });
      expect([...(target as Float64Array)]).toEqual(y.map((label) => 2 * label - 1));
    },
  );

  test('noise is normal with the given deviation, independent on both features', () => {
    const [clean, noisy] = [0, 0.3].map((noise) => tableOf({ source: 'moons', points: 4000, noise }));
    const errors = clean.features.map(({ values }, c) => values.map((v, i) => (noisy.features[c].values[i] - v) / 0.3));
    const mean = (x: Float64Array) => x.reduce((sum, value) => sum + value, 0) / x.length;
    // Five standard errors of each statistic.
    const five = 5 / Math.sqrt(4000);
    for (const e of errors) {
      expect(Math.abs(mean(e))).toBeLessThan(five);
      expect(Math.abs(mean(e.map((v) => v * v)) - 1)).toBeLessThan(five * Math.SQRT2);
    }
    expect(Math.abs(mean(errors[0].map((v, i) => v * errors[1][i])))).toBeLessThan(five);
  });
});

describe('sinusoid', () => {
  test('is sin(frequency·x) on evenly spaced points', () => {
    const { features, target } = tableOf({ source: 'sinusoid', points: 5, noise: 0, frequency: 3 });
    const x = [-2, -1, 0, 1, 2].map((k) => (k * Math.PI) / 4);
    expect([...features[0].values]).toEqual(x);
    expect([...(target as Float64Array)]).toEqual(x.map((value) => Math.sin(3 * value)));
  });

  test('noise is on the labels alone', () => {
    const [clean, noisy] = [0, 0.2].map((noise) => tableOf({ source: 'sinusoid', points: 2000, noise }));
    expect(noisy.features).toEqual(clean.features);
    const errors = (noisy.target as Float64Array).map((y, i) => y - (clean.target as Float64Array)[i]);
    const deviation = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    expect(Math.abs(deviation / 0.2 - 1)).toBeLessThan(5 / Math.sqrt(2 * 2000));
  });
});

test('generated data follows its seed', () => {
  for (const source of ['moons', 'sinusoid']) {
    expect(tableOf({ source, seed: 3 })).toEqual(tableOf({ source, seed: 3 }));
    expect(tableOf({ source, seed: 3 })).not.toEqual(tableOf({ source, seed: 4 }));
  }
});

/** Energy and magnetisation of the ring's ground state by free fermions, for an even number N > 2 of sites. */
function freeFermions(sites: number, J: number, h: number) {
  // The Jordan-Wigner transformation turns the even states (Π X = 1) into free fermions with antiperiodic momenta
  // k = (2j+1)π/N and energies 2ε(k), ε = √(J² + h² − 2Jh·cos k); their vacuum has energy −Σ ε. By Hellmann and
  // Feynman N·m = −dE/dh = Σ (h − J·cos k)/ε.
  let energy = 0;
  let total = 0;
  for (let j = 0; j < sites; j++) {
    const k = ((2 * j + 1) * Math.PI) / sites;
    const epsilon = Math.hypot(h - J * Math.cos(k), J * Math.sin(k));
    energy -= epsilon;
    total += (h - J * Math.cos(k)) / epsilon;
  }
  return { energy, magnetization: total / sites };
}

describe('Ising ring', () => {
  test.each(oracles.tfim as (Parameters<typeof exactGroundState>[0] & { energy: number; magnetization: number })[])(
    "numpy's dense diagonalisation: $sites sites, J $coupling, h $field",
    ({ energy, magnetization, ...chain }) => {
      const found = exactGroundState(chain);
      expect(found.energy).toBeCloseTo(energy, 11);
      expect(found.magnetization).toBeCloseTo(magnetization, 8);
    },
  );

  test('free fermions, at any field and coupling, close to degeneracy and at it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(4, 6, 8, 10),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.oneof(fc.double({ min: -6, max: 6, noNaN: true }), fc.constantFrom(0, 1e-9, -1e-3, 1)),
        (sites, coupling, field) => {
          const found = exactGroundState({ sites, coupling, field });
          const expected = freeFermions(sites, coupling, field);
          expect(found.energy).toBeCloseTo(expected.energy, 11);
          expect(found.magnetization).toBeCloseTo(expected.magnetization, 9);
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  test('the variational eigensolver reaches the exact energy', () => {
    const errors = [-5, -1.2, -0.3, 0, 0.4, 1, 2.5, 4.5].flatMap((field, i) =>
      [2, 3, 5, 6].map((sites) => {
        const chain = { sites, coupling: 1, field };
        const found = variationalGroundState(chain, reference, random(seed, i, sites));
        const exact = exactGroundState(chain);
        expect(Math.abs(found.magnetization - exact.magnetization)).toBeLessThan(1e-9);
        expect(found.starts).toBeLessThan(20);
        return (found.energy - exact.energy) / Math.abs(exact.energy);
      }),
    );
    expect(Math.max(...errors)).toBeLessThan(1e-12);
    // Variational: never below, but for rounding.
    expect(Math.min(...errors)).toBeGreaterThan(-1e-13);
  });

  test('the eigensolver notices where a minimisation ended above the ground state, and starts again', () => {
    let starts = 0;
    for (const [word, field] of [
      [21, -5],
      [1, -5],
      [4, 4.5],
    ]) {
      const chain = { sites: 8, coupling: 1, field };
      const found = variationalGroundState(chain, wasm, random(word, 8));
      expect(found.energy).toBeCloseTo(exactGroundState(chain).energy, 11);
      starts += found.starts;
    }
    // One start each would have missed it: these seeds were chosen for that.
    expect(starts).toBeGreaterThan(3);
  });

  test('the data set of Scala et al. 2025: 20 fields, ±0.99 at the ends, 0 without a field', () => {
    const { features, target } = tableOf({ source: 'tfim' });
    const y = target as Float64Array;
    expect(values({ source: 'tfim' })).toEqual(Array.from({ length: 20 }, (_, i) => -5 + i / 2));
    expect(features[0].name).toBe('h');
    expect(y[10]).toBeCloseTo(0, 13);
    y.forEach((value, i) => {
      expect(value).toBeCloseTo(freeFermions(6, 1, -5 + i / 2).magnetization, 11);
    });
    const byEigensolver = tableOf({ source: 'tfim', ground: 'vqe', points: 5 }).target as Float64Array;
    const exact = tableOf({ source: 'tfim', points: 5 }).target as Float64Array;
    byEigensolver.forEach((value, i) => {
      expect(value).toBeCloseTo(exact[i], 9);
    });
    expect([...byEigensolver]).not.toEqual([...exact]);
  });
});

describe('schema', () => {
  const file = { source: 'csv', file: 'a.csv', target: 'y' };

  test('defaults', () => {
    expect(dataSchema.parse({ source: 'moons' })).toEqual({
      source: 'moons',
      points: 100,
      noise: 0.1,
      train: 0.5,
      seed: 1,
    });
    expect(dataSchema.parse(file)).toEqual({ ...file, seed: 1 });
    expect(dataSchema.parse({ source: 'npz', file: 'a.npz' })).toMatchObject({ train: 0.5, seed: 1 });
  });

  test.each([
    ['an unknown source', { source: 'xlsx' }, 'source'],
    ['an unknown key', { ...file, tagret: 'y' }, ''],
    ['a key of another source', { source: 'moons', file: 'a.csv' }, ''],
    ['no file', { source: 'csv', target: 'y' }, 'file'],
    ['no target', { source: 'csv', file: 'a.csv' }, 'target'],
    ['share and split', { ...file, train: 0.5, split: 'part' }, 'split'],
    ['split where there are no columns', { source: 'npz', file: 'a.npz', split: 'part' }, ''],
    ['a share of 0', { ...file, train: 0 }, 'train'],
    ['a share above 1', { ...file, train: 1.1 }, 'train'],
    ['a range upside down', { ...file, range: [1, -1] }, 'range'],
    ['an empty range', { ...file, range: [1, 1] }, 'range'],
    ['a range of one number', { ...file, range: [1] }, 'range'],
    ['a range that is infinite', { ...file, range: [0, Infinity] }, 'range.1'],
    ['one point', { source: 'tfim', points: 1 }, 'points'],
    ['half a site', { source: 'tfim', sites: 2.5 }, 'sites'],
    ['40 sites', { source: 'tfim', sites: 40 }, 'sites'],
    ['no coupling', { source: 'tfim', coupling: 0 }, 'coupling'],
    ['negative noise', { source: 'sinusoid', noise: -1 }, 'noise'],
    ['text for a number', { source: 'sinusoid', frequency: '2' }, 'frequency'],
  ])('%s is refused', (_, spec, path) => {
    const { success, error } = dataSchema.safeParse(spec);
    expect(success).toBe(false);
    expect(error!.issues[0].path.join('.')).toBe(path);
  });
});
