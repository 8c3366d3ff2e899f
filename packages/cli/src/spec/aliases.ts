import { InputError } from '@qntk/core';
import { type Document, isAlias, isCollection, isNode, isPair } from 'yaml';

/** Values that a document may have once aliases are followed: far more than any SPEC, and few enough to look at each. */
const mostValues = 10_000;

/**
 * An alias `*name` stands again for what the anchor `&name` before it marks, so that few lines can be values without number, or
 * one value inside of itself.
 *
 * @param placeOf - file, line and column of a position in the text.
 * @throws InputError where an alias has no anchor before it, is part of what it stands for, or there are too many values.
 */
export function checkAliases(document: Document, where: string, placeOf: (offset: number) => string): void {
  /** Numbers of values by anchor; of what is being looked at, none yet. */
  const sizes = new Map<string, number | undefined>();
  let aliases = 0;
  const values = sizeOf(document.contents);
  if (aliases > 0 && values > mostValues)
    throw new InputError({
      where,
      found: `${Number(values.toPrecision(3))} values once all aliases (*name) are followed`,
      expected: `at most ${mostValues}`,
      advice: 'write out what is meant',
    });

  function sizeOf(node: unknown): number {
    if (isPair(node)) return sizeOf(node.value);
    if (!isNode(node)) return 1;
    if (isAlias(node)) {
      aliases++;
      return aliased(node.source, node.range?.[0] ?? 0);
    }
    if (node.anchor) sizes.set(node.anchor, undefined);
    const size = isCollection(node) ? node.items.reduce((sum: number, item) => sum + sizeOf(item), 1) : 1;
    if (node.anchor) sizes.set(node.anchor, size);
    return size;
  }

  function aliased(name: string, offset: number): number {
    const size = sizes.get(name);
    if (size !== undefined) return size;
    throw new InputError({
      where: placeOf(offset),
      found: sizes.has(name)
        ? `the alias *${name} inside of what it stands for, which would never end`
        : `the alias *${name} without an anchor &${name} before it`,
      expected: 'what is meant, written out',
    });
  }
}
