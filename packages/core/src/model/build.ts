import { type Allocator, type Ansatz, allocator } from '../ansatze/ansatz.ts';
import { ansatze } from '../ansatze/index.ts';
import { type MirroredLayers, mirrored } from '../ansatze/mirrored.ts';
import { type CircuitSource, compile } from '../circuit/circuit.ts';
import { parseObservable, qubitsNamedIn } from '../circuit/observable.ts';
import type { Encoding } from '../encodings/encoding.ts';
import { encodings } from '../encodings/index.ts';
import { scaledInputs } from '../encodings/scaled.ts';
import { InputError } from '../errors.ts';
import { qubitNames, withoutIdleQubits } from '../openqasm/qubits.ts';
import type { QasmCircuit } from '../openqasm/read.ts';
import { checkCapacity } from '../simulate/capacity.ts';
import type { Engine } from '../simulate/engine.ts';
import { counted } from '../wording.ts';
import { checkEngine, createModel, type Model } from './model.ts';
import type { ModelSpec, NamedModelSpec } from './schema.ts';

/** What a model may need beside its SPEC. */
export interface Given {
  /** The features are real and imaginary parts of amplitudes in turn, as in a Dataset. */
  readonly states?: boolean | undefined;
  /** The circuit that was read from the file `model.openqasm`. */
  readonly circuit?: QasmCircuit | undefined;
}

/**
 * Builds the model a SPEC describes for data of so many features.
 *
 * @throws InputError where the features do not fit the circuit, the observable cannot be read, or the state does not
 * fit in memory.
 */
export function buildModel(spec: ModelSpec, features: number, engine: Engine, { states, circuit }: Given = {}): Model {
  checkEngine(engine);
  const texts = typeof spec.observable === 'string' ? [spec.observable] : spec.observable;
  const fromFile = 'openqasm' in spec;
  if (fromFile && !circuit) throw new Error('a circuit from a file has to be read first');
  const read = fromFile ? usedCircuit(circuit!, texts, states === true) : undefined;
  const qubits = read ? read.qubits : (spec as NamedModelSpec).qubits;
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
  else checkFeatures(kind, features, encoding.capacity(qubits), qubits);
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
  const encode = encoding.operations(qubits, features, encodingOptions);
  const next = allocator();
  const { layers, opposites } = layersOf(ansatz, spec, next);
  checkGates(layers.reduce((sum, layer) => sum + layer.length, (reupload ? layers.length : 1) * encode.length));
  const angles = next.taken();
  const scales = scaling === 'trainable' ? (reupload ? layers.length : 1) * features : 0;
  const encodeBefore = (layer: number) => (scales > 0 ? scaledInputs(encode, angles + layer * features) : encode);
  const operations = layers.flatMap((layer, l) => (l === 0 || reupload ? [...encodeBefore(l), ...layer] : layer));
  const parameters = [
    ...Array.from({ length: angles }, (__, k) => `theta_${k}`),
    ...Array.from({ length: scales }, (__, k) => `scaling_${Math.floor(k / features)}_${k % features}`),
  ];
  return {
    source: { qubits, inputs: features, parameters, start: states ? 'states' : encoding.start, operations },
    starts: new Map(Array.from({ length: scales }, (__, k) => [angles + k, 1])),
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

function checkFeatures(kind: string, features: number, capacity: number, qubits: number): void {
  if (features > capacity)
    throw new InputError({
      where: 'data',
      found: counted(features, 'feature'),
      expected: `at most ${capacity}, which encoding "${kind}" takes on ${counted(qubits, 'qubit')}`,
      advice: 'drop features or add qubits',
    });
}
