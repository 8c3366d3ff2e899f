import { type Html, html, raw } from './html.ts';
import { style } from './style.ts';

/** What a page of text and drawings shows. */
export interface TextPage {
  readonly title: string;
  /** As a terminal shows it, tables included. */
  readonly text: string;
  /** SVG by the name of its file. */
  readonly figures: Readonly<Record<string, string>>;
  readonly version: string;
}

/** Text and drawings as one HTML file that stands alone: no network, no script. The same page gives the same bytes. */
export function renderText({ title, text, figures, version }: TextPage): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<header><h1>${title}</h1></header>
<section class="text">${text.split('\n\n').map(block)}</section>
${Object.entries(figures).map(figureSection)}
</main>
<footer>Made by qntk, version ${version}.</footer>
</body>
</html>
`;
  return page.text;
}

/** Tables keep their columns; sentences are set as such, so that they fit narrow screens. */
function block(text: string): Html {
  // Lines stay lines where other control characters become codes.
  const lines = text.split('\n').map((line) => html`${line}${raw('\n')}`);
  return /\S {2,}\S/.test(text) ? html`<pre class="whole">${lines}</pre>` : html`<p>${lines}</p>`;
}

/** As an image, so that names inside of one drawing are not those of another. */
function figureSection([name, svg]: readonly [string, string]): Html {
  return html`<section><img alt="${name}" src="data:image/svg+xml,${encodeURIComponent(svg)}"></section>`;
}
