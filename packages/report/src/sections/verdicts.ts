import type { Diagnosis, Severity, Verdict } from '@qntk/core';
import { formatNumber, formatQuantity, unparted } from '../format.ts';
import { type Html, html, nothing, raw } from '../html.ts';
import { type Quantity, quantityNamed } from '../quantities.ts';
import { judgementWords } from '../words/judgements.ts';
import { severities, verdictText } from '../words/verdicts.ts';

/** Shape and word say what the colour says. */
const shapes: Record<Severity, Html> = {
  good: raw('<circle cx="8" cy="8" r="7"/><path d="M4.8 8.3l2.2 2.2 4.2-4.7"/>'),
  note: raw('<circle cx="8" cy="8" r="7"/><path d="M8 7.3v4M8 4.4v.6"/>'),
  warning: raw('<path d="M8 1.6l7 12.6H1z"/><path d="M8 6.2v3.8M8 11.7v.5"/>'),
};

/** The sentences, each with the numbers behind it. */
export function verdictsSection(diagnosis: Diagnosis): Html {
  const { verdicts } = diagnosis;
  const body =
    verdicts.length === 0
      ? html`<p class="missing">There are no verdicts.</p>`
      : html`<ul class="verdicts">${verdicts.map(verdictItem)}</ul>`;
  return html`<section aria-labelledby="verdict"><h2 id="verdict">Verdict</h2>${body}${judged(diagnosis)}</section>`;
}

/** Which sentences training bore out, where it was asked. */
function judged(diagnosis: Diagnosis): Html {
  const words = judgementWords(diagnosis);
  if (!words) return nothing;
  const { summary, contradicted } = words;
  if (contradicted.length === 0) return html`<p class="judged">${summary}</p>`;
  return html`<p class="judged">${summary}</p><ul class="verdicts">${contradicted.map(
    (text) => html`<li class="warning">${marker('warning')}<div><p>${text}</p></div></li>`,
  )}</ul>`;
}

function marker(severity: Severity): Html {
  const { word } = severities[severity];
  return html`<svg class="marker" viewBox="0 0 16 16" role="img" aria-label="${word}"><title>${word}</title>${shapes[severity]}</svg>`;
}

function verdictItem(verdict: Verdict): Html {
  const { severity, basis } = verdict;
  return html`<li class="${severity}">
${marker(severity)}
<div><p>${unparted(verdictText(verdict))} <a class="basis" href="#note-basis">${basis}</a></p>${evidenceLine(verdict)}</div></li>
`;
}

/** Names of what had been forecast, beside what was measured. */
const foretold = /^forecast\.|^(train|test)\w*(Low|High)$/;

/** The numbers behind a sentence that it does not say itself; beside a training those of its forecast are called so. */
function evidenceLine(verdict: Verdict): Html | string {
  const sentence = verdictText(verdict);
  const isBeside = Object.entries(verdict.evidence).some(
    ([name, value]) => name.startsWith('verified.') && value !== null,
  );
  // What is null has no number to show; the sentence says why, and so do the tables.
  const entries = Object.entries(verdict.evidence as Record<string, unknown>).flatMap(([name, value]) => {
    const quantity = quantityNamed(name);
    if (!quantity || typeof value !== 'number' || isSaid(sentence, quantity, value)) return [];
    return [
      { quantity, value, label: isBeside && foretold.test(name) ? `forecast ${quantity.label}` : quantity.label },
    ];
  });
  if (entries.length === 0) return '';
  return html`<dl class="evidence">${entries.map(
    ({ quantity, value, label }) => html`<div><dt>${label}</dt> <dd>${formatQuantity(quantity, value)}</dd></div> `,
  )}</dl>`;
}

/** Whether a number stands in a sentence: a deviation with two digits, all else as its format has it. */
function isSaid(sentence: string, quantity: Quantity, value: number): boolean {
  const spellings = [formatQuantity(quantity, value), formatNumber(Number(value.toPrecision(2)))];
  return spellings.some((spelling) => numbersOf(sentence).includes(spelling));
}

/** Every number of a sentence as it is spelled, with its power of ten or its %. */
const numbersOf = (sentence: string): string[] =>
  sentence.match(/(?<!\p{L})(?:−?(?:\d[\d\u202f]*(?:\.\d+)?·)?10[⁻⁰¹²³⁴-⁹]+|−?\d[\d\u202f]*(?:\.\d+)?(?: %)?)/gu) ?? [];
