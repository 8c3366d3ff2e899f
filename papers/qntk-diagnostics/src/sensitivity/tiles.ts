import { colours, type DrawnPlot, html } from '@qntk/report/plots';
import type { ClaimVerdict } from '../../../figure.ts';

/** How a verdict looks: a colour, and a sign that says the same without it. */
const looks: Readonly<Record<ClaimVerdict, { readonly colour: string; readonly sign: string; readonly ink: string }>> =
  {
    holds: { colour: '#0072b2', sign: '+', ink: '#ffffff' },
    'holds with a condition': { colour: '#a6cfe6', sign: '±', ink: colours.ink },
    'does not hold as stated': { colour: '#d55e00', sign: '−', ink: '#ffffff' },
    'cannot be decided': { colour: '#c9d0d6', sign: '?', ink: colours.ink },
  };

interface Tile {
  readonly column: string;
  readonly row: string;
  readonly verdict: ClaimVerdict;
}

const tile = { width: 34, height: 21 } as const;

/** Verdicts as tiles, a claim a row. */
export function tiles(drawn: {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly tiles: readonly Tile[];
}): DrawnPlot {
  const { name, title, caption, columns, rows } = drawn;
  const values = drawn.tiles.map(({ column, row, verdict }) => ({ column, row, ...looks[verdict] }));
  const shown = (Object.keys(looks) as ClaimVerdict[]).filter((verdict) =>
    drawn.tiles.some((each) => each.verdict === verdict),
  );
  const labels = { grid: false, domain: false, ticks: false, title: null, labelLimit: 0, labelFontSize: 12 };
  return {
    name,
    title,
    caption: html`${caption}`,
    alt: `Verdicts of ${rows.length} claims for ${columns.join('; ')}.`,
    key: shown.map((verdict) => ({
      label: `${looks[verdict].sign} ${verdict}`,
      colour: looks[verdict].colour,
      look: 'box',
    })),
    spec: {
      width: columns.length * tile.width,
      height: rows.length * tile.height,
      data: { values },
      encoding: {
        x: {
          field: 'column',
          type: 'nominal',
          sort: [...columns],
          axis: { ...labels, orient: 'top', labelAngle: -90, labelAlign: 'left' },
        },
        y: { field: 'row', type: 'nominal', sort: [...rows], axis: labels },
      },
      layer: [
        {
          mark: { type: 'rect', stroke: colours.page, strokeWidth: 2 },
          encoding: { color: { field: 'colour', type: 'nominal', scale: null } },
        },
        {
          mark: { type: 'text', fontSize: 13, fontWeight: 'bold' },
          encoding: {
            text: { field: 'sign', type: 'nominal' },
            color: { field: 'ink', type: 'nominal', scale: null },
          },
        },
      ],
    },
  };
}
