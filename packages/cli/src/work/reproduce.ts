import fs from 'node:fs';
import path from 'node:path';
import { didYouMean, InputError } from '@qntk/core';
import { columns } from '@qntk/report';
import { figures } from '../../../../papers/all.ts';
import type { AnyFigure, JudgedClaim, Size } from '../../../../papers/figure.ts';
import {
  type FigureDocument,
  pngFile,
  type Reproduced,
  reproduce,
  type State,
  stateOf,
} from '../../../../papers/reproduce.ts';
import type { Listener, Outcome } from '../command.ts';
import { checkDestination } from '../files/destinations.ts';
import { largest, readContent } from '../files/input.ts';
import { asJson } from '../json.ts';
import { version } from '../version.ts';
import { storeFor } from './records.ts';
import { threadsWithin } from './threads.ts';

interface Given {
  readonly figure: readonly string[];
  readonly full?: boolean;
  readonly out?: string;
}

const defaultFolder = 'qntk-reproduce';
/** Bytes that a task of any figure takes: a network of some hundred parameters and points. */
const taskBytes = 2 ** 26;

export async function run({ figure: names, full, out = defaultFolder }: Given, listener: Listener): Promise<Outcome> {
  const chosen = [...new Set(names)].map(figureNamed);
  if (chosen.length === 0) return listed(out);
  checkDestination(`--out ${out}`, out, { kind: 'folder' });
  const size: Size = full ? 'full' : 'reduced';
  const made: Reproduced[] = [];
  for (const figure of chosen)
    made.push(
      await reproduce(figure, size, {
        store: storeFor(out, listener),
        version,
        threads: threadsWithin(taskBytes, 'paper-worker'),
        onProgress: ({ label, done, total }) => listener.progress(label, done, total),
      }),
    );
  return outcomeOf(made, out);
}

/** @throws InputError where no figure has the name. */
function figureNamed(name: string): AnyFigure {
  const figure = figures.find(({ id }) => id === name);
  if (figure) return figure;
  const known = figures.map(({ id }) => id);
  throw new InputError({
    where: 'FIGURE',
    found: `"${name}"`,
    expected: `one of ${known.join(', ')}`,
    ...didYouMean(name, known),
  });
}

/** What a folder has of a figure; undefined where there is nothing, or something else. */
function documentIn(folder: string, { id }: AnyFigure): FigureDocument | undefined {
  const file = path.join(folder, `${id}.json`);
  if (!fs.existsSync(file)) return undefined;
  try {
    const document = JSON.parse(readContent(file, largest.array).toString('utf8')) as FigureDocument;
    return document?.schema === 'qntk/figure/1' && document.id === id ? document : undefined;
  } catch {
    return undefined;
  }
}

/** A figure as `--json` has it. */
interface Entry {
  readonly id: string;
  readonly paper: string;
  readonly title: string;
  readonly state: State;
  /** What its tasks took on one processor; null where nothing is there. */
  readonly seconds: number | null;
  readonly files: readonly string[];
}

function entryOf(figure: AnyFigure, folder: string, document: FigureDocument | undefined): Entry {
  const { id, paper, title } = figure;
  const state = stateOf(figure, document);
  if (state === 'not yet' || !document) return { id, paper, title, state, seconds: null, files: [] };
  const files = [...document.panels.flatMap(({ file }) => [file, pngFile(file)]), `${id}.json`].map((file) =>
    path.join(folder, file),
  );
  return { id, paper, title, state, seconds: document.seconds, files };
}

/** Every figure, and how far it is in the folder. */
function listed(folder: string): Outcome {
  const documents = figures.map((figure) => documentIn(folder, figure));
  const entries = figures.map((figure, k) => entryOf(figure, folder, documents[k]));
  const rows = entries.map(({ id, state, seconds, title }) => [
    id,
    state,
    seconds === null ? '–' : `${seconds.toFixed(1)} s`,
    `  ${title}`,
  ]);
  const claims = documents.flatMap((document, k) => (entries[k]!.state === 'not yet' ? [] : document!.claims));
  const head = ['figure', 'state', 'took', '  title'];
  const width = Math.max(...[head, ...rows].map(([, , , title]) => title!.length));
  const table = columns([head, ...rows].map(([a, b, c, d]) => [a!, b!, c!, d!.padEnd(width)]));
  return {
    text: `${table}\n\nWhat is in ${folder}; qntk reproduce FIGURE… makes a slice of each in seconds, --full the paper's size.`,
    document: { figures: entries, claims },
  };
}

function outcomeOf(made: readonly Reproduced[], folder: string): Outcome {
  const documents = made.map(({ document }) => document);
  // Claims of figures that the folder had before stay in its list.
  const all = figures.flatMap((figure) => {
    const own = documents.find(({ id }) => id === figure.id) ?? documentIn(folder, figure);
    return stateOf(figure, own) === 'not yet' ? [] : own!.claims;
  });
  const files: Record<string, string | Uint8Array> = { 'claims.json': asJson(all) };
  for (const { document, pictures } of made)
    Object.assign(files, pictures, { [`${document.id}.json`]: asJson(document) });
  const found = made.reduce((sum, each) => sum + each.found, 0);
  const before = found > 0 ? ` ${found} tasks were found there and not computed again.` : '';
  const written = `Written to ${folder}: ${Object.keys(files).join(', ')}; records of all tasks in records.${before}`;
  return {
    text: [...documents.map(figureText), written].join('\n\n'),
    document: {
      figures: documents.map((document) => entryOf(figures.find(({ id }) => id === document.id)!, folder, document)),
      claims: documents.flatMap(({ claims }) => claims),
    },
    output: { folder, files },
  };
}

function figureText({ id, title, size, seconds, claims }: FigureDocument): string {
  const whole =
    size === 'full' ? "the paper's size" : "a slice: its verdicts say nothing of the paper's size, --full does";
  return [`${id}: ${title} (${whole}; ${seconds.toFixed(1)} s)`, ...claims.map(claimText)].join('\n\n');
}

function claimText({ id, where, claim, criterion, found, verdict, why }: JudgedClaim): string {
  return [
    `  ${id}: ${verdict}`,
    `    claim      ${claim} (${where})`,
    `    criterion  ${criterion}`,
    `    found      ${found}`,
    `    why        ${why}`,
  ].join('\n');
}
