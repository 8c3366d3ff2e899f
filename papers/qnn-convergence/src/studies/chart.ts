/** A median with a range about it. */
export interface MedianPoint {
  readonly x: number;
  readonly low: number;
  readonly y: number;
  readonly high: number;
}

interface Curve {
  readonly name: string;
  readonly line: readonly { readonly x: number; readonly y: number }[];
  readonly points: readonly MedianPoint[];
}

const colours = ['#0072b2', '#d55e00', '#00795c', '#b05590', '#6b5b00'];
const shapes: readonly ((x: number, y: number) => string)[] = [
  (x, y) => `<circle cx="${x}" cy="${y}" r="4"/>`,
  (x, y) => `<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"/>`,
  (x, y) => `<path d="M${x} ${y - 5}l4.6 8h-9.2z"/>`,
  (x, y) => `<path d="M${x} ${y - 5}l5 5-5 5-5-5z"/>`,
  (x, y) => `<path d="M${x} ${y + 5}l4.6-8h-9.2z"/>`,
];
const area = { left: 52, top: 44, width: 600, height: 320 };

/** An SVG of lines with points and bars on linear axes that begin at 0, x from 0 to 1. */
export function chart(curves: readonly Curve[], titles: { readonly x: string; readonly y: string }): string {
  const top = Math.ceil(Math.max(...curves.flatMap(({ line }) => line.map(({ y }) => y))));
  const px = (x: number) => round(area.left + x * area.width);
  const py = (y: number) => round(area.top + (1 - y / top) * area.height);
  const ticks = (count: number, of: (share: number) => string) =>
    Array.from({ length: count + 1 }, (_, k) => of(k / count)).join('');
  const grid =
    ticks(5, (s) => tick(px(s), py(0), digit(s), `M${px(s)} ${py(0)}V${py(top)}`, 'middle')) +
    ticks(4, (s) => tick(px(0) - 8, py(s * top) - 14, digit(s * top), `M${px(0)} ${py(s * top)}H${px(1)}`, 'end'));
  const drawn = curves.map(({ line, points }, k) => {
    const path = line.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${py(y)}`).join('');
    const marks = points.map(
      ({ x, low, y, high }) => `<path d="M${px(x)} ${py(low)}V${py(high)}"/>${shapes[k](px(x), py(y))}`,
    );
    return `<g stroke="${colours[k]}" fill="none" stroke-width="2"><path d="${path}"/><g fill="${colours[k]}" stroke-width="1.2">${marks.join('')}</g></g>`;
  });
  const key = curves.map(({ name }, k) => {
    const y = area.top + 16 + 21 * k;
    const x = area.left + area.width + 18;
    return `<g stroke="${colours[k]}" fill="${colours[k]}"><path d="M${x} ${y}h26" stroke-width="2"/>${shapes[k](x + 13, y)}</g><text x="${x + 34}" y="${y + 4.5}">${name}</text>`;
  });
  const [width, height] = [area.left + area.width + 200, area.top + area.height + 56];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#1d2730">
<title>${titles.y} against ${titles.x}</title>
<rect width="100%" height="100%" fill="white"/>
${grid}
<text x="${area.left}" y="24">${titles.y}</text>
<text x="${px(0.5)}" y="${py(0) + 44}" text-anchor="middle">${titles.x}</text>
${drawn.join('\n')}
${key.join('\n')}
</svg>
`;
}

const round = (value: number) => Number(value.toFixed(2));
const digit = (value: number) => String(round(value));

function tick(x: number, y: number, label: string, line: string, anchor: 'middle' | 'end'): string {
  return `<path d="${line}" stroke="#e3e7ea" fill="none"/><text x="${x}" y="${y + 18.5}" text-anchor="${anchor}" fill="#5f6b76">${label}</text>`;
}
