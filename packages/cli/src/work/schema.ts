import { specSchema } from '@qntk/core';
import { selectionSchema } from '@qntk/core/compare';
import { z } from 'zod';
import type { Outcome } from '../command.ts';

/** A part of a JSON Schema. */
type Part = Readonly<Record<string, unknown>>;

export function run({ what = 'spec' }: { readonly what?: 'spec' | 'grid' }): Outcome {
  // As a user writes it: keys with a default may be left out.
  const spec = z.toJSONSchema(specSchema, { io: 'input' });
  const document = what === 'spec' ? spec : gridOf(spec);
  return { text: JSON.stringify(document, null, 2), document };
}

/** A SPEC in which any value may be a list of choices, and what a grid has beside it. */
function gridOf(spec: Part): Part {
  const { $schema } = spec as { $schema?: string };
  const { properties } = withChoices(spec) as { properties: Part };
  const name = { type: 'string', minLength: 1 };
  const { $schema: _, ...selection } = z.toJSONSchema(selectionSchema);
  return {
    $schema,
    type: 'object',
    properties: {
      ...properties,
      selection: { ...selection, description: 'training rows that are kept out to choose by' },
      candidates: {
        description: 'models that are added one by one; their keys stand in place of those above',
        type: 'array',
        minItems: 1,
        items: { type: 'object', properties: { name, ...properties }, required: ['name'], additionalProperties: false },
      },
    },
    additionalProperties: false,
  };
}

/** A value that may be several inside. Branches that only a word tells apart may be meant together where that is a choice. */
function withChoices(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const { properties, items, prefixItems, oneOf, anyOf, ...rest } = part as Part;
  const branches = oneOf ?? anyOf;
  return {
    ...rest,
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties as Part).map(([key, value]) => [key, choice(value)])),
    }),
    ...(items !== undefined && { items: typeof items === 'object' ? choice(items) : items }),
    ...(Array.isArray(prefixItems) && { prefixItems: prefixItems.map(choice) }),
    ...(Array.isArray(branches) && { anyOf: branches.map(withChoices) }),
  };
}

/** A value, or `{each: [v, v, …]}`. A word that tells branches apart is not one that each value has to be. */
function choice(part: unknown): Part {
  const fixed = typeof part === 'object' && part !== null && 'const' in part;
  const each = { type: 'array', minItems: 1, items: fixed ? {} : part };
  const several = { type: 'object', properties: { each }, required: ['each'], additionalProperties: false };
  return { anyOf: [withChoices(part), several] };
}
