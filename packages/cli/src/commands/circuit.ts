import type { Command } from '../command.ts';
import { names, wholeNumber } from './arguments.ts';

export const circuit: Command = {
  name: 'circuit',
  summary: 'show a circuit: drawing, parameters, depth, gates; and convert it to OpenQASM 3',
  positional: [{ name: 'FILE', summary: 'a circuit in OpenQASM 3 or 2, or a SPEC (see qntk schema)' }],
  options: [
    {
      flags: '--inputs <NAME,…>',
      summary: 'OpenQASM: inputs that are features, all others being trainable; x, x_0, _x_0_, x[0], … if left out',
      read: names,
    },
    { flags: '--svg <FILE>', writes: { kind: 'file' }, summary: 'also draw it as an image' },
    { flags: '--qasm <FILE>', writes: { kind: 'file' }, summary: 'also write it in OpenQASM 3' },
    {
      flags: '--width <N>',
      summary: 'characters a line of the drawing; 100 if left out',
      read: wholeNumber(20, 10_000),
    },
  ],
  example: 'circuit examples/sinusoid.yaml',
  load: () => import('../work/circuit.ts'),
};
