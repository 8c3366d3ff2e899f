import type { Diagnosis } from '@qntk/core';
import type { TopLevelSpec } from 'vega-lite';
import { draw } from '../draw.ts';
import { errorsPlot } from '../figures/errors.ts';
import { lossPlot } from '../figures/loss.ts';
import { modesPlot } from '../figures/modes.ts';
import { planePlots } from '../figures/plane.ts';
import type { DrawnPlot, KeyEntry, Plot } from '../figures/plot.ts';
import { spectrumPlot } from '../figures/spectrum.ts';
import { testPointsPlot } from '../figures/test-points.ts';
import { unparted } from '../format.ts';
import { type Html, html, raw } from '../html.ts';
import { narrowSize, themed } from '../theme.ts';

/** The figures in their order: what is to come first, then why. */
export function plotsOf(diagnosis: Diagnosis): Plot[] {
  const [first, then] = [
    [lossPlot, testPointsPlot],
    [errorsPlot, spectrumPlot, modesPlot],
  ].map((plots) => plots.map((plot) => plot(diagnosis)));
  return [...first, ...planePlots(diagnosis), ...then];
}

export async function figuresSection(diagnosis: Diagnosis): Promise<Html> {
  const drawn = await Promise.all(plotsOf(diagnosis).map((plot, i) => figure(plot, i + 1)));
  return html`<section aria-labelledby="figures"><h2 id="figures">Figures</h2>${drawn}</section>`;
}

/** A figure with its caption, or why there is none. */
export async function figure(plot: Plot, number: number): Promise<Html> {
  if ('missing' in plot)
    return html`<p class="missing"><b>Figure ${String(number)}. ${plot.title}.</b> Left out. ${plot.missing}</p>`;
  const sizes = [
    ['wide', plot.spec],
    ['narrow', narrowed(plot.spec)],
  ] as const;
  const drawn = await Promise.all(
    sizes.map(
      async ([name, spec]) => html`<div class="${name}">${raw(await draw(`${plot.name}-${name}`, spec))}</div>`,
    ),
  );
  return html`<figure>
<div class="plot" data-figure="${plot.name}"><div role="img" aria-label="${plot.alt}">${drawn}</div></div>
<figcaption><h3><span>Figure ${String(number)}</span> ${plot.title}</h3><p>${raw(unparted(plot.caption.text))}</p>${keyList(plot)}</figcaption>
</figure>
`;
}

/** For a phone: the same letters on a smaller plane, panels below each other. */
function narrowed(spec: TopLevelSpec): TopLevelSpec {
  if ('layer' in spec) return { ...spec, ...narrowSize };
  if (!('facet' in spec && 'spec' in spec && ('column' in spec.facet || 'row' in spec.facet))) return spec;
  const { column, row = column } = spec.facet;
  return { ...spec, facet: { row }, spec: { ...spec.spec, width: narrowSize.width * 0.8 } } as TopLevelSpec;
}

function keyList({ key }: DrawnPlot): Html | string {
  if (key.length === 0) return '';
  return html`<ul class="key">${key.map((entry) => html`<li>${swatch(entry)}<span>${entry.label}</span></li>`)}</ul>`;
}

function swatch({ colour, look, mark, dash, opacity = 1 }: KeyEntry): Html {
  const dashes = html`stroke-dasharray="${(dash ?? []).join(' ') || 'none'}"`;
  const shapes: Record<KeyEntry['look'], Html> = {
    line: html`<path d="M1 7h26" stroke="${colour}" stroke-width="2.4" ${dashes}/>`,
    faint: html`<path d="M1 4h26" stroke="${colour}" stroke-width="2.4" ${dashes}/><path d="M1 11h26" stroke="${colour}" stroke-width="1" opacity=".45"/>`,
    band: html`<rect x="1" y="1" width="26" height="12" fill="${colour}" opacity=".18"/>`,
    box: html`<rect x="1" y="1" width="26" height="12" fill="${colour}" opacity="${String(opacity)}"/>`,
    dot: html`<circle cx="14" cy="7" r="3.6" fill="${colour}"/>`,
    ring: html`<circle cx="14" cy="7" r="3.4" fill="none" stroke="${colour}" stroke-width="1.3"/>`,
    diamond: html`<path d="M14 2l5 5-5 5-5-5z" fill="none" stroke="${colour}" stroke-width="1.3"/>`,
    triangle: html`<path d="M14 2.5l4.8 8.5h-9.6z" fill="${colour}"/>`,
    wedge: html`<path d="M14 11.5l4.8-8.5h-9.6z" fill="${colour}"/>`,
    cross: html`<path d="M9.5 7h9M14 2.5v9" stroke="${colour}" stroke-width="3"/>`,
  };
  const signs = [shapes[look], ...(mark ? [shapes[mark]] : [])].map(({ text }) => raw(themed(text)));
  return html`<svg viewBox="0 0 28 14" aria-hidden="true" focusable="false">${signs}</svg>`;
}
