import { buildModel, type Dataset, engines, type ModelSpec, type ModelVariants, modelSchema, random } from '@qntk/core';
import { circuits, datasetOf, sets } from '../../forecast/src/problems.ts';

/** A model on a data set, and the models that may be advised in its place. */
export interface Problem extends ModelVariants {
  readonly name: string;
  readonly half: 'design' | 'held-out';
  readonly dataset: Dataset;
}

/** A third of the circuits of papers/forecast on each of its data sets, and what people bring beside these. */
export function problems(forecastFolder: string): Problem[] {
  const usual = sets.flatMap(({ name, half }, set) => {
    const dataset = datasetOf(forecastFolder, name);
    const own = circuits.map((spec, k) => ({ spec, k })).filter(({ k }) => k % 3 === set % 3);
    return own.map(({ spec, k }) => problem(`${name} ${k}`, half, dataset, { qubits: 4, observable: 'Z0', ...spec }));
  });
  return [...odd(), ...usual];
}

interface Spec {
  readonly ansatz: { readonly kind: string; readonly layers: number };
  readonly [key: string]: unknown;
}

function problem(name: string, half: Problem['half'], dataset: Dataset, spec: Spec): Problem {
  const build = (model: ModelSpec) => buildModel(model, dataset.features.length, engines.wasm);
  return { name, half, dataset, spec: modelSchema.parse({ encoding: {}, ...spec }), build };
}

const hea = (layers: number) => ({ kind: 'hea', layers });

/** What people bring: labels far from ±1, several classes, one input, noise, and models that cannot learn. */
const odds: Readonly<Record<string, { readonly data: (draw: Draw) => Table; readonly spec: Spec }>> = {
  prices: { data: prices, spec: { qubits: 3, ansatz: hea(3), scale: 60, readout: 'trainable', observable: 'Z0' } },
  unscaled: { data: prices, spec: { qubits: 3, ansatz: hea(3), readout: 'trainable', observable: 'Z0' } },
  outside: { data: (draw) => curve(draw, 3, 0.1), spec: { qubits: 3, ansatz: hea(4), scale: 1, observable: 'Z0' } },
  oneOutlier: { data: outlier, spec: { qubits: 3, ansatz: hea(4), scale: 1.5, observable: 'Z0' } },
  noisy: { data: (draw) => curve(draw, 0.7, 0.5), spec: { qubits: 4, ansatz: hea(6), scale: 2, observable: 'Z0' } },
  clean: { data: (draw) => curve(draw, 0.7, 0), spec: { qubits: 3, ansatz: hea(4), scale: 1.5, observable: 'Z0' } },
  shallow: {
    data: (draw) => curve(draw, 0.7, 0, 5),
    spec: { qubits: 3, ansatz: hea(1), scale: 1.5, observable: 'Z0', encoding: { frequency: 'linear' } },
  },
  poorEncoding: {
    data: (draw) => curve(draw, 0.7, 0, 9),
    spec: { qubits: 3, ansatz: hea(6), scale: 1.5, observable: 'Z0' },
  },
  contradictory: { data: contradictory, spec: { qubits: 3, ansatz: hea(4), scale: 2, observable: 'Z0' } },
  classes: { data: threeClasses, spec: { qubits: 3, ansatz: hea(5), scale: 1.5, observable: ['Z0', 'Z1', 'Z2'] } },
  reupload: {
    data: (draw) => curve(draw, 0.7, 0.1, 4),
    spec: { qubits: 3, ansatz: hea(4), scale: 1.5, observable: 'Z0', encoding: { reupload: true } },
  },
  atEdge: { data: twoClasses, spec: { qubits: 3, ansatz: hea(5), scale: 1, observable: 'Z0' } },
  blind: {
    data: (draw) => curve(draw, 0.7, 0),
    spec: { qubits: 3, ansatz: hea(3), scale: 1.5, observable: 'Z0', encoding: { gate: 'RZ' } },
  },
  blank: { data: unrelated, spec: { qubits: 4, ansatz: hea(5), scale: 1.5, observable: 'Z0' } },
};

interface Table {
  readonly rows: readonly (readonly number[])[];
  readonly outputs?: number;
}
type Draw = ReturnType<typeof random>;

/** Each four times over with data of its own, two of them held out. */
function odd(): Problem[] {
  return Object.entries(odds).flatMap(([name, { data, spec }], which) =>
    [0, 1, 2, 3].map((copy) => {
      const half = copy < 2 ? 'design' : 'held-out';
      return problem(`${name} ${copy}`, half, datasetFrom(data(random(11, which, copy))), spec);
    }),
  );
}

