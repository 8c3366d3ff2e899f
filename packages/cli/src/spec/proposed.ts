import type { ArrayProposal, Proposal, ProposedModel, ProposedTask } from '@qntk/core';
import { counted, targetText, useText } from '@qntk/report';
import { Document, isCollection, isNode, type Pair, type YAMLMap } from 'yaml';
import { printable } from '../printable.ts';

/** A key of a SPEC, with what is to be said of it. */
interface Line {
  readonly key: string;
  readonly value: unknown;
  /** Behind the value. */
  readonly comment?: string;
  /** Above the key. */
  readonly above?: string;
  /** Behind the items of a list, by their place. */
  readonly items?: readonly (string | undefined)[];
}

/** What a SPEC says of its file: the source, the file itself, and how it is read. */
export type FileLines = readonly Line[];

/** A SPEC as a file, and as what is in it. */
export interface ProposedSpec {
  readonly text: string;
  readonly spec: unknown;
}

/** A SPEC for a table of named columns. */
export function specForColumns(head: string, file: FileLines, proposal: Proposal): ProposedSpec {
  const { target, model } = proposal;
  const split = proposal.columns.find(({ use }) => use === 'split');
  return written(head, {
    data: [
      ...file,
      { key: 'target', value: target.column.name, comment: targetText(target) },
      ...featureLines(proposal),
      taskLine(target.task),
      ...labelsLine(model),
      ...componentLines(model, countFeatures(proposal)),
      split ? { key: 'split', value: split.name, comment: useText(split) } : trainLine(model),
      rangeLine,
      seedLine,
    ],
    ...modelSections(model, observableLine(model, target.task)),
  });
}

/** A SPEC for arrays X and y. */
export function specForArrays(head: string, file: FileLines, proposal: ArrayProposal): ProposedSpec {
  const { features, states, width, task, model } = proposal;
  const observable = observableLine(model, task, width > 1 ? 'one for each column of the labels' : undefined);
  return written(head, {
    data: [
      ...withScaledLabels(file, model),
      ...(width > 1 ? [] : [taskLine(task)]),
      ...(states ? [] : [...componentLines(model, features), rangeLine]),
      trainLine(model),
      seedLine,
    ],
    ...modelSections(model, observable),
  });
}

/** A SPEC without a file: two interleaved half circles. */
export function exampleSpec(head: string): ProposedSpec {
  const model: ProposedModel = {
    qubits: 4,
    encoding: { gate: 'RY', frequency: 'low', reupload: true },
    ansatz: { kind: 'hea', layers: 8 },
    observable: 'Z0',
    scale: 1.5,
    standardize: false,
    train: 0.5,
  };
  return written(head, {
    data: [
      { key: 'source', value: 'moons', comment: 'two interleaved half circles; csv, parquet, npz and npy read files' },
      { key: 'points', value: 100 },
      { key: 'noise', value: 0.1 },
      trainLine(model),
      rangeLine,
      seedLine,
    ],
    ...modelSections(model, observableLine(model, { task: 'classes', classes: ['0', '1'], few: false })),
  });
}

/** All columns but some, or where texts are among them the features by name. */
function featureLines({ columns }: Proposal): Line[] {
  const unused = columns.filter(({ use }) => use === 'none');
  const features = columns.filter(({ use }) => use === 'feature' || use === 'one-hot');
  if (features.some(({ use }) => use === 'one-hot')) {
    const items = features.map((column) => (column.use === 'one-hot' ? useText(column) : undefined));
    const above = unused.map((column) => `without ${column.name}: ${useText(column)}`).join('\n');
    return [{ key: 'features', value: features.map(({ name }) => name), items, ...(above && { above }) }];
  }
  if (unused.length === 0) return [];
  return [{ key: 'drop', value: unused.map(({ name }) => name), items: unused.map(useText) }];
}

function countFeatures({ columns }: Proposal): number {
  return columns.reduce(
    (sum, each) => sum + (each.use === 'one-hot' ? each.categories : Number(each.use === 'feature')),
    0,
  );
}

function taskLine({ task, ...labels }: ProposedTask): Line {
  const few = 'few' in labels && labels.few;
  return { key: 'task', value: task, ...(few && { comment: 'regression takes these whole numbers for numbers' }) };
}

const standardizeText = 'to mean 0 and deviation 1; every figure is in their own units';

function labelsLine({ standardize }: ProposedModel): Line[] {
  return standardize ? [{ key: 'labels', value: 'standardize', comment: standardizeText }] : [];
}

