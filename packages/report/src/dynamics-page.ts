import { downloadScript, downloadScriptHash } from './download.ts';
import type { DrawnPlot } from './figures/plot.ts';
import { counted } from './format.ts';
import { type Html, html, nothing, raw } from './html.ts';
import { figure } from './sections/figures.ts';
import { type Made, madeSection } from './sections/origin.ts';
import { style } from './style.ts';
import type { LongTable } from './terminal/table.ts';
import type { DynamicsWords } from './words/dynamics.ts';

/** Rows of the table; more make a page that nobody reads, and dynamics.json has all. */
const mostRows = 500;

/**
 * What a command of `dynamics` found as one HTML file that stands alone: no network, figures inlined, and where there are some one
 * script, without which only the links that save them are missing. The same arguments give the same bytes.
 */
export async function renderDynamics(words: DynamicsWords, plots: readonly DrawnPlot[], made: Made): Promise<string> {
  const { headline, setting, before, table, after } = words;
  const figures = await Promise.all(plots.map((plot, k) => figure(plot, k + 1)));
  const drawn = figures.length > 0;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${drawn ? `script-src 'sha256-${downloadScriptHash}'; ` : ''}style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${headline} · qntk dynamics</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<header>
<p class="kicker">Dynamics of networks with many parameters</p>
<h1>${headline}</h1>
${setting.split('\n').map((line) => html`<p class="line">${line}</p>`)}
</header>
<section class="text" aria-labelledby="found"><h2 id="found">What was found</h2>${[...before, ...(table ? [] : after)].map(paragraph)}</section>
${table ? tableSection(table, after) : nothing}
${drawn ? html`<section aria-labelledby="figures"><h2 id="figures">Figures</h2>${figures}</section>` : nothing}
${madeSection(made)}
</main>
<footer>Made by <code>qntk dynamics</code>. Derivations: <code>docs/dynamics.md</code>, <code>docs/convergence.md</code>; the paper: <a href="https://arxiv.org/abs/2303.14844">You et al. 2023</a>.</footer>
${drawn ? html`<script>${raw(downloadScript)}</script>` : nothing}
</body>
</html>
`;
  return page.text;
}

/** Lines stay lines where other control characters become codes. */
const paragraph = (text: string): Html => html`<p>${text.split('\n').map((line) => html`${line}${raw('\n')}`)}</p>`;

function tableSection({ head, count, row, foot = [] }: LongTable, notes: readonly string[]): Html {
  const rows = Array.from({ length: Math.min(count, mostRows) }, (_, index) => row(index));
  const cut =
    count > mostRows
      ? html`<p class="missing">The first ${String(mostRows)} of ${counted(count, 'row')}; dynamics.json has all, the last lines are over all.</p>`
      : nothing;
  const line = ([
    first,
    ...cells
  ]: readonly string[]): Html => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`;
  return html`<section class="text" aria-labelledby="seeds"><h2 id="seeds">Every run</h2>${cut}
<div class="scroll" role="group" aria-label="Every run" tabindex="0"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(line)}</tbody><tfoot>${foot.map(line)}</tfoot></table></div>${notes.map(paragraph)}</section>`;
}