/** Rows to train on of the data sets of papers/compare that advice is judged by; all others are new to it. */
const sizes = [25, 60, 120] as const;

/** Tables of the same kind whose rows are new points. */
const fresh = 6;

/**
 * What advice is judged by: a twelfth of those circuits on the six data sets of papers/compare, of which more rows are new than trained on,
 * and what people bring, with data of their own and 120 new points at least.
 */
export function advisedProblems(compareFolder: string): Problem[] {
  const usual = sets.flatMap(({ name, half }, set) =>
    sizes.flatMap((count, size) => {
      const dataset = datasetOf(compareFolder, name, count);
      const own = circuits.map((spec, k) => ({ spec, k })).filter(({ k }) => k % 12 === (3 * set + 5 * size) % 12);
      return own.map(({ spec, k }) =>
        problem(`${name} ${count} ${k}`, half, dataset, { qubits: 4, observable: 'Z0', ...spec }),
      );
    }),
  );
  const brought = Object.entries(odds).flatMap(([name, { data, spec }], which) =>
    [0, 1, 2, 3].map((copy) => {
      const [own, ...others] = Array.from({ length: 1 + fresh }, (_, table) => data(random(13, which, copy, table)));
      const rows = others.flatMap((other) => other.rows);
      const half = copy < 2 ? 'design' : 'held-out';
      return problem(`${name} ${copy}`, half, datasetFrom(own, rows), spec);
    }),
  );
  return [...brought, ...usual];
}

/** The first half of the rows to train on, the others or those of further tables to test on; outputs are the last columns. */
function datasetFrom({ rows: own, outputs = 1 }: Table, further?: Table['rows']): Dataset {
  const train = own.length >> 1;
  const rows = [...own.slice(0, train), ...(further ?? own.slice(train))];
  const width = rows[0].length - outputs;
  const all = Int32Array.from(rows, (_, i) => i);
  return {
    features: Array.from({ length: width }, (_, k) => `x${k}`),
    X: Float64Array.from(rows.flatMap((row) => row.slice(0, width))),
    y: Float64Array.from(rows.flatMap((row) => row.slice(width))),
    outputs,
    train: all.slice(0, train),
    test: all.slice(train),
  };
}

const times = <Item>(count: number, item: () => Item): Item[] => Array.from({ length: count }, item);

function curve(draw: Draw, size: number, noise: number, frequency = 2): Table {
  return {
    rows: times(40, () => {
      const x = draw.uniform(-1.5, 1.5);
      return [x, size * Math.sin(frequency * x) + noise * draw.normal()];
    }),
  };
}

function prices(draw: Draw): Table {
  return {
    rows: times(60, () => {
      const x = times(3, () => draw.uniform(-1.5, 1.5));
      return [...x, 180 + 60 * Math.tanh(x[0]) + 25 * x[1] * x[2] + 15 * draw.normal()];
    }),
  };
}

function outlier(draw: Draw): Table {
  const { rows } = curve(draw, 0.8, 0.05);
  return { rows: rows.map((row, i) => (i === 3 ? [row[0], 2.2] : row)) };
}

/** Every input several times, with labels of its own each time. */
function contradictory(draw: Draw): Table {
  return {
    rows: times(48, () => {
      const x = Math.round(draw.uniform(-3, 3)) / 2;
      return [x, 0.5 * Math.sin(2 * x) + 0.7 * draw.normal()];
    }),
  };
}

function threeClasses(draw: Draw): Table {
  const rows = times(60, () => {
    const x = [draw.uniform(-1.5, 1.5), draw.uniform(-1.5, 1.5)];
    const own = x[0] + 0.3 * draw.normal() > 0.5 ? 0 : x[1] > 0 ? 1 : 2;
    return [...x, ...[0, 1, 2].map((k) => (k === own ? 1 : -1))];
  });
  return { rows, outputs: 3 };
}

function twoClasses(draw: Draw): Table {
  return {
    rows: times(50, () => {
      const x = [draw.uniform(-1.5, 1.5), draw.uniform(-1.5, 1.5)];
      return [...x, x[0] * x[1] + 0.2 * draw.normal() > 0 ? 1 : -1];
    }),
  };
}

function unrelated(draw: Draw): Table {
  return { rows: times(40, () => [...times(4, () => draw.uniform(-1.5, 1.5)), draw.normal() > 0 ? 1 : -1]) };
}
