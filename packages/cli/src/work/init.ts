import fs from 'node:fs';
import path from 'node:path';
import { counted, InputError, type Proposal, proposeForArrays, proposeForColumns } from '@qntk/core';
import { arrayProposalText, proposalText } from '@qntk/report';
import type { Listener, Outcome } from '../command.ts';
import { dataWords } from '../spec/data-words.ts';
import { type FoundArrays, findData } from '../spec/found.ts';
import { exampleSpec, type FileLines, type ProposedSpec, specForArrays, specForColumns } from '../spec/proposed.ts';

interface Given {
  readonly data?: string;
  readonly target?: string;
  readonly out?: string;
}

export function run({ data, target, out }: Given, listener: Listener): Outcome {
  const file = out ?? `${data === undefined ? 'moons' : nameOf(data)}.yaml`;
  checkFree(file, out);
  const { text, document, written } =
    data === undefined ? example(target, file) : proposed(data, target, file, listener);
  const next = `npx qntk diagnose ${quoted(file)}`;
  return {
    text: `${text}\n\n${next}`,
    document: { schema: 'qntk/init/1', file, ...document, spec: written.spec, next },
    output: { file, content: written.text },
    notice: `a SPEC is in ${file}: look at it, then run the next command`,
  };
}

interface Made {
  readonly text: string;
  readonly document: Record<string, unknown>;
  readonly written: ProposedSpec;
}

function example(target: string | undefined, file: string): Made {
  if (target !== undefined)
    throw new InputError({
      where: '--target',
      found: `${target} without data`,
      expected: 'a file that has such a column',
    });
  return {
    text: 'two interleaved half circles, two classes: an example, as no file of data was given',
    document: {},
    written: exampleSpec(head('qntk init', file)),
  };
}

function proposed(data: string, target: string | undefined, file: string, listener: Listener): Made {
  const found = findData(data, path.dirname(file));
  const call = `qntk init ${quoted(data)}${target === undefined ? '' : ` --target ${quoted(target)}`}`;
  if (found.kind === 'arrays') return forArrays(found, target, data, head(call, file));
  // What was found out about delimiter and index stands in the SPEC, or is left out by itself.
  for (const note of found.notes)
    if (note.code !== 'delimiter' && note.code !== 'index-column') listener.warn(dataWords(note));
  const proposal = within(data, target, () => proposeForColumns(found.columns, target));
  return forColumns(proposal, specForColumns(head(call, file), withRows(found.lines, proposal.rows), proposal));
}

function forColumns(proposal: Proposal, written: ProposedSpec): Made {
  const { rows, columns, target } = proposal;
  const { column, why, task } = target;
  return {
    text: proposalText(proposal),
    document: {
      rows,
      target: { name: column.name, why, ...task },
      columns: columns.map(({ values: _, ...facts }) => facts),
    },
    written,
  };
}

function forArrays({ table, lines }: FoundArrays, target: string | undefined, data: string, head: string): Made {
  if (target !== undefined)
    throw new InputError({
      where: '--target',
      found: `${target} with arrays`,
      expected: 'none, as labels are an array of their own',
    });
  const proposal = within(data, undefined, () => proposeForArrays(table));
  const { rows, features, task } = proposal;
  return {
    text: arrayProposalText(proposal),
    document: { rows, features, target: task },
    written: specForArrays(head, withRows(lines, rows), proposal),
  };
}

const withRows = (lines: FileLines, rows: number): FileLines =>
  lines.map((line) => (line.key === 'file' ? { ...line, comment: counted(rows, 'row') } : line));

/** A proposal for a file: what cannot be is told of the option, or else of the file. */
function within<T>(data: string, target: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw error.at(({ where }) => {
      if (where !== 'target') return `${data}: ${where}`;
      return target === undefined ? data : '--target';
    });
  }
}

/** The name of a file without what tells its format. */
function nameOf(data: string): string {
  const name = path.basename(data).replace(/\.gz$/i, '');
  return name.slice(0, name.length - path.extname(name).length) || name;
}

function checkFree(file: string, out: string | undefined): void {
  // A device, such as /dev/stdout, takes any number of SPECs; a name that cannot be is told of when it is written.
  if (!(fs.existsSync(file) && fs.statSync(file).isFile())) return;
  throw new InputError({
    where: file,
    found: 'a file of that name',
    expected: 'a name that is free',
    advice: out === undefined ? '--out FILE.yaml gives the SPEC another name' : 'give the SPEC another name',
  });
}

const head = (call: string, file: string): string =>
  `Made by: ${call}\nWhere to begin, not where to end: look at target and features, then run\n  npx qntk diagnose ${quoted(file)}`;

/** An argument as a shell takes it. */
const quoted = (text: string): string => (/^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
