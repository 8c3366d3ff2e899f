import type { Diagnosis, Figure, Verdict } from '@qntk/core';
import { counted, formatNumber, formatShare, groups, type Named } from '@qntk/report';

const marks = { good: '✓', note: '·', warning: '!' } as const;
const width = 96;
const labelWidth = 30;

/** A diagnosis for people: the verdicts, then the figures behind them. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const { verdicts, summary, seeds } = diagnosis;
  const over = seeds.length > 1 ? `mean ± standard deviation of ${seeds.length} initialisations` : '1 initialisation';
  const tables = groups.flatMap(({ title, figures }) => table(title, figures, summary));
  return [head(diagnosis), verdicts.map(verdictText).join('\n'), `Figures: ${over}`, ...tables].join('\n\n');
}

function head({ model, data }: Diagnosis): string {
  const readouts = model.outputs === 1 ? `readout ${model.observables[0]}` : `readouts ${model.observables.join(', ')}`;
  return [
    `${model.description}: ${counted(model.qubits, 'qubit')}, ${counted(model.parameters, 'parameter')}, ${readouts}`,
    `${data.source}: ${counted(data.train, 'training point')}, ${counted(data.test, 'unseen point')}, ${counted(data.features.length, 'feature')}`,
  ].join('\n');
}

function verdictText({ severity, text }: Verdict): string {
  return wrapped(text)
    .map((line, i) => `${i === 0 ? marks[severity] : ' '} ${line}`)
    .join('\n');
}

function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line.length + word.length + 1 > width && line !== '') lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

function table(title: string, figures: readonly Named[], summary: Diagnosis['summary']): string[] {
  const rows = figures.flatMap((named) => {
    const figure = summary[named.name];
    return figure && exists(named, figure) ? [`  ${named.label.padEnd(labelWidth)}${figureText(named, figure)}`] : [];
  });
  return rows.length === 0 ? [] : [[title, ...rows].join('\n')];
}

/** Labels that are no classes have no accuracy: it is not missing, there is none. */
function exists({ share }: Named, { mean }: Figure): boolean {
  return !(share && mean === null);
}

function figureText({ share }: Named, { mean, std, atLeast, reason }: Figure): string {
  if (mean === null) return `– (${reason})`;
  return share ? formatShare(mean) : `${atLeast ? '≥ ' : ''}${spread(mean, std)}`;
}

/** `0.912 ± 0.034`, or the mean alone where there is no spread. */
function spread(mean: number, std: number | null): string {
  return std ? `${formatNumber(mean)} ± ${formatNumber(Number(std.toPrecision(2)))}` : formatNumber(mean);
}
