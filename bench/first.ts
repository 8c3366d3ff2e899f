import type { Case } from './case.ts';
import { runNode } from './process.ts';

/** The library as it is built: 6 qubits, 10 layers, 20 points, from nothing to a Jacobian. */
const answer = `
import { bind, buildModel, engines, initialTheta, jacobian, specSchema } from '@qntk/core';
const spec = specSchema.parse({ data: { source: 'moons' }, model: { qubits: 6, encoding: {}, ansatz: { kind: 'hea', layers: 10 }, observable: 'Z0' } });
const model = buildModel(spec.model, 1, engines.wasm);
const X = Float64Array.from({ length: 20 }, (_, i) => i / 20);
const { J } = jacobian(model, initialTheta(model, 1, 0), bind(model, X));
console.log(J.length);
`;

/** Fresh processes, from their start to their end: the help, the library's first Jacobian, and a whole small diagnosis. */
export const firstCases: readonly Case[] = [
  {
    name: 'first-help',
    prepare() {
      const args = ['packages/cli/bin/qntk.js', '--help'];
      if (!runNode(args).includes('diagnose')) throw new Error('first-help: there are no commands');
      return () => runNode(args);
    },
  },
  {
    name: 'first-answer',
    prepare() {
      const found = runNode(['--input-type=module', '-e', answer]).trim();
      if (found !== '2400') throw new Error(`first-answer: found ${found} derivatives, expected 20 × 120`);
      return () => runNode(['--input-type=module', '-e', answer]);
    },
  },
  {
    name: 'first-diagnosis',
    prepare() {
      const args = ['packages/cli/bin/qntk.js', 'diagnose', 'examples/sinusoid.yaml', '--seeds', '1'];
      if (!runNode(args).includes('test points')) throw new Error('first-diagnosis: there is no verdict');
      return () => runNode(args);
    },
  },
];
