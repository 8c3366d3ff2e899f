import type { Severity, Verdict } from '@qntk/core';
import { formatQuantity } from '../format.ts';
import { type Html, html, raw } from '../html.ts';
import { quantityNamed } from '../quantities.ts';
import { severities, verdictText } from '../words/verdicts.ts';

/** Shape and word say what the colour says. */
const shapes: Record<Severity, Html> = {
  good: raw('<circle cx="8" cy="8" r="7"/><path d="M4.8 8.3l2.2 2.2 4.2-4.7"/>'),
  note: raw('<circle cx="8" cy="8" r="7"/><path d="M8 7.3v4M8 4.4v.6"/>'),
  warning: raw('<path d="M8 1.6l7 12.6H1z"/><path d="M8 6.2v3.8M8 11.7v.5"/>'),
};

/** The sentences, each with the numbers behind it. */
export function verdictsSection(verdicts: readonly Verdict[]): Html {
  const body =
    verdicts.length === 0
      ? html`<p class="missing">There are no verdicts.</p>`
      : html`<ul class="verdicts">${verdicts.map(verdictItem)}</ul>`;
  return html`<section aria-labelledby="verdict"><h2 id="verdict">Verdict</h2>${body}</section>`;
}

function verdictItem(verdict: Verdict): Html {
  const { severity, basis } = verdict;
  const { word } = severities[severity];
  return html`<li class="${severity}">
<svg class="marker" viewBox="0 0 16 16" role="img" aria-label="${word}"><title>${word}</title>${shapes[severity]}</svg>
<div><p>${verdictText(verdict)} <a class="basis" href="#note-basis">${basis}</a></p>${evidenceLine(verdict)}</div></li>
`;
}

function evidenceLine({ evidence }: Verdict): Html | string {
  // What is null has no number to show; the sentence says why, and so do the tables.
  const entries = Object.entries(evidence as Record<string, unknown>).flatMap(([name, value]) => {
    const quantity = quantityNamed(name);
    return quantity && typeof value === 'number' ? [{ quantity, value }] : [];
  });
  if (entries.length === 0) return '';
  return html`<dl class="evidence">${entries.map(
    ({ quantity, value }) => html`<div><dt>${quantity.label}</dt> <dd>${formatQuantity(quantity, value)}</dd></div> `,
  )}</dl>`;
}
