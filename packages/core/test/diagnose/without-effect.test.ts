import { describe, expect, test } from 'vitest';
import { gates } from '../../src/circuit/gates.ts';
import { dependenceOf } from '../../src/diagnose/dependence.ts';
import { withoutEffectAtStart } from '../../src/diagnose/without-effect.ts';
import { buildModel } from '../../src/model/build.ts';
import { bind, type Model, outputs } from '../../src/model/model.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { diagnosisOf, verdictOf } from '../helpers/diagnoses.ts';
import { dataOf } from '../helpers/problems.ts';

/** A model of gates on three qubits with inputs x0, x1 and parameters v, w. */
function modelOf(statements: string, observable: string, inputs = ['x0', 'x1']): Model {
  const declared = ['x0', 'x1', 'v', 'w'].map((name) => `input float ${name};`).join(' ');
  const text = `OPENQASM 3.0;\ninclude "qelib1.inc";\n${declared}\nqubit[3] q;\n${statements}\n`;
  const circuit = readOpenqasm(text, { name: 'c.qasm', inputs });
  const spec = { openqasm: 'c.qasm', inputs, observable, scale: 1, readout: 'fixed' as const };
  return buildModel(spec, inputs.length, engines.reference, { circuit });
}

describe('what the outputs may depend on', () => {
  test.each([
    // Behind the encoding only a gate that commutes with the observable.
    ['ry(x0) q[0]; ry(x1) q[1]; rz(w) q[0];', 'Z0', false, [true, false]],
    ['ry(x0) q[0]; ry(x1) q[1]; rz(w) q[0];', 'X0', true, [true, false]],
    // RZ of |0⟩, and of |1⟩.
    ['rz(x0) q[0]; rz(x1) q[1]; ry(w) q[0];', 'Z0', true, [false, false]],
    ['x q[0]; cp(x0) q[0], q[1]; rx(pi) q[1]; rzz(x1) q[1], q[0]; ry(w) q[0];', 'Z0', true, [false, false]],
    ['h q[0]; rz(x0) q[0]; cx q[0], q[1]; rz(x1) q[1]; ry(w) q[0];', 'Z0', true, [true, false]],
    // A control that is a basis state lets the target stay apart.
    ['h q[1]; cx q[0], q[1]; rz(x0) q[0]; ry(w) q[0];', 'Z0', true, [false, false]],
    ['ry(x0) q[1]; cx q[1], q[2]; cx q[2], q[0]; rz(x1 + w) q[0];', 'Z0', false, [true, false]],
    ['ry(x0) q[1]; swap q[1], q[0]; rzz(w*x1) q[0], q[2];', 'Z0', false, [true, false]],
  ])('%s %s', (statements, observable, onParameters, onInputs) =>
    expect(dependenceOf(modelOf(statements, observable))).toEqual({ onParameters, onInputs }),
  );

  const [seed, circuits] = [4117, 300];
  test(`${circuits} random circuits do not depend on what they are said not to (seed ${seed})`, () => {
    const draw = random(seed);
    const table = [...gates.values()].filter(({ name }) => name !== 'rot' && name !== 'cu');
    const angles = ['x0', 'x1', 'v', 'w', 'x0*w', 'pi/2', 'pi', '0.3'];
    const pick = <T>(list: readonly T[]): T => list[Math.floor(draw.uniform(0, list.length))];
    let free = 0;
    for (let k = 0; k < circuits; k++) {
      const statements = Array.from({ length: 4 }, () => {
        const gate = pick(table);
        const wires = [0, 1, 2].sort(() => draw.uniform(-1, 1)).slice(0, gate.qubits);
        const count = gate.kind === 'composite' ? gate.angles : gate.kind === 'rotation' ? 1 : 0;
        const list = count === 0 ? '' : `(${Array.from({ length: count }, () => pick(angles)).join(', ')})`;
        return `${gate.openqasm}${list} ${wires.map((wire) => `q[${wire}]`).join(', ')};`;
      }).join(' ');
      const model = modelOf(statements, pick(['Z0', 'X1', 'Z0*Z1 - Z2', 'Y2*Z0']));
      const { onParameters, onInputs } = dependenceOf(model);
      const at = (x: number[], theta: number[]) =>
        outputs(model, Float64Array.from(theta), bind(model, Float64Array.from(x)))[0];
      const value = at([0.4, -1.1], [0.7, 2.1]);
      const same = (other: number) => expect(Math.abs(other - value), statements).toBeLessThan(1e-12);
      if (!onParameters) same(at([0.4, -1.1], [-1.9, 0.2]));
      if (!onInputs[0]) same(at([2.3, -1.1], [0.7, 2.1]));
      if (!onInputs[1]) same(at([0.4, 0.9], [0.7, 2.1]));
      free += [onParameters, ...onInputs].filter((depends) => !depends).length;
    }
    expect(free).toBeGreaterThan(circuits / 4);
  });
});

