import { describe, expect, test } from 'vitest';
import { buildModel } from '../../src/model/build.ts';
import { classReadouts } from '../../src/model/class-readouts.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { engines } from '../../src/simulate/engines.ts';

describe('observable: classes', () => {
  test('is Z on the first qubits, then products', () => {
    expect(classReadouts(['0', '1', '2'], 1)).toEqual(['Z0']);
    expect(classReadouts(['0', '1', '2'], 3)).toEqual(['Z0', 'Z1', 'Z2']);
    const all = ['Z0', 'Z1', 'Z2', 'Z0*Z1', 'Z0*Z2', 'Z1*Z2', 'Z0*Z1*Z2'];
    expect(classReadouts(['0', '1', '2'], 7)).toEqual(all);
    expect(() => classReadouts(['0', '1', '2'], 8)).toThrow(
      /model.observable: found classes, which are 8 here, expected at most 7, as many products of Z as 3 qubits have/,
    );
  });

  test('makes a model of the outputs that the labels need', () => {
    const spec = modelSchema.parse({
      qubits: 2,
      encoding: {},
      ansatz: { kind: 'hea', layers: 1 },
      observable: 'classes',
    });
    const { observables, outputs } = buildModel(spec, 2, engines.reference, { outputs: 3 });
    expect([outputs, ...observables.map(({ text }) => text)]).toEqual([3, 'Z0', 'Z1', 'Z0*Z1']);
    expect(() => buildModel(spec, 2, engines.reference)).toThrow(/outputs: found nothing/);
  });
});
