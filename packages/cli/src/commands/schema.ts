import type { Command } from '../command.ts';

export const schema: Command = {
  name: 'schema',
  summary: 'print the JSON Schema of SPEC or GRID files',
  positional: [{ name: 'WHAT', summary: 'spec if left out', optional: true, choices: ['spec', 'grid'] }],
  options: [],
  example: 'schema',
  load: () => import('../work/schema.ts'),
};
