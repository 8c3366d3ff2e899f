import { type Allocator, type Ansatz, allocator } from '../ansatze/ansatz.ts';
import { ansatze } from '../ansatze/index.ts';
import { type MirroredLayers, mirrored } from '../ansatze/mirrored.ts';
import { type CircuitSource, compile } from '../circuit/circuit.ts';
import { apply, input } from '../circuit/expression.ts';
import { parseObservable, qubitsNamedIn } from '../circuit/observable.ts';
import type { Encoding } from '../encodings/encoding.ts';
import { encodings } from '../encodings/index.ts';
import { withInputs } from '../encodings/with-inputs.ts';
import { InputError } from '../errors.ts';
import { qubitNames, withoutIdleQubits } from '../openqasm/qubits.ts';
import type { QasmCircuit } from '../openqasm/read.ts';
import { checkCapacity } from '../simulate/capacity.ts';
import type { Engine } from '../simulate/engine.ts';
import { counted } from '../wording.ts';
import { classReadouts } from './class-readouts.ts';
import { checkEngine, createModel, type Model } from './model.ts';
import type { ModelSpec, NamedModelSpec } from './schema.ts';

/** What a model may need beside its SPEC. */
export interface Given {
  /** The features are real and imaginary parts of amplitudes in turn, as in a Dataset. */
  readonly states?: boolean | undefined;
  /** The circuit that was read from the file `model.openqasm`. */
  readonly circuit?: QasmCircuit | undefined;
  /** Outputs that the labels make, which `observable: classes` needs to know. */
  readonly outputs?: number | undefined;
}

/**
 * Builds the model a SPEC describes for data of so many features, or gives the one that was built of the same lately.
 *
 * @throws InputError where the features do not fit the circuit, the observable cannot be read, or the state does not
 * fit in memory.
 */
export function buildModel(spec: ModelSpec, features: number, engine: Engine, given: Given = {}): Model {
  checkEngine(engine);
  const key = JSON.stringify([spec, features, given.states === true, given.outputs]);
  const known = latest.find((entry) => entry.key === key && entry.engine === engine && entry.circuit === given.circuit);
  const model = known?.model ?? newModel(spec, features, engine, given);
  const others = latest.filter((entry) => entry !== known);
  latest = [{ key, engine, circuit: given.circuit, model }, ...others].slice(0, mostKept);
  return model;
}

/** A model, and what it was built of. */
interface Kept {
  readonly key: string;
  readonly engine: Engine;
  readonly circuit: QasmCircuit | undefined;
  readonly model: Model;
}

/**
 * The models that were asked for last, latest first, with what their simulators have compiled: the tasks of a thread ask for the
 * same one again and again.
 */
let latest: readonly Kept[] = [];
const mostKept = 4;

function newModel(spec: ModelSpec, features: number, engine: Engine, given: Given): Model {
  const { states, circuit } = given;
  const written = typeof spec.observable === 'string' ? [spec.observable] : spec.observable;
  const fromFile = 'openqasm' in spec;
  if (fromFile && !circuit) throw new Error('a circuit from a file has to be read first');
  const read = fromFile ? usedCircuit(circuit!, written, states === true) : undefined;
  const qubits = read ? read.qubits : (spec as NamedModelSpec).qubits;
  const wires = read?.qubitNames ?? Array.from({ length: qubits }, (_, q) => String(q));
  const texts = spec.observable === classesWord ? classReadouts(wires, outputsOf(given)) : written;
  checkCapacity(engine, qubits, texts.length, fromFile ? 'model.openqasm' : 'model.qubits');
  const names = read?.qubitNames && qubitNames(circuit!, read);
  const observables = texts.map((text, k) => parseObservable(text, qubits, observableKey(spec, k), names));
  const trainReadout = spec.readout === 'trainable';
  const { source, ...initial } = read
    ? {
        source: fittingCircuit({ ...circuit!, source: read }, features, states === true),
      }
    : circuitSource(spec as NamedModelSpec, features, states === true);
  return createModel(compile(source), observables, spec.scale, engine, { ...initial, trainReadout });
}

