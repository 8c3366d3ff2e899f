import type { Diagnosis, Statistic, Verdict } from '@qntk/core';
import { counted, formatDeviation, formatQuantity, undefinedBecause } from '../format.ts';
import { type Group, groupsOf, type Quantity } from '../quantities.ts';
import { bottomLineText } from '../words/bottom-line.ts';
import { judgementWords } from '../words/judgements.ts';
import { labelUnitsText } from '../words/labels.ts';
import { severities, verdictText } from '../words/verdicts.ts';
import { wrapped } from './table.ts';

const width = 96;
const labelWidth = 30;

/** A diagnosis for people: the verdicts, then the numbers behind them. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const { verdicts, seeds } = diagnosis;
  const over =
    seeds.length > 1
      ? `mean ± standard deviation of ${counted(seeds.length, 'initialisation')}`
      : counted(seeds.length, 'initialisation');
  const tables = groupsOf(diagnosis).flatMap((group) => table(group, diagnosis));
  const line = wrapped(bottomLineText(diagnosis.bottomLine), width).join('\n');
  const sentences = verdicts.map(verdictLines).join('\n');
  return [head(diagnosis), line, sentences, ...judged(diagnosis), `In numbers: ${over}`, ...tables].join('\n\n');
}

/** Which sentences training bore out, where it was asked. */
function judged(diagnosis: Diagnosis): string[] {
  const words = judgementWords(diagnosis);
  if (!words) return [];
  const lines = words.contradicted.map((text) => marked('!', text));
  return [[...wrapped(words.summary, width), ...lines].join('\n')];
}

function head({ model, data }: Diagnosis): string {
  const readouts = model.outputs === 1 ? `readout ${model.observables[0]}` : `readouts ${model.observables.join(', ')}`;
  const units = data.preparation?.labels;
  return [
    `${model.description}: ${counted(model.qubits, 'qubit')}, ${counted(model.parameters, 'parameter')}, ${readouts}`,
    `${data.source}: ${counted(data.train, 'training point')}, ${counted(data.test, 'test point')}, ${counted(data.features.length, 'feature')}`,
    ...(units ? [`labels ${labelUnitsText(units)}; all figures are in their own units`] : []),
  ].join('\n');
}

function verdictLines(verdict: Verdict): string {
  return marked(severities[verdict.severity].mark, `${verdictText(verdict)} [${verdict.basis}]`);
}

const marked = (mark: string, text: string): string =>
  wrapped(text, width)
    .map((line, i) => `${i === 0 ? mark : ' '} ${line}`)
    .join('\n');

function table({ title, quantities }: Group, { summary }: Diagnosis): string[] {
  const rows = quantities.flatMap((quantity) => {
    const found = summary[quantity.name];
    // Labels that are no classes have no accuracy: it is not missing, there is none.
    if (!found || (quantity.format === 'share' && found.mean === null)) return [];
    return [`  ${quantity.label.padEnd(labelWidth)}${statisticText(quantity, found)}`];
  });
  return rows.length === 0 ? [] : [[title, ...rows].join('\n')];
}

/** `0.912 ± 0.034`, the mean alone where there is no spread, or why there is no mean. */
function statisticText(quantity: Quantity, { mean, std, reason }: Statistic): string {
  if (mean === null) return undefinedBecause(reason);
  const text = formatQuantity(quantity, mean);
  return std ? `${text} ± ${formatDeviation(quantity, mean, std)}` : text;
}
