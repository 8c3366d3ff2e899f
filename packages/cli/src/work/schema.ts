import { specSchema } from '@qntk/core';
import { z } from 'zod';
import type { Outcome } from '../command.ts';

export function run(): Outcome {
  // As a user writes it: keys with a default may be left out.
  const document = z.toJSONSchema(specSchema, { io: 'input' });
  return { text: JSON.stringify(document, null, 2), document };
}