/** What stands for the usual readouts of classes. */
const classesWord = 'classes';

function outputsOf({ outputs }: Given): number {
  if (outputs !== undefined) return outputs;
  throw new InputError({
    where: 'outputs',
    found: 'nothing',
    expected: 'their number, as model.observable is classes',
  });
}

/** What a program uses of its qubits; all of them where the data say what state they start in. */
function usedCircuit(circuit: QasmCircuit, observables: readonly string[], states: boolean): CircuitSource {
  return states ? circuit.source : withoutIdleQubits(circuit, observables.flatMap(qubitsNamedIn));
}

/** The place of readout k in a SPEC, where one may stand alone. */
function observableKey({ observable }: ModelSpec, k: number): string {
  return typeof observable === 'string' ? 'model.observable' : `model.observable.${k}`;
}

function fittingCircuit({ source, inputs }: QasmCircuit, features: number, states: boolean): CircuitSource {
  if (source.parameters.length === 0)
    throw new InputError({
      where: 'model.openqasm',
      found: 'no trainable parameter',
      expected: 'an input float or input angle that is not in model.inputs',
    });
  const found = inputs.length === 0 ? 'no inputs' : `${inputs.length} (${inputs.join(', ')})`;
  if (states) {
    if (inputs.length > 0)
      throw new InputError({ where: 'model.inputs', found, expected: 'none, as the data are states to start from' });
    checkAmplitudes('model.openqasm', features / 2, source.qubits);
    return { ...source, start: 'states', inputs: features };
  }
  if (inputs.length !== features)
    throw new InputError({
      where: 'model.inputs',
      found,
      expected: `the name of an input for each of the data's ${counted(features, 'feature')}`,
    });
  return source;
}

/** A circuit, and what is known of its parameters' start. */
interface Built extends Pick<Model, 'starts' | 'opposites'> {
  readonly source: CircuitSource;
}

/** The circuit of a SPEC: the encoding, then the ansatz; with `reupload` the encoding stands before every layer. */
function circuitSource(spec: NamedModelSpec, features: number, states: boolean): Built {
  const { qubits } = spec;
  const { kind, reupload, scaling, ...encodingOptions } = spec.encoding;
  const encoding = encodings.find((entry) => entry.kind === kind);
  const ansatz = ansatze.find((entry) => entry.kind === spec.ansatz.kind);
  if (!encoding || !ansatz) throw new Error('the schema lets no other kind through');
  if (states) checkStates(encoding, features / 2, qubits);
  else if (!reupload) checkFeatures(encoding, features, qubits);
  if (reupload && encoding.start === 'amplitudes')
    throw new InputError({
      where: 'model.encoding.reupload',
      found: 'true',
      expected: 'false with amplitudes, a starting state that cannot be repeated',
    });
  if (scaling === 'trainable' && encoding.start === 'amplitudes')
    throw new InputError({
      where: 'model.encoding.scaling',
      found: '"trainable"',
      expected: 'fixed with amplitudes, which are no angles and always normalised',
    });
  const next = allocator();
  const { layers, opposites } = layersOf(ansatz, spec, next);
  const repeats = reupload ? layers.length : 1;
  if (reupload) checkEncodings(encoding, features, qubits, repeats);
  // Features that an encoding takes at a time: beyond them each encoding goes on where the one before ended.
  const block = states ? features : Math.min(features, encoding.capacity(qubits));
  const encode = encoding.operations(qubits, block, encodingOptions);
  checkGates(layers.reduce((sum, layer) => sum + layer.length, repeats * encode.length));
  const angles = next.taken();
  const featureOf = (layer: number, k: number) => (layer * block + k) % features;
  const scales =
    scaling === 'trainable'
      ? Array.from({ length: repeats * block }, (_, k) => ({ layer: Math.floor(k / block), k: k % block }))
      : [];
  const inputOf = (layer: number, k: number) => {
    const feature = input(featureOf(layer, k));
    return scales.length === 0
      ? feature
      : apply('*', { kind: 'parameter', index: angles + layer * block + k }, feature);
  };
  const asWritten = scales.length === 0 && block === features;
  const encodeBefore = (layer: number) => (asWritten ? encode : withInputs(encode, (k) => inputOf(layer, k)));
  const operations = layers.flatMap((layer, l) => (l < repeats ? [...encodeBefore(l), ...layer] : layer));
  const parameters = [
    ...Array.from({ length: angles }, (_, k) => `theta_${k}`),
    ...scales.map(({ layer, k }) => `scaling_${layer}_${featureOf(layer, k)}`),
  ];
  return {
    source: { qubits, inputs: features, parameters, start: states ? 'states' : encoding.start, operations },
    starts: new Map(scales.map((_, k) => [angles + k, 1])),
    // An encoding between two layers keeps them from undoing each other.
    opposites: reupload ? new Map() : opposites,
  };
}

