import type { TopLevelSpec } from 'vega-lite';
import { config } from './theme.ts';

/**
 * The figure as SVG for inlining. Vega is loaded here and only here: it costs a fifth of a second, which no command
 * without a report should pay.
 */
export async function draw(name: string, spec: TopLevelSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  // Identifiers are numbered over the life of the process: from the start again, so that a rerun gives the same bytes.
  vega.resetSVGDefIds();
  const compiled = vegaLite.compile(spec, { config }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return inlined(name, shortened(svg));
}

/** Hundredths of a pixel are enough; the rest is half of the file, and the last digits differ between machines. */
function shortened(svg: string): string {
  return svg.replace(/ (?:d|transform|x|y|x1|x2|y1|y2|width|height)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+(?:\.\d+)?e-?\d+|-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}

/** Scales with the page, and has identifiers that no other figure on the page has; its text is set by the page. */
function inlined(name: string, svg: string): string {
  return svg
    .replace(/^<svg[^>]*?viewBox="([^"]*)"[^>]*>/, '<svg viewBox="$1" aria-hidden="true" focusable="false">')
    .replace(/ (id="|clip-path="url\(#)/g, ` $1${name}-`)
    .replace(/ font-family="[^"]*"/g, '');
}
