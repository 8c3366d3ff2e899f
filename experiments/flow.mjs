// Theory 2b: how close the adaptive integrator comes to the true flow, and with how many Jacobians.

import { digits, qntk, table, tfim } from './qntk.mjs';

const models = [
  { name: 'HEA, 3^q encoding, seed 7', kind: 'hea', frequency: 'high', seed: 7 },
  { name: 'same, seed 8', kind: 'hea', frequency: 'high', seed: 8 },
  { name: 'same, seed 9', kind: 'hea', frequency: 'high', seed: 9 },
  { name: 'HEA, RY(x), seed 7', kind: 'hea', frequency: 'low', seed: 7 },
  { name: 'HVA, RY(x), seed 7', kind: 'hva', frequency: 'low', seed: 7 },
];
const tolerances = [1, 0.3, 0.1, 0.03, 0.01, 0.003];
/** At the rate 1 a step is one unit of t; 10⁵ of them as in theory 2b. */
const training = { optimizer: 'flow', rate: 1, steps: 100000 };

function run(model, tolerance) {
  const spec = tfim({ ...model, scale: 1.5, training });
  return qntk('train', spec, '--optimizer', 'flow', '--tolerance', String(tolerance), '--outputs-along');
}

const outputsOf = ({ outputs }) => outputs.map(({ train, test }) => [...train, ...test]);

function rms(run, truth) {
  const [a, b] = [outputsOf(run), outputsOf(truth)];
  const squares = a.flatMap((row, k) => row.map((value, i) => (value - b[k][i]) ** 2));
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
}

export function flowTable() {
  const rows = models.map(({ name, ...model }) => {
    const truth = run(model, 1e-6);
    const frozen = qntk('diagnose', tfim({ ...model, scale: 1.5, training })).seeds[0].forecast.testR2;
    const cells = tolerances.map((tolerance) => {
      const found = run(model, tolerance);
      return `${found.jacobians} J: ${digits(rms(found, truth))}, R² ${digits(found.test.r2, 3)}`;
    });
    return [name, `${truth.jacobians} J, R² ${digits(truth.test.r2, 3)}`, `R² ${digits(frozen, 3)}`, ...cells];
  });
  return table(['model', 'true flow (tolerance 10⁻⁶)', '1 Jacobian', ...tolerances.map((t) => `tolerance ${t}`)], rows);
}
