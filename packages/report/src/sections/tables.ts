import type { Diagnosis, SeedDiagnosis } from '@qntk/core';
import { counted, formatDeviation, formatNumber, formatQuantity } from '../format.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Group, groupsOf, type Quantity, readQuantity, reasonOf } from '../quantities.ts';
import { labelUnitsText } from '../words/labels.ts';
import { optimizerLabel, rateSources } from '../words/verdicts.ts';

/** More initialisations than this make tables that nobody reads; report.json has all. */
const shownRows = 30;
/** Every number of every initialisation, and what is missing with its reason. */
export function tablesSection(diagnosis: Diagnosis): Html {
  const { seeds } = diagnosis;
  const cut =
    seeds.length > shownRows
      ? html`<p class="missing">The first ${String(shownRows)} of ${counted(seeds.length, 'initialisation')}; report.json has all. Means are over all.</p>`
      : nothing;
  return html`<section aria-labelledby="initialisations"><h2 id="initialisations">${seeds.length === 1 ? 'The initialisation' : 'Every initialisation'}</h2>
${cut}${groupsOf(diagnosis).map((group) => groupTable(diagnosis, group))}${missingList(diagnosis)}</section>`;
}

function groupTable({ seeds, summary }: Diagnosis, group: Group): Html {
  // A quantity that no initialisation has would be a column of dashes: it stands in the list of what is missing.
  const columns = group.quantities.filter(({ name }) =>
    seeds.some((seed) => typeof readQuantity(seed, name) === 'number'),
  );
  if (columns.length === 0) return nothing;
  const rows = seeds.slice(0, shownRows).map(
    (seed) => html`<tr><th scope="row">${String(seed.seed)}</th>${columns.map((quantity) => cell(seed, quantity))}</tr>
`,
  );
  const means =
    seeds.length > 1
      ? html`<tfoot>${['mean' as const, 'std' as const].map((row) => meanRow(row, columns, summary))}</tfoot>`
      : nothing;
  return html`<h3>${group.title}</h3><div class="scroll" role="group" aria-label="${group.title}" tabindex="0"><table>
<thead><tr><th scope="col">seed</th>${columns.map(heading)}</tr></thead>
<tbody>${rows}</tbody>${means}</table></div>
`;
}

function cell(seed: SeedDiagnosis, quantity: Quantity): Html {
  const value = readQuantity(seed, quantity.name) ?? null;
  return html`<td>${formatQuantity(quantity, value)}</td>`;
}

const arrows = { higher: '\u00a0↑', lower: '\u00a0↓' } as const;

/** Label, unit and which way is better. */
function heading({ label, note, unit, better }: Quantity): Html {
  const name = note ? html`<a href="#note-${note}">${label}</a>` : html`${label}`;
  return html`<th scope="col">${name}${unit === 'y²' ? ' (y²)' : ''}${better === null ? '' : arrows[better]}</th>`;
}

function meanRow(row: 'mean' | 'std', columns: readonly Quantity[], summary: Diagnosis['summary']): Html {
  return html`<tr><th scope="row">${row}</th>${columns.map((quantity) => html`<td>${meanCell(row, quantity, summary)}</td>`)}</tr>`;
}

/** Empty where the diagnosis has no mean of the quantity. */
function meanCell(row: 'mean' | 'std', quantity: Quantity, summary: Diagnosis['summary']): string {
  if (!Object.hasOwn(summary, quantity.name)) return '';
  const { mean, std } = summary[quantity.name];
  if (row === 'mean' || mean === null || std === null) return formatQuantity(quantity, mean);
  return formatDeviation(quantity, mean, std);
}

