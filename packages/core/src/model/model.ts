import type { Circuit } from '../circuit/circuit.ts';
import { type Expression, evaluate, largestInput } from '../circuit/expression.ts';
import type { Observable } from '../circuit/observable.ts';
import { observableRange, type Range } from '../circuit/range.ts';
import { InputError } from '../errors.ts';
import { checkComputable } from '../magnitude.ts';
import type { Batch, Engine, Simulator } from '../simulate/engine.ts';
import { counted, shown } from '../wording.ts';
import { type AngleTable, angleTable, type Inputs } from './angles.ts';
import { checkParameters } from './checks.ts';
import { type Dataset, takeRows } from './dataset.ts';
import { type TrainableReadout, trainableReadout, weightsAt, withoutConstants } from './readout.ts';
import { isUsable, undefinedAngle } from './undefined-angle.ts';

export type { Inputs };

/**
 * A quantum neural network: outputs ŷ_o(x, θ) = γ·⟨O_o⟩ of a circuit (You et al. 2023, §2 and §4). P = `parameters`
 * trainable parameters, F = `inputs` features, O = `outputs` readouts. θ holds the circuit's parameters and then, where the
 * readout is trained too, its weights and biases.
 */
export interface Model {
  readonly circuit: Circuit;
  readonly observables: readonly Observable[];
  /** Readout scale γ. */
  readonly scale: number;
  readonly parameters: number;
  /** Names of the parameters, in order. */
  readonly names: readonly string[];
  /** What parameters that are no angles start from, by index: in every initialisation the same. */
  readonly starts: ReadonlyMap<number, number>;
  /** Parameters of layers that can undo the layer before them, each with the one whose negative does; none where left out. */
  readonly opposites?: ReadonlyMap<number, number>;
  readonly inputs: number;
  readonly outputs: number;
  /** What each output can reach, γ included; null where the weights of the readout are trained, which sets no limit. */
  readonly ranges: readonly Range[] | null;
  readonly readout?: TrainableReadout;
  readonly simulator: Simulator;
  readonly angles: AngleTable;
}

/** @throws InputError where there is no engine: a caller in JavaScript may have forgotten it. */
export function checkEngine(engine: Engine | undefined): void {
  if (typeof engine?.prepare !== 'function')
    throw new InputError({ where: 'engine', found: shown(engine), expected: 'an engine such as engines.wasm' });
}

function checkObservables(observables: readonly Observable[], { qubits }: Circuit): void {
  if (observables.length === 0)
    throw new InputError({ where: 'observables', found: 'none', expected: 'at least one, an output each' });
  observables.forEach((observable, k) => {
    if (observable.qubits !== qubits)
      throw new InputError({
        where: `observables[${k}]`,
        found: counted(observable.qubits, 'qubit'),
        expected: `${qubits}, as the circuit has`,
      });
  });
}

/** What a model may have beside circuit, readouts and scale. */
export interface ModelOptions {
  /** Parameters of the circuit, by index, that start from a value of their own in every initialisation. */
  readonly starts?: ReadonlyMap<number, number>;
  /** As the model's. */
  readonly opposites?: ReadonlyMap<number, number>;
  /** Train the coefficients of the observables, and a bias for each; they start as written. */
  readonly trainReadout?: boolean;
}

/**
 * Joins a circuit with its readouts, one output an observable.
 *
 * @param scale readout scale γ > 0.
 * @throws InputError where the scale is no finite number above 0, there is no observable or one for another number of
 * qubits, the engine is missing, or it cannot hold the states.
 */
export function createModel(
  circuit: Circuit,
  observables: readonly Observable[],
  scale: number,
  engine: Engine,
  { starts = new Map(), opposites, trainReadout = false }: ModelOptions = {},
): Model {
  if (!(Number.isFinite(scale) && scale > 0))
    throw new InputError({ where: 'scale', found: shown(scale), expected: 'a number above 0' });
  checkEngine(engine);
  checkComputable('model.scale', scale);
  checkObservables(observables, circuit);
  const ranges = observables.map((observable) => rangeOf(observable, scale));
  const shared = {
    circuit,
    observables,
    scale,
    inputs: circuit.inputs,
    outputs: observables.length,
    angles: angleTable(circuit),
    ...(opposites && { opposites }),
  };
  if (!trainReadout)
    return {
      ...shared,
      parameters: circuit.parameters.length,
      names: circuit.parameters,
      starts,
      ranges,
      simulator: engine.prepare(circuit, observables),
    };
  const split = withoutConstants(observables);
  const readout = trainableReadout(circuit, split, engine);
  const names = [...circuit.parameters, ...readout.names];
  return {
    ...shared,
    parameters: names.length,
    names,
    starts: new Map([...starts, ...readout.starts.map((value, k) => [circuit.parameters.length + k, value] as const)]),
    ranges: null,
    readout,
    simulator: engine.prepare(circuit, split.observables),
  };
}

