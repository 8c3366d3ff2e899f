import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AnyFigure, ClaimVerdict, Size } from '../figure.ts';
import { pictureOf } from '../picture.ts';
import { figures } from '../qnn-convergence/src/figures.ts';
import type { FigureDocument } from '../reproduce.ts';

/** Where the stored analysis of a figure is. */
function analysisFile(id: string, size: Size, root: URL): URL {
  return new URL(`papers/qnn-convergence/analyses/${size === 'full' ? '' : 'reduced/'}${id}.json`, root);
}

/** Stores the analyses of the figures that `qntk reproduce` has written to a folder. */
export function storeAnalyses(folder: URL, root: URL): void {
  for (const { id } of figures) {
    const made = new URL(`${id}.json`, folder);
    if (!existsSync(made)) continue;
    const { size, analysis } = JSON.parse(readFileSync(made, 'utf8')) as FigureDocument;
    writeFileSync(analysisFile(id, size, root), `${JSON.stringify(analysis)}\n`);
  }
}

/**
 * Writes docs/papers/qnn-convergence.md and its pictures from the analyses of the full runs, papers/qnn-convergence/analyses: claims are
 * judged and figures drawn anew, nothing is computed.
 *
 * @param root - URL of the repository's folder.
 */
export async function writePages(root: URL): Promise<void> {
  const sections = await Promise.all(figures.map((figure) => sectionOf(figure, root)));
  const intro = readFileSync(new URL('papers/qnn-convergence/introduction.md', root), 'utf8').trim();
  const counts = countsOf(sections.flatMap(({ verdicts }) => verdicts));
  const text = [intro, counts, ...sections.map((section) => section.text)].join('\n\n');
  writeFileSync(new URL('docs/papers/qnn-convergence.md', root), `${text}\n`);
}

interface Section {
  readonly text: string;
  readonly verdicts: readonly ClaimVerdict[];
}

async function sectionOf(figure: AnyFigure, root: URL): Promise<Section> {
  const { id, title, claims } = figure;
  const analysis: unknown = JSON.parse(readFileSync(analysisFile(id, 'full', root), 'utf8'));
  const panels = figure.panels(analysis);
  for (const panel of panels)
    writeFileSync(new URL(`docs/papers/${id}-${panel.name}.svg`, root), await pictureOf(panel));
  const found = claims.map(({ judge, ...claim }) => ({ ...claim, ...judge(analysis) }));
  const pictures = panels.map(({ name, alt }) => `![${alt}](${id}-${name}.svg)`);
  const judged = found.map(({ id: name, where, claim, criterion, found: number, verdict, why }) =>
    [
      `**\`${name}\`: ${verdict}.** ${claim} (${where})`,
      `- criterion: ${criterion}`,
      `- found: ${number}`,
      `- why: ${why}`,
    ].join('\n'),
  );
  return {
    text: [`## ${id}`, `${title}.`, ...pictures, ...judged].join('\n\n'),
    verdicts: found.map(({ verdict }) => verdict),
  };
}

function countsOf(verdicts: readonly ClaimVerdict[]): string {
  const order: readonly ClaimVerdict[] = [
    'holds',
    'holds with a condition',
    'does not hold as stated',
    'cannot be decided',
  ];
  const counts = order.map((verdict) => `${verdicts.filter((each) => each === verdict).length} ${verdict}`);
  return `Of ${verdicts.length} claims: ${counts.join(', ')}.`;
}
