import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { figures } from '../all.ts';
import type { AnyFigure, ClaimVerdict, Size } from '../figure.ts';
import { pictureOf } from '../picture.ts';
import type { FigureDocument } from '../reproduce.ts';

/** Where the analyses of a paper's figures are stored. */
const analyses = ({ paper }: AnyFigure, root: URL): URL => new URL(`papers/${paper}/analyses/`, root);

/** Where that of a figure is. */
function analysisFile(figure: AnyFigure, size: Size, root: URL): URL {
  return new URL(`${size === 'full' ? '' : 'reduced/'}${figure.id}.json`, analyses(figure, root));
}

/** Stores the analyses of the figures that `qntk reproduce` has written to a folder; of full runs what they were made of as well. */
export function storeAnalyses(folder: URL, root: URL): void {
  for (const figure of figures) {
    const made = new URL(`${figure.id}.json`, folder);
    if (!existsSync(made)) continue;
    const { size, analysis, version, hash, seconds, ensembles } = JSON.parse(
      readFileSync(made, 'utf8'),
    ) as FigureDocument;
    const files = [new URL('reduced/', analyses(figure, root)), new URL('made-of/', analyses(figure, root))];
    for (const each of files) mkdirSync(each, { recursive: true });
    writeFileSync(analysisFile(figure, size, root), `${JSON.stringify(analysis)}\n`);
    if (size === 'full')
      writeFileSync(
        new URL(`made-of/${figure.id}.json`, analyses(figure, root)),
        `${JSON.stringify({ size, version, hash, seconds, ensembles })}\n`,
      );
  }
}

/**
 * Writes the page of every paper, docs/papers/PAPER.md, its claims as PAPER.json beside it, and its pictures from the analyses of the full runs, papers/PAPER/analyses: claims
 * are judged and figures drawn anew, nothing is computed. A figure without a stored full run is left out.
 *
 * @param root - URL of the repository's folder.
 */
export async function writePages(root: URL): Promise<void> {
  for (const paper of new Set(figures.map((figure) => figure.paper))) {
    const own = figures.filter((figure) => figure.paper === paper && existsSync(analysisFile(figure, 'full', root)));
    const sections = await Promise.all(own.map((figure) => sectionOf(figure, root)));
    const intro = readFileSync(new URL(`papers/${paper}/introduction.md`, root), 'utf8').trim();
    const text = [intro, ...verdictsOf(sections), ...sections.map((section) => section.text)].join('\n\n');
    writeFileSync(new URL(`docs/papers/${paper}.md`, root), `${text}\n`);
    const table = sections.flatMap(({ id, claims }) => claims.map((claim) => ({ figure: id, ...claim })));
    writeFileSync(new URL(`docs/papers/${paper}.json`, root), `${JSON.stringify(table, null, 1)}\n`);
  }
}

interface Section {
  readonly id: string;
  readonly text: string;
  readonly claims: readonly { readonly id: string; readonly where: string; readonly verdict: ClaimVerdict }[];
}

async function sectionOf(figure: AnyFigure, root: URL): Promise<Section> {
  const { id, title, claims } = figure;
  const analysis: unknown = JSON.parse(readFileSync(analysisFile(figure, 'full', root), 'utf8'));
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
    id,
    text: [`## ${id}`, `${title}.`, ...pictures, ...judged].join('\n\n'),
    claims: found,
  };
}

/** How many claims came out how, and each of them with its place. */
function verdictsOf(sections: readonly Section[]): string[] {
  const counts = countsOf(sections.flatMap(({ claims }) => claims.map(({ verdict }) => verdict)));
  const rows = sections.flatMap(({ id, claims }) =>
    claims.map(({ id: name, where, verdict }) => `| [\`${name}\`](#${id}) | ${where} | ${verdict} |`),
  );
  return ['## Verdicts', counts, ['| claim | where | verdict |', '|---|---|---|', ...rows].join('\n')];
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