function layersOf(ansatz: Ansatz, { ansatz: spec, qubits }: NamedModelSpec, next: Allocator): MirroredLayers {
  const { kind: _, mirrored: pairs, ...options } = spec;
  if (!pairs) return { layers: ansatz.layers(qubits, options, next), opposites: new Map() };
  if (options.layers % 2 !== 0)
    throw new InputError({
      where: 'model.ansatz.layers',
      found: String(options.layers),
      expected: 'an even number with mirrored: true, as layers come in pairs',
    });
  return mirrored(ansatz.layers(qubits, { ...options, layers: options.layers / 2 }, allocator()), next);
}

/** Most gates of a circuit, by name as from a file. */
const mostGates = 200_000;

function checkGates(gates: number): void {
  if (gates > mostGates)
    throw new InputError({
      where: 'model.ansatz',
      found: `a circuit of ${gates} gates`,
      expected: `at most ${mostGates}`,
      advice: 'take fewer layers, repeats or qubits',
    });
}

function checkStates({ kind, start }: Encoding, amplitudes: number, qubits: number): void {
  if (start !== 'amplitudes')
    throw new InputError({
      where: 'model.encoding.kind',
      found: `"${kind}"`,
      expected: 'amplitude, as the data are complex: states to start from',
    });
  checkAmplitudes('model.qubits', amplitudes, qubits);
}

function checkAmplitudes(key: string, amplitudes: number, qubits: number): void {
  if (amplitudes !== 2 ** qubits)
    throw new InputError({
      where: key,
      found: counted(qubits, 'qubit'),
      expected: `${Math.log2(amplitudes)}, as the states of the data have ${amplitudes} amplitudes`,
    });
}

function checkFeatures({ kind, start, capacity }: Encoding, features: number, qubits: number): void {
  const most = capacity(qubits);
  if (features > most)
    throw new InputError({
      where: 'data',
      found: counted(features, 'feature'),
      expected: `at most ${most}, which encoding "${kind}" takes on ${counted(qubits, 'qubit')}`,
      advice: `${fewer(most)}${start === 'zero' ? ', or model.encoding.reupload: true, which takes them in turn' : ', or more qubits'}`,
    });
}

/** Where the encoding is repeated, all encodings together have to come through the features. */
function checkEncodings({ kind, capacity }: Encoding, features: number, qubits: number, repeats: number): void {
  const most = repeats * capacity(qubits);
  if (features > most)
    throw new InputError({
      where: 'data',
      found: counted(features, 'feature'),
      expected: `at most ${most}, which encoding "${kind}" takes on ${counted(qubits, 'qubit')} before ${counted(repeats, 'layer')}`,
      advice: `${fewer(most)}, or ${counted(Math.ceil(features / capacity(qubits)), 'layer')}`,
    });
}

/** The keys that make fewer features. */
const fewer = (most: number): string =>
  `data.components: ${most} (principal components), data.features: […] with at most ${counted(most, 'column')}`;
