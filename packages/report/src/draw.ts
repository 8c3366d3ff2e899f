import type { Config, TopLevelSpec } from 'vega-lite';
import { visible } from './html.ts';
import { colours, config, themed } from './theme.ts';

/** The figure as SVG for inlining. */
export async function draw(name: string, spec: TopLevelSpec): Promise<string> {
  return inlined(name, await rendered(spec, config));
}

/** The figure as an SVG file of its own, on white, with a font that every viewer has. */
export async function drawFile(spec: TopLevelSpec): Promise<string> {
  const own: Config = {
    ...config,
    font: 'Helvetica, Arial, sans-serif',
    background: 'white',
    padding: { left: 14, right: 18, top: 12, bottom: 12 },
    title: {
      fontSize: 15,
      subtitleFontSize: 12.5,
      color: colours.ink,
      subtitleColor: colours.soft,
      subtitlePadding: 5,
    },
  };
  return `${renumbered('figure', await rendered(spec, own))}\n`;
}

/** Vega is loaded here and only here: it costs a fifth of a second, which no command without figures should pay. */
async function rendered(spec: TopLevelSpec, look: Config): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const compiled = vegaLite.compile(spec, { config: look }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return shortened(visible(svg));
}

/** Hundredths of a pixel are enough; the rest is half of the file, and the last digits differ between machines. */
function shortened(svg: string): string {
  return svg.replace(/ (?:d|transform|x|y|x1|x2|y1|y2|width|height)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+(?:\.\d+)?e-?\d+|-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}

/** Scales with the page and takes its font. */
function inlined(name: string, svg: string): string {
  return themed(renumbered(name, svg))
    .replace(/^<svg[^>]*?viewBox="([^"]*)"[^>]*>/, '<svg viewBox="$1" aria-hidden="true" focusable="false">')
    .replace(/ font-family="[^"]*"/g, '');
}

/**
 * Identifiers that no other figure on the page has, and that are the same in every run: the renderer numbers its own
 * over the life of the process.
 */
function renumbered(name: string, svg: string): string {
  const found = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))];
  const numbered = new Map(found.map((id, i) => [id, `${name}-${i + 1}`]));
  return svg.replace(/( id="|url\(#)([^")]+)/g, (whole, start, id) => {
    const own = numbered.get(id);
    return own === undefined ? whole : start + own;
  });
}
