import type { Diagnosis } from '@qntk/core';
import { downloadScript, downloadScriptHash } from './download.ts';
import { counted, unparted } from './format.ts';
import { type Html, html, raw } from './html.ts';
import { figuresSection } from './sections/figures.ts';
import { notesSection } from './sections/notes.ts';
import { circuitSection, type Origin, originSection } from './sections/origin.ts';
import { settingSection, tablesSection } from './sections/tables.ts';
import { verdictsSection } from './sections/verdicts.ts';
import { style } from './style.ts';
import { bottomLineText } from './words/bottom-line.ts';

export { type ComparisonOrigin, renderComparison } from './comparison-page.ts';
export { renderDynamics } from './dynamics-page.ts';
export type { DrawnPlot, KeyEntry } from './figures/plot.ts';
export { Html, type Insert } from './html.ts';
export type { Made, Origin } from './sections/origin.ts';
export type { LongTable } from './terminal/table.ts';
export type { DynamicsWords } from './words/dynamics.ts';

/**
 * The diagnosis as one HTML file that stands alone: no network, figures inlined, and one script, without which only the links
 * that save figures are missing. The same diagnosis and origin give the same bytes.
 */
export async function renderReport(diagnosis: Diagnosis, origin: Origin = {}): Promise<string> {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${downloadScriptHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${diagnosis.model.description} · qntk diagnosis</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
${header(diagnosis)}
${contents(origin)}
${verdictsSection(diagnosis)}
${await figuresSection(diagnosis)}
${tablesSection(diagnosis)}
${settingSection(diagnosis)}
${circuitSection(diagnosis, origin)}
${originSection(diagnosis, origin)}
${notesSection()}
</main>
<footer>Made by <code>qntk diagnose</code>. ${diagnosis.version === null ? '' : `Version ${diagnosis.version}. `}The same for programs: report.json, schema ${String(diagnosis.schema)}.</footer>
<script>${raw(downloadScript)}</script>
</body>
</html>
`;
  return page.text;
}

/** The parts of the page, for those who look for one. */
function contents({ circuit }: Origin): Html {
  const parts = [
    ['verdict', 'Verdict'],
    ['figures', 'Figures'],
    ['initialisations', 'Initialisations'],
    ['setting', 'Setting'],
    ...(circuit ? [['circuit', 'Circuit']] : []),
    ['origin', 'To make it again'],
    ['notes', 'How to read this'],
  ];
  return html`<nav aria-label="Parts of this page"><ul>${parts.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`;
}

/** When it was made: before any training, with one in the place of a forecast, or beside one. */
function kickerOf({ basis, changesBasis }: Diagnosis['bottomLine']): string {
  if (basis === 'forecast') return 'Diagnosis before training';
  return changesBasis === 'forecast' ? 'Diagnosis beside training' : 'Diagnosis';
}

function header({ model, data, seeds, bottomLine }: Diagnosis): Html {
  const readout = model.outputs === 1 ? `readout ${model.observables.join(', ')}` : counted(model.outputs, 'readout');
  const modelLine = [
    counted(model.qubits, 'qubit'),
    counted(model.parameters, 'parameter'),
    readout,
    ...(model.scale === 1 ? [] : [`scale γ = ${String(model.scale)}`]),
    counted(seeds.length, 'initialisation'),
  ];
  const dataLine = [
    data.source,
    counted(data.features.length, 'feature'),
    ...(data.classes ? [counted(data.classes.length, 'class')] : []),
    counted(data.train, 'training point'),
    counted(data.test, 'test point'),
  ];
  return html`<header>
<p class="kicker">${kickerOf(bottomLine)}</p>
<h1>${model.description}</h1>
<p class="line"><b>Model</b> ${modelLine.join(' · ')}</p>
<p class="line"><b>Data</b> ${dataLine.join(' · ')}</p>
<p class="bottom-line">${unparted(bottomLineText(bottomLine))}</p>
</header>`;
}
