import type { NamedModelInput } from '../../model/schema.ts';
import type { ProposedTask } from './task.ts';

/** A model to begin with, and how the data are brought to it. */
export interface ProposedModel {
  /** Principal components that take the place of the features; undefined where there are few. */
  readonly components?: number;
  readonly qubits: number;
  readonly encoding: NamedModelInput['encoding'];
  readonly ansatz: NamedModelInput['ansatz'];
  /** As in a SPEC: one readout, one for each output, or `classes` for more than two classes. */
  readonly observable: string | readonly string[];
  /** Weights and biases of the readouts are trained; left out where they stay as they are. */
  readonly readout?: 'trainable';
  /** Readout scale γ. */
  readonly scale: number;
  /** The labels are brought to mean 0 and deviation 1. */
  readonly standardize: boolean;
  /** Share of the rows to train on. */
  readonly train: number;
}

/** A qubit a feature is seen at a glance; beyond so many, principal components are as good a beginning. */
const mostFeatures = 8;
/** With fewer qubits a layer has too few angles to fit much. */
const leastQubits = 4;
/** Features as angles, again before every layer. */
export const usualEncoding = { gate: 'RY', frequency: 'low', reupload: true } as const;
const usualAnsatz = { kind: 'hea', layers: 8 } as const;
/** So many points are plenty for a first diagnosis; of many outputs, each of which takes as long as the first, so many labels are. */
const [usualShare, mostTrained, mostLabels, enoughTrained] = [0.7, 1000, 4000, 500];
/**
 * With a readout for each class labels are −1 for all classes but one: of more classes than these their mean is too far from 0, which is
 * that of products of Z without a bias.
 */
const mostUnbiased = 3;
/** Labels leave this part of the readout's range free: at its ends the kernel vanishes. */
const headroom = 1.5;
/** Numbers of such a size are what readouts give; those of the other have squares, a loss, at which optimisers take themselves for done. */
const [usualSize, leastSize] = [1, 1e-6];
/** Labels from −a to b with the larger of both this many times half their width are rather offset than around 0. */
const offCentre = 1.25;

/** How many features there are. */
interface FeatureCounts {
  /** Categories of texts counted one by one. */
  readonly features: number;
  /** Directions that they span: those of a text add up to 1, which takes one away. */
  readonly directions: number;
}

/** @param qubits - where they are given, as by states. */
export function proposeModel(
  { features, directions }: FeatureCounts,
  rows: number,
  task: ProposedTask,
  outputs = 1,
  qubits?: number,
): ProposedModel {
  const classes = task.task === 'classes' && task.classes.length > 2 ? task.classes.length : undefined;
  const train = shareOf(rows, classes ?? outputs);
  const most = Math.min(mostFeatures, directions, Math.max(1, Math.floor(train * rows) - 1));
  const components = features > mostFeatures ? { components: most } : {};
  const usual = Math.max(features > mostFeatures ? most : features, leastQubits, qubitsFor(classes ?? outputs));
  const encoding = qubits === undefined ? usualEncoding : ({ kind: 'amplitude' } as const);
  const single = readouts(qubits ?? usual).slice(0, outputs);
  const observable = classes ? 'classes' : single.length === 1 ? single[0] : single;
  const circuit = { qubits: qubits ?? usual, encoding, ansatz: usualAnsatz };
  const readout = classes !== undefined && classes > mostUnbiased ? ({ readout: 'trainable' } as const) : {};
  return { ...components, ...circuit, observable, ...readout, ...scaleOf(task), train };
}

/** Z on each qubit, then on each pair of them. */
function readouts(qubits: number): string[] {
  const single = Array.from({ length: qubits }, (_, q) => `Z${q}`);
  return [...single, ...single.flatMap((first, q) => single.slice(q + 1).map((second) => `${first}*${second}`))];
}

/** The fewest qubits that have so many readouts. */
function qubitsFor(outputs: number): number {
  let qubits = 1;
  while ((qubits * (qubits + 1)) / 2 < outputs) qubits++;
  return qubits;
}

/** So that no label lies outside of what the readout can give; numbers that are large, tiny or not around 0 are standardised. */
function scaleOf(task: ProposedTask): Pick<ProposedModel, 'scale' | 'standardize'> {
  if (task.task === 'classes') return { scale: headroom, standardize: false };
  const { low, high, deviations } = task.range;
  const [size, halfWidth] = [Math.max(-low, high), (high - low) / 2];
  const standardize = size > usualSize || size < leastSize || size > offCentre * halfWidth;
  return { scale: Number((headroom * (standardize ? deviations : size)).toPrecision(2)), standardize };
}

function shareOf(rows: number, outputs: number): number {
  const most = Math.min(mostTrained, Math.max(enoughTrained, Math.floor(mostLabels / outputs)));
  return usualShare * rows <= most ? usualShare : Number((most / rows).toPrecision(2));
}
