import type { CircuitSource } from '../circuit/circuit.ts';
import type { Role } from '../circuit/facts.ts';
import { counted } from '../wording.ts';
import { shortNames, wireNames } from './labels.ts';
import { type Column, isDot, layOut, type Placed, wrap } from './layout.ts';

/** Lengths in pixels. */
const pitch = 44;
const boxHeight = 28;
const gap = 12;
const margin = 16;
const rowGap = 34;

/** Okabe and Ito's blue and vermilion, light enough for black text; words in the legend say the same. */
const colours: Record<Role, { readonly fill: string; readonly line: string; readonly words: string }> = {
  data: { fill: '#d9ebf6', line: '#0072b2', words: 'data' },
  trained: { fill: '#fbe3d3', line: '#d55e00', words: 'trainable' },
  fixed: { fill: '#ffffff', line: '#1d2730', words: 'fixed' },
};
const ink = colours.fixed.line;

/**
 * A circuit as an SVG image: qubit 0 on top, time to the right, wrapped into rows of at most `widest` pixels (one row where
 * that is infinite). Boxes are coloured by what sets their angles. `inputs` are the names of the features, x0, x1, … where left out.
 */
export function drawSvg(source: CircuitSource, inputs?: readonly string[], widest = 1100): string {
  const columns = layOut(source, shortNames(source, inputs));
  const names = wireNames(source);
  const start = margin + names.reduce((most, name) => Math.max(most, textWidth(name)), 0) + gap;
  const rows = wrap(columns, columnWidth, widest - start - gap - margin);
  const rowHeight = source.qubits * pitch + rowGap;
  const width = Math.max(start + Math.max(...rows.map(rowWidth)) + gap + margin, 300);
  const legendTop = margin + rows.length * rowHeight - rowGap + gap;
  const height = legendTop + boxHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13" text-anchor="middle">`,
    `<title>Circuit of ${counted(source.qubits, 'qubit')}, ${counted(source.operations.length, 'gate')}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...rows.map((row, r) => drawRow(row, names, start, margin + r * rowHeight)),
    legend(columns, margin, legendTop),
    '</svg>\n',
  ].join('\n');
}

const columnWidth = (column: Column): number =>
  gap + Math.max(...column.flatMap(({ symbols }) => symbols.map(({ text }) => symbolWidth(text))));

const symbolWidth = (text: string): number => (isDot(text) ? 12 : Math.max(boxHeight, textWidth(text) + 12));

const rowWidth = (row: readonly Column[]): number => row.reduce((sum, column) => sum + columnWidth(column), 0);

/** No font is at hand: about as wide as the common ones are at 13 pixels, rather too wide than too narrow. */
function textWidth(text: string): number {
  const widths = [...text].map((letter) => (/[().,·|⟩:†']/.test(letter) ? 5 : /[A-Zπθω+−…√]/.test(letter) ? 9.5 : 8));
  return Math.ceil(widths.reduce((sum, width) => sum + width, 0));
}

function drawRow(row: readonly Column[], names: readonly string[], start: number, top: number): string {
  const y = (wire: number) => top + wire * pitch + pitch / 2;
  const end = start + rowWidth(row) + gap;
  const wires = names.flatMap((name, wire) => [
    `<text x="${margin}" y="${y(wire) + 4.5}" text-anchor="start" fill="#5f6b76">${escaped(name)}</text>`,
    `<path d="M${start} ${y(wire)}H${end}" stroke="#8a949d"/>`,
  ]);
  let left = start;
  const gates = row.flatMap((column) => {
    const x = left + (gap + columnWidth(column)) / 2;
    left += columnWidth(column);
    return column.map((placed) => drawGate(placed, x, y));
  });
  return [...wires, ...gates].join('\n');
}

function drawGate({ symbols, role }: Placed, x: number, y: (wire: number) => number): string {
  const { line } = colours[role];
  const controlled = symbols.some(({ text }) => text === '●');
  const [first, last] = [y(symbols[0].wire), y(symbols[symbols.length - 1].wire)];
  const joint = first === last ? '' : `<path d="M${x} ${first}V${last}" stroke="${line}" stroke-width="1.4"/>`;
  return joint + symbols.map(({ wire, text }) => drawSymbol(text, x, y(wire), role, controlled)).join('');
}

function drawSymbol(text: string, x: number, y: number, role: Role, controlled: boolean): string {
  const { fill, line } = colours[role];
  if (text === '●') return `<circle cx="${x}" cy="${y}" r="4.5" fill="${line}"/>`;
  if (text === '×') return `<path d="${cross(x, y, 5.5)}" stroke="${line}" stroke-width="1.6"/>`;
  // The usual sign of a controlled X.
  if (text === 'X' && controlled)
    return `<circle cx="${x}" cy="${y}" r="10" fill="${fill}" stroke="${line}" stroke-width="1.4"/><path d="M${x - 10} ${y}h20M${x} ${y - 10}v20" stroke="${line}" stroke-width="1.4"/>`;
  return box(text, x, y, symbolWidth(text), role);
}

const cross = (x: number, y: number, r: number): string =>
  `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x - r} ${y + r}l${2 * r} ${-2 * r}`;

function box(text: string, x: number, y: number, width: number, role: Role): string {
  const { fill, line } = colours[role];
  return `<rect x="${x - width / 2}" y="${y - boxHeight / 2}" width="${width}" height="${boxHeight}" rx="3" fill="${fill}" stroke="${line}"/><text x="${x}" y="${y + 4.5}" fill="${ink}">${escaped(text)}</text>`;
}

function legend(columns: readonly Column[], left: number, top: number): string {
  const roles = new Set(columns.flat().map(({ role }) => role));
  let x = left;
  return (Object.keys(colours) as Role[])
    .filter((role) => roles.has(role))
    .map((role) => {
      const { fill, line, words } = colours[role];
      const text = `<rect x="${x}" y="${top}" width="13" height="13" rx="2" fill="${fill}" stroke="${line}"/><text x="${x + 19}" y="${top + 11}" text-anchor="start" fill="#5f6b76">${words}</text>`;
      x += 19 + textWidth(words) + 20;
      return text;
    })
    .join('');
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
