import type { Diagnosis, SeedDiagnosis } from '@qntk/core';
import { counted, formatNumber } from '../format.ts';
import { type Html, html, nothing } from '../html.ts';
import { figureOf, formatFigure, type Group, groups, type Named, optimizerName, reasonOf } from '../names.ts';

/** More initialisations than this make tables that nobody reads; report.json has all. */
const shownRows = 30;
/** Relative spread below which figures are equal but for rounding. */
const rounding = 1e-9;

/** Every figure of every initialisation, and what is missing with its reason. */
export function tablesSection(diagnosis: Diagnosis): Html {
  const { seeds } = diagnosis;
  const cut =
    seeds.length > shownRows
      ? html`<p class="missing">The first ${String(shownRows)} of ${String(seeds.length)} initialisations; report.json has all. Means are over all.</p>`
      : nothing;
  return html`<section aria-labelledby="initialisations"><h2 id="initialisations">${seeds.length === 1 ? 'The initialisation' : 'Every initialisation'}</h2>
${cut}${groups.map((group) => groupTable(diagnosis, group))}${missingList(seeds)}</section>`;
}

function groupTable({ seeds, summary }: Diagnosis, group: Group): Html {
  // A figure that no initialisation has would be a column of dashes: it stands in the list of what is missing.
  const columns = group.figures.filter(({ name }) => seeds.some((seed) => typeof figureOf(seed, name) === 'number'));
  if (columns.length === 0) return nothing;
  const rows = seeds.slice(0, shownRows).map(
    (seed) =>
      html`<tr><th scope="row">${String(seed.seed)}</th>${columns.map((figure) => html`<td>${formatFigure(figure, figureOf(seed, figure.name) ?? null, figure.atLeast?.(seed))}</td>`)}</tr>
`,
  );
  const means =
    seeds.length > 1
      ? html`<tfoot>${['mean' as const, 'std' as const].map((row) => meanRow(row, columns, summary))}</tfoot>`
      : nothing;
  return html`<div class="scroll"><table><caption>${group.title}</caption>
<thead><tr><th scope="col">seed</th>${columns.map(heading)}</tr></thead>
<tbody>${rows}</tbody>${means}</table></div>
`;
}

function heading({ label, note }: Named): Html {
  return html`<th scope="col">${note ? html`<a href="#note-${note}">${label}</a>` : label}</th>`;
}

function meanRow(row: 'mean' | 'std', columns: readonly Named[], summary: Diagnosis['summary']): Html {
  return html`<tr><th scope="row">${row}</th>${columns.map((figure) => html`<td>${meanCell(row, figure, summary)}</td>`)}</tr>`;
}

/** Empty where the diagnosis has no mean of the figure. */
function meanCell(row: 'mean' | 'std', figure: Named, summary: Diagnosis['summary']): string {
  if (!Object.hasOwn(summary, figure.name)) return '';
  const { mean, std, atLeast } = summary[figure.name];
  if (row === 'mean' || mean === null || std === null) return formatFigure(figure, mean, atLeast);
  // What only rounding tells apart is equal; of a spread two digits are enough.
  return formatFigure(figure, std > rounding * Math.abs(mean) ? Number(std.toPrecision(2)) : 0);
}

/** What has no value, grouped by the reason. */
function missingList(seeds: readonly SeedDiagnosis[]): Html {
  const reasons = new Map<string, Map<string, number[]>>();
  for (const seed of seeds) {
    for (const { title, figures } of groups) {
      for (const { name, label } of figures) {
        if (figureOf(seed, name) !== null) continue;
        const byFigure = reasons.get(reasonOf(seed, name)) ?? new Map<string, number[]>();
        const full = `${title.toLowerCase()}: ${label}`;
        byFigure.set(full, [...(byFigure.get(full) ?? []), seed.seed]);
        reasons.set(reasonOf(seed, name), byFigure);
      }
    }
  }
  if (reasons.size === 0) return nothing;
  return html`<h3>Without a value</h3><dl class="reasons">${[...reasons].map(
    ([reason, byFigure]) =>
      html`<div><dt>${[...byFigure].map(([label, own]) => label + whichSeeds(own, seeds.length)).join('; ')}</dt><dd>${reason}.</dd></div>
`,
  )}</dl>`;
}

function whichSeeds(own: readonly number[], all: number): string {
  if (own.length === all) return '';
  return own.length > 6 ? ` (${own.length} of ${all} initialisations)` : ` (seed ${own.join(', ')})`;
}

/** What was diagnosed: model, data, training. */
export function settingSection({ model, data, training, seeds }: Diagnosis): Html {
  const reach = model.ranges.map(
    ({ low, high, exact }) => `${formatNumber(low)} to ${formatNumber(high)}${exact ? '' : ' (a bound)'}`,
  );
  const lists: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      'Model',
      [
        ['circuit', model.description],
        ['qubits', formatNumber(model.qubits)],
        ['trainable parameters', formatNumber(model.parameters)],
        ['inputs', formatNumber(model.inputs)],
        [model.outputs === 1 ? 'readout' : 'readouts', model.observables.join(', ')],
        ['scale γ', formatNumber(model.scale)],
        [model.outputs === 1 ? 'reach of the output' : 'reach of the outputs', [...new Set(reach)].join('; ')],
      ],
    ],
    [
      'Data',
      [
        ['source', data.source],
        [data.features.length === 1 ? 'feature' : 'features', data.features.join(', ')],
        ['classes', data.classes ? data.classes.join(', ') : 'none, labels are numbers'],
        ['training points', formatNumber(data.train)],
        ['unseen points', formatNumber(data.test)],
      ],
    ],
    [
      'Training',
      [
        ['loss', training.loss === 'mean' ? 'mean, L = 1/(2m) Σ r²' : 'sum, L = ½ Σ r²'],
        ['optimiser', optimizerName(training.optimizer)],
        ['step budget', formatNumber(training.steps)],
        ['learning rate η', `${formatNumber(training.rate)} (${training.rateSource})`],
        ['time at the budget', `t = ${formatNumber(training.rate * training.steps)}`],
        ['initialisations', `${counted(seeds.length, 'seed')}, θ uniform in [0, 2π)`],
      ],
    ],
  ];
  return html`<section aria-labelledby="setting"><h2 id="setting">What was diagnosed</h2><div class="setting">${lists.map(
    ([title, entries]) =>
      html`<div><h3>${title}</h3><dl>${entries.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></div>
`,
  )}</div></section>`;
}
