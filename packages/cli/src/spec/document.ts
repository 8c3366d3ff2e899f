import { InputError, type InputProblem, type Path } from '@qntk/core';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';

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
  const lines = new LineCounter();
  // The parser's own search for keys that occur twice takes the square of their number: a hundred thousand hang it.
  const options = { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false };
  const document = parseDocument(text, options);
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${where}:${line}:${col}`;
  };
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw new InputError({ where: place(problem.pos[0]), ...explained(problem.code, problem.message) });
  checkKeys(document, place);
  const top = document.contents;
  if (top === null || (isScalar(top) && top.value === null))
    throw new InputError({ where, found: 'an empty file', expected: 'YAML or JSON' });
  const start = (node: unknown) => place((node as Node).range?.[0] ?? 0);
  return {
    value: plain(document, where),
    placeOfValue: (path) => start(locate(top, path).value),
    placeOfKey: (path) => start(locate(top, path).key),
  };
}

/** The values alone. Here aliases are followed: one may have no anchor, or too many may grow without bound. */
function plain(document: Document, where: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const problem = {
      where,
      found: `an alias that cannot be followed (${error.message})`,
      expected: 'one with an anchor',
    };
    throw new InputError(problem, { cause: error });
  }
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

/** @throws InputError where a mapping has a key for the second time. */
function checkKeys(document: Document, place: (offset: number) => string): void {
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
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

/** A parser's error in our words. */
function explained(code: string, message: string): Omit<InputProblem, 'where'> {
  if (code === 'MULTIPLE_DOCS') return { found: 'a second document', expected: 'one' };
  if (/call stack/.test(message)) return { found: 'brackets or mappings too deep in each other', expected: 'fewer' };
  return { found: `text that is no YAML or JSON (${message})`, expected: 'YAML or JSON' };
}
