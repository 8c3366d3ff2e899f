import path from 'node:path';
import { InputError } from '@qntk/core';
import type { Listener, Outcome } from '../command.ts';
import { quoted } from '../command-line.ts';
import { specName } from '../files/spec-name.ts';
import { readProposal } from '../spec/proposal.ts';
import { exampleSpec, type ProposedSpec } from '../spec/proposed.ts';

interface Given {
  readonly data?: string;
  readonly target?: string;
  readonly out?: string;
}

export function run({ data, target, out }: Given, listener: Listener): Outcome {
  const file = specName(data ?? 'moons', out);
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
  const { text, document, model, written } = readProposal(data, target, path.dirname(file), listener);
  const call = `qntk init ${quoted(data)}${target === undefined ? '' : ` --target ${quoted(target)}`}`;
  return { text, document, written: written(head(call, file), model) };
}

const head = (call: string, file: string): string =>
  `Made by: ${call}\nWhere to begin, not where to end: look at target and features, then run\n  npx qntk diagnose ${quoted(file)}`;
