import type { DataNote } from '@qntk/core';
import { formatNumber } from '@qntk/report';
import { inYaml } from './features.ts';

/** What a note about data says, and what to do. */
export function dataWords(note: DataNote): string {
  switch (note.code) {
    case 'delimiter':
      return `The cells of the table are taken to be separated by ${quoted(note.delimiter)}; data.delimiter says otherwise.`;
    case 'index-column': {
      const name = note.column === '' ? 'The first column, which has no name,' : `The column ${quoted(note.column)}`;
      return `${name} counts the rows as an index of pandas does, and is left out; index=False in to_csv leaves it away.`;
    }
    case 'unnamed-column':
      return `The column ${quoted(note.column)} is a feature, though its name is what pandas calls a column without one; ${dropped([note.column])} unless that is meant.`;
    case 'similar-classes':
      return `The names ${note.classes.map(spelt).join(' and ')} look alike, but are different classes.`;
    case 'numeric-header':
      return `Names in the header (line ${note.line}) look like numbers: ${listed(note.names)}. If that is the first row of data, put a row of names above it.`;
    case 'identifier':
      return `The feature ${quoted(note.feature)} is different in every row, as a number or name of rows is: what is learned from it says nothing about other points; ${dropped([note.feature])} unless that is meant.`;
    case 'constant-features':
      return note.features.length === 1
        ? `The feature ${listed(note.features)} is the same in all training rows, so that nothing can be learned from it; ${dropped(note.features)}.`
        : `${note.features.length} features are each the same in all training rows, so that nothing can be learned from them: ${listed(note.features)}; ${dropped(note.features)}.`;
    case 'unseen-categories':
      return `Test rows have ${listed(note.categories)} in the column ${quoted(note.column)}, which no training row has: all features of the column are 0 there.`;
    case 'integer-labels': {
      const labels = `The labels are ${note.labels.length} different integers (${note.labels.slice(0, 5).join(', ')}${note.labels.length > 5 ? ', …' : ''})`;
      return note.taken === 'classes'
        ? `${labels} and taken for classes; data.task: regression with one observable, such as Z0, takes them for numbers.`
        : `${labels} and taken for numbers; data.task: classes with model.observable: classes takes them for classes.`;
    }
    case 'single-row-classes':
      return note.classes.length === 1
        ? `Only one row is of the class ${listed(note.classes)}: it is trained on, and what is learned of the class is not tested.`
        : `${note.classes.length} classes have a single row each: ${listed(note.classes)}. These rows are trained on, and what is learned of the classes is not tested.`;
    case 'unused-features':
      return `No gate depends on ${note.features.length === 1 ? 'the feature' : 'the features'} ${listed(note.features)}.`;
    case 'period':
      return `The feature ${quoted(note.feature)} goes from ${formatNumber(note.low)} to ${formatNumber(note.high)}, ${formatNumber(note.periods)} periods of its encoding (${formatNumber(note.period)}), so that different values give the same state; data.range scales it, such as to [-1.57, 1.57].`;
  }
}

/** With every sign that is not ASCII as its number, as two names that look alike may differ in it alone. */
const spelt = (text: string): string =>
  quoted(text).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

const quoted = (text: string): string => JSON.stringify(text);

/** How a SPEC leaves columns out. */
const dropped = (names: readonly string[]): string =>
  `data.drop: ${inYaml(names)} leaves ${names.length === 1 ? 'it' : 'them'} out`;

function listed(names: readonly string[]): string {
  return [...names.slice(0, 5).map(quoted), ...(names.length > 5 ? ['…'] : [])].join(', ');
}