describe('a diagnosis of a model that nothing can be learned with', () => {
  const data = dataOf([0.1, 0.4, 1, 2], [0.3, 0.3, -0.2, 0], [0, 1, 2]);
  const found = (statements: string, observable = 'Z0') => diagnosisOf(modelOf(statements, observable, ['x0']), data);

  test('no parameter reaches the readout', () => {
    const diagnosis = found('ry(x0) q[0]; rz(v + w + x1) q[0];');
    expect(diagnosis.verdicts[0]).toMatchObject({
      code: 'parameters-without-effect',
      severity: 'warning',
      basis: 'certain',
      evidence: { observables: ['Z0'], structural: true },
    });
    expect(diagnosis.verdicts.filter(({ severity }) => severity === 'good')).toEqual([]);
    expect(verdictOf(diagnosis, 'range')).toBeUndefined();
    expect(verdictOf(diagnosis, 'rank')!.evidence.reason).toBe(
      'the kernel has rank 0 of 3, so that λmin is 0: the Jacobian is 0',
    );
  });

  test('no input reaches the readout', () => {
    const diagnosis = found('rz(x0) q[0]; ry(v + w + x1) q[0];');
    expect(diagnosis.verdicts[0]).toMatchObject({
      code: 'inputs-without-effect',
      severity: 'warning',
      basis: 'certain',
      evidence: { features: ['x'], all: true, structural: true },
    });
    expect(verdictOf(diagnosis, 'residual')).toBeUndefined();
    expect(diagnosis.verdicts.filter(({ severity }) => severity === 'good')).toEqual([]);
  });

  test('what only the initialisations show is a forecast', () => {
    // A control that is |0⟩: nothing in the structure of its rotations says that they cancel.
    const control = found('ry(x0) q[1]; crx(v + w + x1) q[2], q[1];', 'Z1');
    expect(control.verdicts[0]).toMatchObject({
      code: 'parameters-without-effect',
      basis: 'forecast',
      evidence: { structural: false },
    });
    const useful = modelOf('ry(x0 + w) q[0];', 'Z0', ['x0']);
    const seed = { spectrum: [0], f0: [0.5, 0.5, 0.5] } as never;
    const codes = withoutEffectAtStart(useful, data, [seed]).map(({ code }) => code);
    expect(codes).toEqual(['parameters-without-effect', 'inputs-without-effect']);
    const equal = dataOf([1, 1, 1, 2], [0.3, 0.3, -0.2, 0], [0, 1, 2]);
    expect(withoutEffectAtStart(useful, equal, [seed]).map(({ code }) => code)).toEqual(['parameters-without-effect']);
  });

  test('a model that learns has neither verdict', () => {
    const diagnosis = found('ry(x0) q[0]; ry(v + w + x1) q[0];');
    expect(diagnosis.verdicts.map(({ code }) => code).filter((code) => code.includes('without'))).toEqual([]);
    expect(diagnosis.verdicts.some(({ severity }) => severity === 'good')).toBe(true);
  });
});