/** What has no value, grouped by the reason. */
function missingList({ seeds, ...rest }: Diagnosis): Html {
  const reasons = new Map<string, Map<string, number[]>>();
  for (const seed of seeds) {
    for (const { title, quantities } of groupsOf({ seeds, ...rest })) {
      for (const { name, label } of quantities) {
        if (readQuantity(seed, name) !== null) continue;
        const reason = reasonOf(seed, name);
        const byLabel = reasons.get(reason) ?? new Map<string, number[]>();
        const full = `${title.toLowerCase()}: ${label}`;
        byLabel.set(full, [...(byLabel.get(full) ?? []), seed.seed]);
        reasons.set(reason, byLabel);
      }
    }
  }
  if (reasons.size === 0) return nothing;
  return html`<h3>Without a value</h3><dl class="reasons">${[...reasons].map(
    ([reason, byLabel]) =>
      html`<div><dt>${[...byLabel].map(([label, which]) => label + whichSeeds(which, seeds.length)).join('; ')}</dt><dd>${reason}.</dd></div>
`,
  )}</dl>`;
}

function whichSeeds(which: readonly number[], all: number): string {
  if (which.length === all) return '';
  return which.length > 6 ? ` (${which.length} of ${all} initialisations)` : ` (seed ${which.join(', ')})`;
}

const distributions: Record<Diagnosis['initial']['distribution'], (deviation: number) => string> = {
  uniform: () => 'angles uniform in [0, 2π)',
  normal: (deviation) => `angles normal around 0 with deviation ${formatNumber(deviation)}`,
  zeros: () => 'all angles 0',
  'block-identity': () => 'pairs of layers that cancel',
};

const anglesOf = ({ distribution, deviation = 0.1 }: Diagnosis['initial']) => distributions[distribution](deviation);

/** Columns that a SPEC leaves out: nobody should take them for learned from. */
function leftOut(spec: unknown): readonly string[] {
  const { drop = [] } = (spec as { data?: { drop?: readonly string[] } } | null)?.data ?? {};
  return drop;
}

/** What was diagnosed: model, data, training. */
export function settingSection({ model, data, training, seeds, initial, spec }: Diagnosis): Html {
  const ranges = model.ranges?.map(
    ({ low, high, exact }) => `${formatNumber(low)} to ${formatNumber(high)}${exact ? '' : ' (a bound)'}`,
  ) ?? ['any, as the weights of the readout are trained'];
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
        [model.outputs === 1 ? 'range of the output' : 'range of the outputs', [...new Set(ranges)].join('; ')],
      ],
    ],
    [
      'Data',
      [
        ['source', data.source],
        [data.features.length === 1 ? 'feature' : 'features', data.features.join(', ')],
        ...(leftOut(spec).length > 0 ? [['left out by the SPEC', leftOut(spec).join(', ')] as const] : []),
        ['classes', data.classes ? data.classes.join(', ') : 'none, labels are numbers'],
        ...(data.preparation?.labels ? [['labels', labelUnitsText(data.preparation.labels)] as const] : []),
        ['training points', formatNumber(data.train)],
        ['test points', formatNumber(data.test)],
      ],
    ],
    [
      'Training',
      [
        ['loss', training.loss === 'mean' ? 'mean, L = 1/(2m) Σ r²' : 'sum, L = ½ Σ r²'],
        ['optimiser', optimizerLabel(training.optimizer)],
        ['step budget', formatNumber(training.steps)],
        [
          'learning rate η',
          `${formatNumber(training.momentum > 0 ? training.optimizerRate : training.rate)} (${rateSources[training.rateSource]})${training.momentum > 0 ? `, momentum β = ${formatNumber(training.momentum)}` : ''}`,
        ],
        ['time at the budget', `t = ${formatNumber(training.rate * training.steps)}`],
        ['initialisations', `${counted(seeds.length, 'seed')}, ${anglesOf(initial)}`],
      ],
    ],
  ];
  return html`<section aria-labelledby="setting"><h2 id="setting">What was diagnosed</h2><div class="setting">${lists.map(
    ([title, entries]) =>
      html`<div><h3>${title}</h3><dl>${entries.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></div>
`,
  )}</div></section>`;
}
