import { type CircuitSource, type Diagnosis, drawSvg } from '@qntk/core';
import { counted, formatNumber } from '../format.ts';
import { type Html, html, type Insert, nothing, raw, visible } from '../html.ts';
import { themed } from '../theme.ts';

/** How a page was made; whatever is not given is left out. */
export interface Made {
  /** The command line. */
  readonly command?: string;
  /** Of the program. */
  readonly version?: string | undefined;
  /** When, in words. */
  readonly date?: string;
  /** Names of the files that lie beside the page. */
  readonly files?: readonly string[];
}

/** What a report can say of how it was made, beside the version, which the diagnosis has. */
export interface Origin extends Omit<Made, 'version'> {
  /** The circuit, to be drawn. */
  readonly circuit?: CircuitSource;
  /** The SPEC as its author wrote it, with the name of its file. */
  readonly spec?: { readonly name: string; readonly text: string };
}

/** Gates that are drawn; more of them nobody looks at on a page. */
const mostGates = 400;

export function circuitSection({ data }: Diagnosis, { circuit }: Origin): Html {
  if (!circuit) return nothing;
  const gates = circuit.operations.length;
  const drawing =
    gates > mostGates
      ? html`<p class="missing">${counted(gates, 'gate')} are too many for a page. <code>qntk circuit SPEC --svg FILE</code> draws them.</p>`
      : drawnCircuit(circuit, inputNames(circuit, data.features));
  return html`<section aria-labelledby="circuit"><h2 id="circuit">The circuit</h2>${drawing}</section>`;
}

/** In rows as wide as the page, and for a phone, where letters would be too small so, in one row that is scrolled. */
function drawnCircuit(circuit: CircuitSource, inputs: readonly string[] | undefined): Html {
  const drawn = (widest?: number) => raw(themed(visible(drawSvg(circuit, inputs, widest))));
  return html`<div class="plot circuit" data-figure="circuit"><div class="wide">${drawn()}</div><div class="narrow scroll" role="group" aria-label="The circuit, to be scrolled" tabindex="0">${drawn(Infinity)}</div></div>`;
}

/** States have no feature a gate: the names of the features would be those of amplitudes. */
function inputNames(circuit: CircuitSource, features: readonly string[]): readonly string[] | undefined {
  return circuit.start !== 'states' && circuit.inputs === features.length ? features : undefined;
}

/** How to make it again: the SPEC, the command, the version, the day. */
export function originSection({ seeds, version }: Diagnosis, { spec, ...made }: Origin): Html {
  const text =
    spec === undefined
      ? nothing
      : html`<details open><summary>The SPEC, ${spec.name}</summary><pre>${linesOf(spec.text)}</pre><p class="downloads"><a download="${spec.name}" href="data:text/plain;charset=utf-8,${encodeURIComponent(spec.text)}">Save ${spec.name}</a></p></details>`;
  const range = `${formatNumber(seeds[0]?.seed ?? 0)} to ${formatNumber(seeds.at(-1)?.seed ?? 0)}`;
  return madeSection({ ...made, version: version ?? undefined }, [['initialisations', range]], text);
}

/** The same without a SPEC; `more` is what else is to be said, `beside` what stands at its side. */
export function madeSection(
  { command, version, date, files }: Made,
  more: readonly (readonly [string, string])[] = [],
  beside: Html = nothing,
): Html {
  const entries: readonly (readonly [string, Insert])[] = [
    ...(command === undefined ? [] : [['command', html`<code>${command}</code>`] as const]),
    ...(version === undefined ? [] : [['version', `qntk ${version}`] as const]),
    ...(date === undefined ? [] : [['date', date] as const]),
    ...more,
    ...(files === undefined ? [] : [['beside this file', files.map(fileLink)] as const]),
  ];
  return html`<section aria-labelledby="origin"><h2 id="origin">To make it again</h2><div class="setting"><div><dl>${entries.map(
    ([term, content]) => html`<div><dt>${term}</dt><dd>${content}</dd></div>`,
  )}</dl></div><div>${beside}</div></div></section>`;
}

const fileLink = (name: string, i: number): Html => html`${i === 0 ? '' : ', '}<a href="${name}">${name}</a>`;

/** Lines stay lines where other control characters become codes. */
const linesOf = (text: string): Html[] => text.split(/\r?\n/).map((line) => html`${line}${raw('\n')}`);