/** Where labels have a file of their own, how they are scaled stands beside its name. */
function withScaledLabels(file: FileLines, model: ProposedModel): FileLines {
  if (!model.standardize) return file;
  if (!file.some(({ key }) => key === 'labels')) return [...file, ...labelsLine(model)];
  return file.map((line) =>
    line.key === 'labels'
      ? { ...line, value: { file: line.value, as: 'standardize' }, comment: standardizeText }
      : line,
  );
}

function componentLines({ components }: ProposedModel, features: number): Line[] {
  if (components === undefined) return [];
  const comment = `principal components, as ${counted(features, 'feature')} are too many for a qubit each`;
  return [{ key: 'components', value: components, comment }];
}

const trainLine = ({ train }: ProposedModel): Line => ({
  key: 'train',
  value: train,
  comment: 'share of the points to train on; the others are the test',
});
const rangeLine: Line = {
  key: 'range',
  value: [-1.5707963, 1.5707963],
  comment: 'every feature is scaled to it, as an angle',
};
const seedLine: Line = { key: 'seed', value: 1, comment: 'another one splits the points otherwise' };

function observableLine({ observable }: ProposedModel, task: ProposedTask, comment = readoutText(task)): Line {
  return { key: 'observable', value: observable, ...(comment !== undefined && { comment }) };
}

function readoutText(task: ProposedTask): string | undefined {
  if (task.task === 'regression') return undefined;
  const { length } = task.classes;
  return length === 2
    ? 'the class whose label is nearer'
    : `a readout for each of ${length} classes, the largest decides`;
}

/** What an encoding does with the features. */
function encodingText(encoding: ProposedModel['encoding']): string {
  if (encoding.kind === 'amplitude') return 'the points are states to start from';
  const what = encoding.kind === 'iqp-feature-map' ? 'features and products of two as angles' : 'features as angles';
  const scaled = encoding.scaling === 'trainable' ? ', each by a factor that is trained' : '';
  return `${what}${scaled}${encoding.reupload ? ', again before every layer' : ''}`;
}

const scaleText = (scale: number, readout: ProposedModel['readout']): string =>
  readout ? 'factor of all outputs' : `outputs go from −${scale} to ${scale}, labels not as far`;

function modelSections({ qubits, encoding, ansatz, readout, scale }: ProposedModel, observable: Line) {
  return {
    model: [
      { key: 'qubits', value: qubits },
      { key: 'encoding', value: encoding, comment: encodingText(encoding) },
      { key: 'ansatz', value: ansatz, comment: 'more layers fit more and train slower' },
      observable,
      ...(readout
        ? [{ key: 'readout', value: readout, comment: 'a weight for each and a bias are trained with the circuit' }]
        : []),
      { key: 'scale', value: scale, comment: scaleText(scale, readout) },
    ],
    initial: [
      { key: 'seeds', value: 5 },
      { key: 'seed', value: 7 },
    ],
    training: [
      { key: 'loss', value: 'mean' },
      { key: 'optimizer', value: 'lbfgs' },
      { key: 'steps', value: 500 },
    ],
  };
}

/** Sections that stand in one line. */
const short = ['initial', 'training'];

function written(head: string, sections: Readonly<Record<string, readonly Line[]>>): ProposedSpec {
  const spec = Object.fromEntries(
    Object.entries(sections).map(([name, lines]) => [
      name,
      Object.fromEntries(lines.map(({ key, value }) => [key, value])),
    ]),
  );
  const document = new Document(spec);
  document.commentBefore = commentOf(head);
  for (const [name, lines] of Object.entries(sections)) {
    const section = document.get(name) as YAMLMap;
    if (short.includes(name)) section.flow = true;
    lines.forEach((line, i) => {
      remark(section.items[i]!, line);
    });
  }
  return { text: document.toString({ lineWidth: 0, flowCollectionPadding: false }), spec };
}

function remark({ key, value }: Pair, { comment, above, items }: Line): void {
  if (!(isNode(key) && isNode(value))) throw new Error('a key or value of a SPEC is no node');
  if (above !== undefined) key.commentBefore = commentOf(above);
  if (isCollection(value)) {
    value.flow = items === undefined;
    items?.forEach((text, i) => {
      const item = value.items[i];
      if (text !== undefined && isNode(item)) item.comment = commentOf(text);
    });
  }
  if (comment !== undefined) value.comment = commentOf(comment);
}

/** A comment's text: a space before each line of ours, and nothing in a name that breaks lines or that a terminal obeys. */
function commentOf(text: string): string {
  const lines = text.split('\n').map((line) => ` ${printable(line.replace(/\s+/g, ' '))}`);
  return lines.join('\n');
}
