import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '@qntk/core';
import { type DynamicsWords, dynamicsText } from '@qntk/report';
import type { DrawnPlot } from '@qntk/report/plots';
import type { Outcome } from '../../command.ts';
import { commandLine } from '../../command-line.ts';
import { largest, readContent } from '../../files/input.ts';
import { printable } from '../../printable.ts';
import { version } from '../../version.ts';
import { recordsText } from '../records.ts';

/** The file in a folder of results that joins the seeds last asked for. */
const documentFile = 'dynamics.json';

/** What a command of `dynamics` found. */
interface Found {
  readonly words: DynamicsWords;
  /** What --json prints, and what the folder keeps. */
  readonly document: object;
  readonly saved: object;
  /** Figures, as SVG by the name of their file and for the page; drawn only where there is a folder for them. */
  readonly figures?: () => Promise<{ readonly files: Record<string, string>; readonly plots: readonly DrawnPlot[] }>;
  readonly out: string | undefined;
  /** Seeds whose records were there before. */
  readonly found: number;
}

/** What is printed and, where there is a folder, written: the document, figures, and a page of words and figures. */
export async function outcomeOf({ words, document, saved, figures, out, found }: Found): Promise<Outcome> {
  const text = dynamicsText(words);
  if (out === undefined) return { text, document };
  // Plots are most of the program's size: loaded only where they are wanted.
  const drawn = (await figures?.()) ?? { files: {}, plots: [] };
  const { renderDynamics } = await import('@qntk/report/html');
  const beside = { [documentFile]: `${printable(JSON.stringify(saved))}\n`, ...drawn.files };
  const made = {
    command: commandLine(),
    version,
    date: new Date().toISOString().slice(0, 10),
    files: Object.keys(beside),
  };
  const files = { ...beside, 'report.html': await renderDynamics(words, drawn.plots, made) };
  const written = `Written to ${out}: ${Object.keys(files).join(', ')}${recordsText(found)}`;
  return { text: `${text}\n\n${written}`, document, output: { folder: out, files } };
}

/**
 * A file of this name that no call of ours has written is not written over.
 *
 * @throws InputError naming it.
 */
export function refuseForeign(folder: string): void {
  const file = path.join(folder, documentFile);
  if (!fs.existsSync(file) || isResult(readContent(file, largest.array).toString('utf8'))) return;
  throw new InputError({
    where: file,
    found: 'something else than results of qntk dynamics, or damaged ones',
    expected: 'no such file, or one that it wrote itself',
    advice: 'move it away, or name another folder; records of seeds are kept apart from it and are found again',
  });
}

function isResult(text: string): boolean {
  try {
    const schema = JSON.parse(text)?.schema;
    return typeof schema === 'string' && schema.startsWith('qntk/dynamics-');
  } catch {
    return false;
  }
}
