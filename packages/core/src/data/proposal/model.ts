import type { ProposedTask } from './task.ts';

/** A model to begin with, and how the data are brought to it. */
export interface ProposedModel {
  /** Principal components that take the place of the features; undefined where there are few. */
  readonly components?: number;
  readonly qubits: number;
  readonly layers: number;
  /** One for each output: Z on the first qubits, then products of two. */
  readonly observables: readonly string[];
  /** Readout scale γ. */
  readonly scale: number;
  /** Weights and bias of the readout are trained: labels that are not around 0 take a bias. */
  readonly trainable: boolean;
  /** Share of the rows to train on. */
  readonly train: number;
}

/** A qubit a feature is seen at a glance; beyond so many, principal components are as good a beginning. */
const mostFeatures = 8;
/** With fewer qubits a layer has too few angles to fit much. */
const leastQubits = 4;
const layers = 8;
/** So many points are plenty for a first diagnosis. */
const [usualShare, mostTrained] = [0.7, 1000];
/** Labels leave this part of the readout's range free: at its ends the kernel vanishes. */
const headroom = 1.5;
/** Labels from −a to b with the larger of both this many times half their width are rather offset than around 0. */
const offCentre = 1.25;

/**
 * @param features - number of features, categories of texts counted one by one.
 * @param qubits - where they are given, as by states.
 */
export function proposeModel(
  features: number,
  rows: number,
  task: ProposedTask,
  outputs: number = outputsOf(task),
  qubits?: number,
): ProposedModel {
  const components = features > mostFeatures ? { components: mostFeatures } : {};
  const usual = Math.max(Math.min(features, mostFeatures), leastQubits, qubitsFor(outputs));
  const observables = readouts(qubits ?? usual).slice(0, outputs);
  return { ...components, qubits: qubits ?? usual, layers, observables, ...scaleOf(task), train: shareOf(rows) };
}

/** Two classes are told apart by one output. */
function outputsOf(task: ProposedTask): number {
  return task.task === 'classes' && task.classes.length > 2 ? task.classes.length : 1;
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

/** So that no label lies outside of what the readout can give; where most are on one side of 0, around their middle. */
function scaleOf(task: ProposedTask): Pick<ProposedModel, 'scale' | 'trainable'> {
  if (task.task === 'classes') return { scale: headroom, trainable: false };
  const { low, high } = task.range;
  const [size, halfWidth] = [Math.max(-low, high), (high - low) / 2];
  const trainable = size > offCentre * halfWidth;
  return { scale: Number((headroom * (trainable ? halfWidth : size)).toPrecision(2)), trainable };
}

function shareOf(rows: number): number {
  return usualShare * rows <= mostTrained ? usualShare : Number((mostTrained / rows).toPrecision(2));
}
