import { InputError, type InputProblem, type Path } from '@qntk/core';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { checkAliases } from './aliases.ts';

/** A YAML or JSON file that remembers where everything stood. */
export interface SourceDocument {
  readonly value: unknown;
  /** `file:line:column` of a value, or of the nearest one around it that exists. */
  placeOfValue(path: Path): string;
  /** `file:line:column` of a key. */
  placeOfKey(path: Path): string;
}

/**
 * Reads YAML or JSON, which is a part of YAML; `where` names the file in errors.
 *
 * @throws InputError naming line and column where the text cannot be read or a key occurs twice.
 */
export function readDocument(text: string, where: string): SourceDocument {
  if (text.includes('\0')) throw new InputError({ where, found: 'binary data', expected: 'YAML or JSON' });
  // Line ends of old Macs, a carriage return alone, the parser does not know.
  const source = text.replace(/\r(?!\n)/g, '\n');
  const lines = new LineCounter();
  // The parser's own search for keys that occur twice takes the square of their number: a hundred thousand hang it.
  const options = { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false };
  const document = parseDocument(source, options);
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${where}:${line}:${col}`;
  };
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw new InputError({ where: place(problem.pos[0]), ...explained(problem.code, problem.message) });
  checkKeys(document, place);
  checkAliases(document, where, place);
  const top = document.contents;
  if (top === null || (isScalar(top) && top.value === null))
    throw new InputError({ where, found: 'an empty file', expected: 'YAML or JSON' });
  const start = (node: unknown) => place((node as Node).range?.[0] ?? 0);
  return {
    // Aliases have been counted.
    value: document.toJS({ maxAliasCount: -1 }),
    placeOfValue: (path) => start(locate(top, path).value),
    placeOfKey: (path) => start(locate(top, path).key),
  };
}

/** The deepest node along a path that exists, and its key. */
function locate(top: Node, path: Path): { key: Node; value: Node } {
  let found = { key: top, value: top };
  for (const step of path) {
    const { value } = found;
    if (isMap<Node, Node | null>(value)) {
      const pair = value.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return found;
      found = { key: pair.key, value: pair.value ?? pair.key };
    } else if (isSeq<Node>(value)) {
      const item = value.items[Number(step)];
      if (!item) return found;
      found = { key: item, value: item };
    } else return found;
  }
  return found;
}

/** @throws InputError where a mapping has a key for the second time, or one that only YAML 1.1 knows. */
function checkKeys(document: Document, place: (offset: number) => string): void {
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (name === '<<')
          throw new InputError({
            where: place(key.range?.[0] ?? 0),
            found: 'the merge key <<, which YAML 1.2 does not have',
            expected: 'the keys that it stands for, written out',
          });
        if (seen.has(name))
          throw new InputError({
            where: place(key.range?.[0] ?? 0),
            found: `the key ${name} for the second time`,
            expected: 'every key once',
          });
        seen.add(name);
      }
    },
  });
}

/** What the parser's codes mean, where its own sentence needs one who knows the grammar of YAML. */
const explanations: Record<string, Omit<InputProblem, 'where'>> = {
  MULTIPLE_DOCS: { found: 'a second document', expected: 'one' },
  TAB_AS_INDENT: { found: 'a tab at the beginning of a line', expected: 'spaces, as YAML is indented by them alone' },
  BLOCK_IN_FLOW: {
    found: 'a key inside of braces or brackets that no comma comes before',
    expected: 'a comma between two keys or values, and a closing brace or bracket after the last',
  },
  NON_STRING_KEY: { found: 'a key that is a list or a mapping', expected: 'a name' },
};

/** A parser's error in our words. */
function explained(code: string, message: string): Omit<InputProblem, 'where'> {
  if (explanations[code]) return explanations[code];
  if (/call stack/.test(message)) return { found: 'brackets or mappings too deep in each other', expected: 'fewer' };
  if (/ at node end$/.test(message))
    return { found: 'more text after the end of a value', expected: 'a new line with a key, or the end' };
  return { found: `text that is no YAML or JSON (${message})`, expected: 'YAML or JSON' };
}
