import type { Verdict } from '@qntk/core';
import { type Html, html, raw } from '../html.ts';
import { evidenceLabel, formatEvidence } from '../names.ts';

/** Shape and word say what the colour says. */
const markers: Record<Verdict['severity'], { readonly word: string; readonly shape: Html }> = {
  good: {
    word: 'Good',
    shape: raw('<circle cx="8" cy="8" r="7"/><path d="M4.8 8.3l2.2 2.2 4.2-4.7"/>'),
  },
  note: { word: 'Note', shape: raw('<circle cx="8" cy="8" r="7"/><path d="M8 7.3v4M8 4.4v.6"/>') },
  warning: { word: 'Warning', shape: raw('<path d="M8 1.6l7 12.6H1z"/><path d="M8 6.2v3.8M8 11.7v.5"/>') },
};

/** The sentences, each with the numbers behind it. */
export function verdictsSection(verdicts: readonly Verdict[]): Html {
  const body =
    verdicts.length === 0
      ? html`<p class="missing">There are no verdicts.</p>`
      : html`<ul class="verdicts">${verdicts.map(verdictItem)}</ul>`;
  return html`<section aria-labelledby="verdict"><h2 id="verdict">Verdict</h2>${body}</section>`;
}

function verdictItem({ severity, text, evidence }: Verdict): Html {
  const { word, shape } = markers[severity];
  return html`<li class="${severity}">
<svg class="marker" viewBox="0 0 16 16" role="img" aria-label="${word}"><title>${word}</title>${shape}</svg>
<div><p>${text}</p>${evidenceLine(evidence)}</div></li>
`;
}

function evidenceLine(evidence: Verdict['evidence']): Html | string {
  // What is null has no number to show; the sentence says why, and so do the tables.
  const entries = Object.entries(evidence).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  if (entries.length === 0) return '';
  return html`<dl class="evidence">${entries.map(
    ([key, value]) => html`<div><dt>${evidenceLabel(key)}</dt> <dd>${formatEvidence(key, value)}</dd></div> `,
  )}</dl>`;
}
