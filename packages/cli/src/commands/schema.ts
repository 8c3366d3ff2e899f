import type { Command } from '../command.ts';

export const schema: Command = {
  name: 'schema',
  summary: 'print the JSON Schema of SPEC files',
  positional: [],
  options: [],
  example: 'schema',
  load: () => import('../work/schema.ts'),
};