function rangeOf(observable: Observable, scale: number): Range {
  const { low, high, exact } = observableRange(observable);
  checkComputable('model.observable', scale * Math.max(high, -low), 'a readout of the size');
  return { low: scale * low, high: scale * high, exact };
}

/** Prepares some rows of a data set, in their order; see {@link bind}. */
export function bindRows(model: Model, { X, features }: Dataset, rows: Int32Array): Inputs {
  return bind(model, takeRows(X, features.length, rows), rows);
}

/**
 * Prepares data points, X row-major points × F.
 *
 * @param rows what row of a data set each point is, for errors.
 * @throws InputError where X has the wrong length, an angle is undefined at a point, or a point is without any amplitude.
 */
export function bind(model: Model, X: Float64Array, rows?: Int32Array): Inputs {
  const { circuit } = model;
  const points = model.inputs === 0 ? 1 : X.length / model.inputs;
  if (!Number.isInteger(points) || (model.inputs === 0 && X.length > 0))
    throw new InputError({
      where: 'X',
      found: counted(X.length, 'value'),
      expected: `points × ${counted(model.inputs, 'feature')}, a whole number of points`,
    });
  const valueAt = (expression: Expression, slot: number, point: number): number => {
    const value = evaluate(expression, X, point * model.inputs);
    if (isUsable(value)) return value;
    throw undefinedAngle(circuit, slot, { X, point, rows });
  };
  const perPoint = circuit.angles.slice(circuit.sharedSlots);
  const offsets = new Float64Array(perPoint.length * points);
  perPoint.forEach(({ offset }, k) => {
    for (let i = 0; i < points; i++) offsets[k * points + i] = valueAt(offset, circuit.sharedSlots + k, i);
  });
  const varying = circuit.angles.flatMap(({ terms }, slot) =>
    terms.filter(({ factor }) => largestInput(factor) >= 0).map(({ factor }) => ({ factor, slot })),
  );
  const factors = new Float64Array(varying.length * points);
  varying.forEach(({ factor, slot }, t) => {
    for (let i = 0; i < points; i++) factors[t * points + i] = valueAt(factor, slot, i);
  });
  const named = rows && { rows };
  if (circuit.source.start === 'zero') return { points, offsets, factors, X, ...named };
  return { points, offsets, factors, X, ...named, amplitudes: amplitudesOf(X, points, circuit) };
}

/** Features as amplitudes, real ones or pairs: padded with zeros, normalised, interleaved. */
function amplitudesOf(X: Float64Array, points: number, { inputs, qubits, source }: Circuit): Float64Array {
  const stride = source.start === 'states' ? 1 : 2;
  const size = 2 * 2 ** qubits;
  const states = new Float64Array(points * size);
  for (let i = 0; i < points; i++) {
    const row = X.subarray(i * inputs, (i + 1) * inputs);
    const length = lengthOf(row);
    if (!(length > 0))
      throw new InputError({
        where: `data point ${i}`,
        found: 'only features that are 0, which are no amplitudes of a state',
        expected: 'at least one that is not 0',
        advice: 'leave the point out or shift it',
      });
    row.forEach((value, k) => {
      states[i * size + stride * k] = value / length;
    });
  }
  return states;
}

/** As Math.hypot, which takes no more numbers than fit on the stack. */
function lengthOf(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  return largest * Math.sqrt(values.reduce((sum, value) => sum + (value / largest) ** 2, 0));
}

/**
 * The angles of all gates at the parameters θ (length P, radians), for an engine.
 *
 * @throws InputError where θ has another length than P or is not finite, or an angle is undefined at θ.
 */
export function batchAt(model: Model, theta: Float64Array, inputs: Inputs): Batch {
  checkParameters('theta', theta, model);
  const { shared, perPoint } = model.angles.at(theta, inputs);
  return {
    points: inputs.points,
    shared,
    perPoint,
    ...(inputs.amplitudes && { amplitudes: inputs.amplitudes }),
    ...(model.readout && { coefficients: weightsAt(model.readout, theta).weights }),
  };
}

/**
 * Outputs f = γ⟨O⟩ at the parameters θ (length P, radians): points × outputs.
 *
 * @throws InputError where θ has another length than P or is not finite, or an angle is undefined at θ.
 */
export function outputs(model: Model, theta: Float64Array, inputs: Inputs): Float64Array {
  return fromExpectations(model, theta, model.simulator.expectations(batchAt(model, theta, inputs)));
}

/** Outputs from the expectation values of the observables, points × outputs, in place. */
export function fromExpectations(model: Model, theta: Float64Array, values: Float64Array): Float64Array {
  if (model.readout) {
    const { biases } = weightsAt(model.readout, theta);
    for (let row = 0; row < values.length; row++) values[row] += biases[row % biases.length];
  }
  return scaled(values, model.scale);
}

/** Multiplies in place. */
function scaled(values: Float64Array, factor: number): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
  return values;
}
