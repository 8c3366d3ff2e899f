import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '@qntk/core';
import type { Outcome } from '../../command.ts';
import { largest, readContent } from '../../files/input.ts';
import { printable } from '../../printable.ts';
import { version } from '../../version.ts';
import { recordsText } from '../records.ts';

/** The file in a folder of results that joins the seeds last asked for. */
const documentFile = 'dynamics.json';

/** What a command of `dynamics` found. */
interface Found {
  readonly text: string;
  /** What --json prints, and what the folder keeps. */
  readonly document: object;
  readonly saved: object;
  /** Drawings by the name of their file; drawn only where there is a folder for them. */
  readonly figures?: () => Promise<Record<string, string>>;
  readonly out: string | undefined;
  /** Seeds whose records were there before. */
  readonly found: number;
}

/** What is printed and, where there is a folder, written: the document, figures, and a page of text and figures. */
export async function outcomeOf({ text, document, saved, figures, out, found }: Found): Promise<Outcome> {
  if (out === undefined) return { text, document };
  // Plots are most of the program's size: loaded only where they are wanted.
  const drawn = (await figures?.()) ?? {};
  const { renderText } = await import('@qntk/report/html');
  const files = {
    [documentFile]: `${printable(JSON.stringify(saved))}\n`,
    ...drawn,
    'report.html': renderText({ title: 'qntk dynamics', text, figures: drawn, version }),
  };
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
