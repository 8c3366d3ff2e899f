import type { ComparedCandidate, Comparison } from '@qntk/core/compare';
import { downloadScript, downloadScriptHash } from './download.ts';
import { racePlot, scoreCostPlot } from './figures/race.ts';
import { counted, formatNumber } from './format.ts';
import { type Html, html, nothing, raw } from './html.ts';
import { figure } from './sections/figures.ts';
import { sortScript, sortScriptHash } from './sort.ts';
import { style } from './style.ts';
import { comparisonSentences } from './terminal/comparison.ts';
import { choiceTexts, rungText } from './words/comparison.ts';

/** Where a comparison comes from. */
export interface ComparisonOrigin {
  /** The call as it can be typed again. */
  readonly command: string;
  /** Files beside the page. */
  readonly files: readonly string[];
  /** The SPEC of a candidate by its name, as a text that `qntk diagnose` reads. */
  readonly specOf: (name: string) => string;
}

/** Rows of the table: more would make a page that no browser scrolls well. */
const mostRows = 2000;
/** Rows that have their SPEC: those that somebody may want. */
const mostSpecs = 100;

/**
 * A comparison as one HTML file that stands alone: no network, figures inlined, scripts for sorting, filtering and saving figures
 * alone. The same comparison and origin give the same bytes.
 */
export async function renderComparison(comparison: Comparison, origin: ComparisonOrigin): Promise<string> {
  const { command, files } = origin;
  const { candidates, winner, version } = comparison;
  const sentences = comparisonSentences(comparison);
  const choices = choiceTexts(comparison);
  const figures = await Promise.all([racePlot, scoreCostPlot].map((plot, k) => figure(plot(comparison), k + 1)));
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${downloadScriptHash}' 'sha256-${sortScriptHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${winner?.name ?? 'Nothing was judged'} · qntk comparison</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<header>
<p class="kicker">Comparison of ${counted(candidates.length, 'model')}</p>
<h1>${winner?.name ?? 'Nothing was judged'}</h1>
${sentences.map((sentence) => html`<p class="line">${sentence}</p>`)}
</header>
${choices.length > 0 ? html`<section aria-labelledby="choices"><h2 id="choices">What the choices do</h2><ul class="verdicts">${choices.map((text) => html`<li><span></span><p>${text}</p></li>`)}</ul></section>` : nothing}
<section aria-labelledby="figures"><h2 id="figures">Figures</h2>${figures}</section>
${rungsSection(comparison)}
${candidatesSection(candidates, origin)}
${skippedSection(comparison)}
</main>
<footer>Made by <code>${command}</code>, version ${version}. The same for programs: ${files.join(', ')}.</footer>
<script>${raw(downloadScript)}</script>
<script>${raw(sortScript)}</script>
</body>
</html>
`;
  return page.text;
}

function rungsSection({ rungs }: Comparison): Html {
  const rows = rungs.map(
    ({ rung, judged, left, jacobians, gradients }, k) =>
      html`<tr><th scope="row">${String(k + 1)}: ${rungText(rung)}</th>${[judged, left, Math.round(jacobians), Math.round(gradients)].map(numberCell)}</tr>
`,
  );
  return html`<section aria-labelledby="rungs"><h2 id="rungs">What every rung took and decided</h2>
<div class="scroll" role="group" aria-label="Rungs" tabindex="0"><table class="names"><thead><tr>${['rung', 'judged', 'left', 'Jacobians', 'gradients'].map(heading)}</tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function candidatesSection(candidates: readonly ComparedCandidate[], { specOf }: ComparisonOrigin): Html {
  const heads = [
    'candidate',
    'R²',
    'from',
    'to',
    'test R²',
    'judged by',
    'left after',
    'work',
    'parameters',
    'depth',
    'two-qubit gates',
    'κ',
    'alignment',
    'effective dimension',
    'circuits to train',
    'circuits to judge',
    'SPEC',
  ];
  const cut =
    candidates.length > mostRows
      ? html`<p class="missing">The first ${formatNumber(mostRows)} of ${counted(candidates.length, 'candidate')}; compare.csv has all.</p>`
      : nothing;
  return html`<section aria-labelledby="candidates"><h2 id="candidates">Every candidate</h2>${cut}
<p class="missing">R² is on rows that were kept out, of each initialisation no less than −1; test R² is that of the whole training, on rows that chose nothing. Work is Jacobians and gradients of all training rows, of all rungs together; circuits are what a quantum computer would run for the planned
training and for this race by the parameter-shift rule, each with its shots. κ, alignment and effective dimension are of the tangent
kernel at the start and rank models less well than R² does (docs/compare.md). <code>npx qntk diagnose</code> says of a saved SPEC what to expect and
what limits it; the first ${formatNumber(Math.min(mostSpecs, candidates.length))} can be saved here, beside the GRID.</p>
<div class="scroll" role="group" aria-label="Candidates" tabindex="0"><table class="names" data-sortable><thead><tr>${heads.map(heading)}</tr></thead>
<tbody>${candidates.slice(0, mostRows).map((candidate, place) => candidateRow(candidate, place, place < mostSpecs ? specOf(candidate.name) : undefined))}</tbody></table></div></section>`;
}

function candidateRow(
  { name, forecast, left, jacobians, gradients, cost, kernel, verified }: ComparedCandidate,
  place: number,
  spec: string | undefined,
): Html {
  const { mean, interval } = forecast?.score ?? { mean: null, interval: [null, null] };
  const words = [forecast ? rungText(forecast.rung) : 'nothing', left ? rungText(left.rung) : 'still in'];
  const after = [
    Math.round(jacobians + gradients),
    cost.parameters,
    cost.depth,
    cost.twoQubitGates,
    kernel?.kappa ?? null,
    kernel?.alignment ?? null,
    kernel?.effectiveDimension ?? null,
    cost.circuits.training,
    cost.circuits.judging,
  ];
  return html`<tr${place === 0 ? raw(' class="first"') : ''}><th scope="row">${name}</th>${[mean, ...interval, verified?.r2 ?? null].map(numberCell)}${words.map((word) => html`<td>${word}</td>`)}${after.map(numberCell)}<td>${spec === undefined ? nothing : specLink(spec, place + 1)}</td></tr>
`;
}

function specLink(spec: string, rank: number): Html {
  const file = `candidate-${rank}.yaml`;
  return html`<a download="${file}" aria-label="Save ${file}" href="data:text/plain;charset=utf-8,${encodeURIComponent(spec)}">save</a>`;
}

const heading = (text: string): Html => html`<th scope="col">${text}</th>`;

/** What is sorted by stands beside what is read. */
const numberCell = (value: number | null): Html =>
  html`<td data-value="${value === null ? '' : String(value)}">${formatNumber(value)}</td>`;

function skippedSection({ skipped }: Comparison): Html {
  if (skipped.length === 0) return nothing;
  const rows = skipped.slice(0, mostRows).map(
    ({ name, reason }) => html`<div><dt>${name}</dt><dd>${reason}</dd></div>
`,
  );
  return html`<section aria-labelledby="skipped"><h2 id="skipped">Left out, as they cannot be trained</h2><dl class="reasons">${rows}</dl></section>`;
}
