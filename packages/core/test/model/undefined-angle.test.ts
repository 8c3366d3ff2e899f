import { describe, expect, test } from 'vitest';
import { compile } from '../../src/circuit/circuit.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { bind, createModel, outputs } from '../../src/model/model.ts';
import { withoutIdleQubits } from '../../src/openqasm/qubits.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { engines } from '../../src/simulate/engines.ts';

/** Outputs and Jacobian of one gate with this angle of x and w, at x = 1, −2 and w. */
function run(gate: string, w: number, rows?: Int32Array): void {
  const text = `OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float x_0; input float w;\nqubit[9] q;\n${gate}\n`;
  const source = withoutIdleQubits(readOpenqasm(text, { name: 'c.qasm', inputs: ['x_0'] }));
  const model = createModel(compile(source), [parseObservable('Z0', 1)], 1, engines.reference);
  const inputs = bind(model, Float64Array.of(1, -2), rows);
  outputs(model, Float64Array.of(w), inputs);
  jacobian(model, Float64Array.of(w), inputs);
}

describe('an angle that is no finite number is said with its gate, its place and the point', () => {
  test.each([
    [
      'rx(1) q[7]; rx(w + sqrt(x_0)/2) q[7];',
      'c.qasm:5:13: found the angle sqrt(x_0)/2.0 + w of rx, in which sqrt(x_0) is undefined where x_0 = -2 (data point 1), expected a finite angle',
    ],
    ['rx(w/(x_0 - 1)) q[7];', 'in which 1.0/(x_0 - 1.0) is infinite where x_0 = 1 (data point 0)'],
    [
      'gate g(a) b { rx(log(a)) b; } g(w) q[7];',
      'c.qasm:5:31: found the angle log(w) of rx, which is undefined where w = -0.5, expected',
    ],
    [
      'u3(0, 0, log(w*x_0)) q[7];',
      'found the angle log(w*x_0) of u, which is undefined where w = -0.5, x_0 = 1 (data point 0)',
    ],
    [
      'rx(1e300*x_0) q[7];',
      'c.qasm:5:1: found the angle 1e+300*x_0 of rx, which is 1.00e+300 where x_0 = 1 (data point 0)',
    ],
    ['rx(1e200*w) q[7];', 'c.qasm:5:1: found the angle 1e+200*w of rx, whose slope is 1.00e+200, expected slopes'],
    ['rx(exp(exp(800*w*x_0))) q[7];', 'in which exp(800.0*w*x_0) is infinite where w = -0.5, x_0 = -2 (data point 1)'],
  ])('%s', (gate, message) => expect(() => run(gate, -0.5)).toThrow(message));

  test('a slope that is infinite, and the rows of a data set', () => {
    expect(() => run('rx(sqrt(w)) q[0];', 0)).toThrow(
      'the angle sqrt(w) of rx, whose slope is no finite number, or too large, where w = 0',
    );
    expect(() => run('rx(w*log(x_0)) q[0];', 1, Int32Array.of(40, 17))).toThrow('(row 17 of the data, counted from 0)');
  });

  test('the line is shown', () => {
    expect(() => run('  rx(w*log(x_0)) q[0];', 1)).toThrow(/\n {4}rx\(w\*log\(x_0\)\) q\[0\];\n {4}\^$/);
  });
});
