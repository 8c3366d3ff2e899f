import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bind, outputs } from '@qntk/core';
import { expect, test } from 'vitest';
import { noiseCeiling } from '../src/benchmarks/ceiling.ts';
import { problemOf } from '../src/benchmarks/models.ts';
import { pointsOf, publishedTables } from '../src/benchmarks/published.ts';
import { type BenchmarkRun, benchmarkRun, firstAlike } from '../src/benchmarks/runs.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Outputs at the first three rows, with the angles of these names. */
function firstOutputs(
  [name, set]: readonly ['CircuitCentricClassifier' | 'DataReuploadingClassifier', string],
  candidate: Parameters<typeof problemOf>[1],
  thetaOf: (names: readonly string[], parameters: number) => number[],
): number[] {
  const { model, dataset } = problemOf(name, candidate, pointsOf(folder, set));
  const theta = Float64Array.from(thetaOf(model.circuit.source.parameters, model.parameters));
  return [...outputs(model, theta, bind(model, dataset.X))].slice(0, 3);
}

// Dense matrices of NumPy 2.4.6 along circuit() in qml_benchmarks/models/data_reuploading.py: 5 layers, ω = 0.3 + 0.2·layer + 0.05·feature,
// θ = 0.05 + 0.3·qubit + 0.2·layer + 0.1·angle; expectation values of Z on each qubit.
const reuploaded = [
  [0.379410157, 0.275452586, -0.103023342],
  [0.765483447, -0.231885275, -0.213549883],
  [-0.29621832, -0.08757675, 0.846304536],
];
/** Angles start around ½ in the place of 0. */
const reuploading = (names: readonly string[]): number[] =>
  names.map((name) => {
    const [kind, layer, a, k = 0] = name.split('_').map((part, i) => (i === 0 ? part : Number(part))) as [
      string,
      number,
      number,
      number?,
    ];
    return kind === 'w' ? 0.3 + 0.2 * layer + 0.05 * a - 0.5 : 0.05 + 0.3 * a + 0.2 * layer + 0.1 * k - 0.5;
  });

test.each([
  ['single', (row: readonly number[]) => row[0]!],
  ['half', (row: readonly number[]) => row[0]!],
  ['full', (row: readonly number[]) => (row[0]! + row[1]! + row[2]!) / 3],
] as const)('data re-uploading, read from %s, is the circuit that was published', (observable_type, of) => {
  const candidate = { learning_rate: 0.01, n_layers: 5, observable_type, accuracies: [] };
  const found = firstOutputs(['DataReuploadingClassifier', 'linearly_separable_7d'], candidate, reuploading);
  for (const [k, row] of reuploaded.entries()) expect(found[k]).toBeCloseTo(of(row), 7);
});

test('the circuit-centric classifier is the circuit that was published', () => {
  // The same along circuit() in circuit_centric.py: two copies, 5 layers, weights 0.1 + 0.4·layer + 0.3·qubit + 0.7·angle; then weight 1 and bias 0.
  const weights = (_: readonly string[], parameters: number) => [
    ...Array.from(
      { length: parameters - 2 },
      (__, i) => 0.1 + 0.4 * Math.floor(i / 12) + 0.3 * (Math.floor(i / 3) % 4) + 0.7 * (i % 3),
    ),
    1,
    0,
  ];
  const candidate = { learning_rate: 0.01, n_layers: 5, n_input_copies: 2, accuracies: [] };
  const found = firstOutputs(['CircuitCentricClassifier', 'linearly_separable_3d'], candidate, weights);
  for (const [k, value] of [0.03945267, -0.185460947, 0.23084997].entries()) expect(found[k]).toBeCloseTo(value, 7);
});

test('a readout of half of two or three qubits is that of the first', () => {
  const table = publishedTables(folder).find(({ set }) => set === 'two_curves-5degree-0.1offset-7d')!;
  expect(table.candidates.slice(0, 3).map(({ observable_type: type }) => type)).toEqual(['single', 'half', 'full']);
  expect([0, 1, 2].map((k) => firstAlike(table, k, 7))).toEqual([0, 0, 2]);
  expect([0, 1, 2].map((k) => firstAlike(table, k, 10))).toEqual([0, 1, 2]);
});

test('a run gives its record again', () => {
  const [line] = readFileSync(`${folder}/records/benchmarks.jsonl`, 'utf8').split('\n');
  const record: BenchmarkRun = JSON.parse(line!);
  const table = publishedTables(folder).find(({ model, set }) => model === record.model && set === record.set)!;
  const { results } = benchmarkRun(folder, table, record.candidate);
  results.forEach(({ r2, accuracy }, k) => {
    expect(r2).toBeCloseTo(record.results[k]!.r2!, 2);
    expect(accuracy).toBeCloseTo(record.results[k]!.accuracy!, 1);
  });
});

test('the noise ceiling is 1 where folds agree, and low where they have nothing in common', () => {
  const candidates = Array.from({ length: 30 }, (_, k) => k);
  expect(noiseCeiling(candidates.map((k) => Array(5).fill(k)))).toBeCloseTo(1, 9);
  expect(
    noiseCeiling(candidates.map((k) => [0, 1, 2, 3, 4].map((fold) => Math.sin(100 * k + 7 * k * fold)))),
  ).toBeLessThan(0.6);
});
