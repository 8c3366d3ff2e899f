import { type DrawnPlot, drawFile, html, type KeyEntry, size } from '@qntk/report/plots';

/** Room between the title and the figure, as the vertical axis has its own title there. */
const headOffset = 26;
/** Characters of a caption's line, about as wide as the figure. */
const lineLength = 100;
/** Pixels of the key: of a row, to the left of its sign, of the sign, and about of a character. */
const key = { row: 20, left: 26, sign: 26, character: 7, gap: 22, fontSize: 12.5 } as const;

/** A panel as an SVG file of its own: its title and caption above, the key below. */
export async function pictureOf({ title, caption, key: entries, spec }: DrawnPlot): Promise<string> {
  const head = { text: title, subtitle: inLines(plain(caption.text)), anchor: 'start', offset: headOffset } as const;
  return withKey(await drawFile({ ...spec, title: head }), entries, widthOf(spec));
}

/** Of the plotting area; of a figure that has none, as wide as any. */
const widthOf = (spec: DrawnPlot['spec']): number =>
  'width' in spec && typeof spec.width === 'number' ? spec.width : size.width;

/** The text that markup shows. */
function plain(markup: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return markup
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!)
    .replace(/\s+/g, ' ')
    .trim();
}

function inLines(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length >= lineLength) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

/**
 * The drawing made higher, with what each look stands for in rows below it, and as wide as its plotting area: the renderer guesses how
 * wide a caption is, and by a third too much.
 */
function withKey(svg: string, entries: readonly KeyEntry[], plotted: number): string {
  const opening = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"/.exec(svg);
  const left = /transform="translate\(([\d.]+),[\d.]+\)"/.exec(svg);
  if (!opening || !left) throw new Error('the drawing begins otherwise than expected');
  const [width, height] = [Math.min(Number(opening[1]), Number(left[1]) + plotted + key.left), Number(opening[2])];
  const placed = places(entries, width);
  const rows = 1 + Math.max(-1, ...placed.map(({ row }) => row));
  const total = height + rows * key.row;
  const signs = placed.map(({ entry, x, row }) => signAt(entry, x, height + row * key.row));
  return svg
    .replace(
      opening[0],
      opening[0].replace(
        / width="[^"]*" height="[^"]*" viewBox="[^"]*"/,
        ` width="${width}" height="${total}" viewBox="0 0 ${width} ${total}"`,
      ),
    )
    .replace(/<rect width="[^"]*" height="[^"]*" fill="white"/, `<rect width="${width}" height="${total}" fill="white"`)
    .replace(/<\/svg>\s*$/, `${signs.join('')}</svg>\n`);
}

/** Left to right, in as many rows as it takes. */
function places(entries: readonly KeyEntry[], width: number) {
  let [x, row]: number[] = [key.left, 0];
  return entries.map((entry) => {
    const taken = key.sign + entry.label.length * key.character + key.gap;
    if (x > key.left && x + taken > width) [x, row] = [key.left, row + 1];
    const place = { entry, x, row };
    x += taken;
    return place;
  });
}

function signAt({ label, colour, look, mark, dash }: KeyEntry, x: number, y: number): string {
  const text = html`${label}`.text;
  const words = `<text x="${x + key.sign}" y="${y + 4}" font-family="Helvetica, Arial, sans-serif" font-size="${key.fontSize}" fill="#1d2730">${text}</text>`;
  const signs = [look, ...(mark ? [mark] : [])].map((one) => signOf(one, colour, dash)(x, y));
  return signs.join('') + words;
}

function signOf(look: KeyEntry['look'], colour: string, dash: readonly number[] | undefined) {
  const dashes = dash ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return (x: number, y: number): string => {
    const line = (width: number, opacity: number) =>
      `<path d="M${x} ${y}h20" stroke="${colour}" stroke-width="${width}" opacity="${opacity}"${dashes}/>`;
    if (look === 'line') return line(2, 1);
    if (look === 'faint') return line(1, 0.5);
    if (look === 'band') return line(9, 0.22);
    if (look === 'ring')
      return `<circle cx="${x + 10}" cy="${y}" r="3.8" fill="white" stroke="${colour}" stroke-width="1.3"/>`;
    return `<path transform="translate(${x + 10},${y})" d="${outlines[look]}" fill="${colour}" stroke="white" stroke-width="0.6"/>`;
  };
}

/** Filled signs about their centre. */
const outlines = {
  dot: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  box: 'M-4 -4h8v8h-8z',
  diamond: 'M0 -5l5 5l-5 5l-5 -5z',
  triangle: 'M0 -4.5l4.8 8.5h-9.6z',
  wedge: 'M0 4.5l4.8 -8.5h-9.6z',
  cross: 'M-1.5 -4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z',
} as const;
