import { apply, constant, type Expression } from '../../circuit/expression.ts';
import { controlledPhase, controlledRotation, controlledX, type Sink } from './controls.ts';
import { halved, negated, scaledBy } from './scaling.ts';

type Wires = readonly number[];
type Angles = readonly Expression[];

/** A gate that is not made of others: everything the language has comes down to these. */
export interface Primitive {
  readonly kind: 'primitive';
  readonly name: string;
  readonly qubits: number;
  readonly parameters: number;
  /** The gate under controls (none or more) that all have to be 1, as gates of the gate table. */
  lower(controls: Wires, wires: Wires, angles: Angles, out: Sink): void;
  /** The k-th power by its principal branch, undefined where that takes a matrix. */
  power(k: Expression, angles: Angles): { primitive: Primitive; angles: Angles } | undefined;
}

/** exp(iθG): powers scale the angle. */
function rotation(
  name: string,
  qubits: number,
  lower: (c: Wires, w: Wires, angle: Expression, out: Sink) => void,
): Primitive {
  const gate: Primitive = {
    kind: 'primitive',
    name,
    qubits,
    parameters: 1,
    lower: (controls, wires, [angle], out) => lower(controls, wires, angle, out),
    power: (k, [angle]) => ({ primitive: gate, angles: [scaledBy(k, angle)] }),
  };
  return gate;
}

interface Basis {
  before: (wire: number, out: Sink) => void;
  after: (wire: number, out: Sink) => void;
}

const fixedGates = (before: readonly string[], after: readonly string[]): Basis => ({
  before: (wire, out) => before.map((name) => out.push(name, [wire])),
  after: (wire, out) => after.map((name) => out.push(name, [wire])),
});
const quarter = constant(Math.PI / 4);
const basis = {
  z: fixedGates([], []),
  x: fixedGates(['h'], ['h']),
  y: fixedGates(['sdg', 'h'], ['h', 's']),
  h: {
    before: (wire, out) => out.push('ry', [wire], negated(quarter)),
    after: (wire, out) => out.push('ry', [wire], quarter),
  } satisfies Basis,
};

/** V·P(φ)·V† for a basis change V: what powers of fixed gates of one qubit are. */
function phaseIn({ before, after }: Basis): Primitive {
  return rotation('', 1, (controls, [wire], angle, out) => {
    if (angle.kind === 'number' && angle.value === 0) return;
    before(wire, out);
    controlledPhase(angle, [...controls, wire], out);
    after(wire, out);
  });
}

/** A gate of one qubit with the eigenvalues 1 and e^{iφ}, φ a whole part of ±2π, known by its name while it has few controls. */
function fixed(name: string, phase: number, within: Basis, controlledName?: string): Primitive {
  const powers = phaseIn(within);
  const gate: Primitive = {
    kind: 'primitive',
    name,
    qubits: 1,
    parameters: 0,
    lower(controls, wires, _, out) {
      if (controls.length === 0) out.push(name, wires);
      else if (controls.length === 1 && controlledName) out.push(controlledName, [...controls, ...wires]);
      else if (name === 'x') controlledX(controls, wires[0], out);
      else powers.lower(controls, wires, [constant(phase)], out);
    },
    power(k) {
      if (k.kind === 'number' && Number.isInteger(k.value)) return integerPower(k.value);
      return { primitive: powers, angles: [apply('*', k, phase)] };
    },
  };
  const order = Math.round((2 * Math.PI) / Math.abs(phase));
  function integerPower(k: number) {
    const rest = ((k % order) + order) % order;
    if (rest === 1) return { primitive: gate, angles: [] };
    const signed = rest > order / 2 ? rest - order : rest;
    const inverse = signed === -1 ? inverses[name] : undefined;
    return inverse
      ? { primitive: primitives.get(inverse)!, angles: [] }
      : { primitive: powers, angles: [constant(signed * phase)] };
  }
  return gate;
}

const inverses: Record<string, string | undefined> = Object.assign(Object.create(null), {
  s: 'sdg',
  sdg: 's',
  t: 'tdg',
  tdg: 't',
  sx: 'sxdg',
  sxdg: 'sx',
});

/** swap to a power: an X to that power between two CX, on the space that swap tells apart. */
const swapPower = rotation('', 2, (controls, [a, b], angle, out) => {
  out.push('cx', [b, a]);
  phaseIn(basis.x).lower([...controls, a], [b], [angle], out);
  out.push('cx', [b, a]);
});

const swap: Primitive = {
  kind: 'primitive',
  name: 'swap',
  qubits: 2,
  parameters: 0,
  lower(controls, [a, b], _, out) {
    if (controls.length <= 1) return out.push(controls.length === 0 ? 'swap' : 'cswap', [...controls, a, b]);
    out.push('cx', [b, a]);
    controlledX([...controls, a], b, out);
    out.push('cx', [b, a]);
  },
  power(k) {
    const whole = k.kind === 'number' && Number.isInteger(k.value);
    if (whole && k.value % 2 !== 0) return { primitive: swap, angles: [] };
    return { primitive: swapPower, angles: [whole ? constant(0) : apply('*', k, Math.PI)] };
  },
};

/** exp(−iθ P⊗P/2) from ZZ by a basis change; only the rotation in the middle has to be controlled. */
function pauliPair(name: string, before: readonly string[], after: readonly string[]): Primitive {
  return rotation(name, 2, (controls, [a, b], angle, out) => {
    if (controls.length === 0) return out.push(name, [a, b], angle);
    for (const gate of before) for (const wire of [a, b]) out.push(gate, [wire]);
    out.push('cx', [a, b]);
    controlledRotation('rz', angle, controls, b, out);
    out.push('cx', [a, b]);
    for (const gate of after) for (const wire of [a, b]) out.push(gate, [wire]);
  });
}

/** U(θ, φ, λ) of OpenQASM 3, e^{iθ/2}·P(φ)·RY(θ)·P(λ): the phase counts under controls. */
const U: Primitive = {
  kind: 'primitive',
  name: 'U',
  qubits: 1,
  parameters: 3,
  lower(controls, [wire], [theta, phi, lambda], out) {
    controlledPhase(halved(theta), controls, out);
    if (controls.length === 0) return out.push('u', [wire], theta, phi, lambda);
    controlledPhase(lambda, [...controls, wire], out);
    controlledRotation('ry', theta, controls, wire, out);
    controlledPhase(phi, [...controls, wire], out);
  },
  power(k, [theta, phi, lambda]) {
    if (k.kind !== 'number' || k.value !== -1) return undefined;
    return { primitive: U, angles: [negated(theta), negated(lambda), negated(phi)] };
  },
};

/** The four-parameter controlled U: P(γ) on the control and P(φ)·RY(θ)·P(λ), without U's phase, on the target. */
const cu: Primitive = {
  kind: 'primitive',
  name: 'cu',
  qubits: 2,
  parameters: 4,
  lower(controls, [control, target], [theta, phi, lambda, gamma], out) {
    if (controls.length === 0) return out.push('cu', [control, target], theta, phi, lambda, gamma);
    const all = [...controls, control];
    controlledPhase(gamma, all, out);
    controlledPhase(lambda, [...all, target], out);
    controlledRotation('ry', theta, all, target, out);
    controlledPhase(phi, [...all, target], out);
  },
  power(k, [theta, phi, lambda, gamma]) {
    if (k.kind !== 'number' || k.value !== -1) return undefined;
    return { primitive: cu, angles: [negated(theta), negated(lambda), negated(phi), negated(gamma)] };
  },
};

const rx = rotation('rx', 1, (controls, [wire], angle, out) => {
  if (controls.length <= 1) return out.push(controls.length === 0 ? 'rx' : 'crx', [...controls, wire], angle);
  out.push('h', [wire]);
  controlledRotation('rz', angle, controls, wire, out);
  out.push('h', [wire]);
});

const list: readonly Primitive[] = [
  U,
  cu,
  rotation('gphase', 0, (controls, _, angle, out) => controlledPhase(angle, controls, out)),
  rotation('p', 1, (controls, wires, angle, out) => controlledPhase(angle, [...controls, ...wires], out)),
  rx,
  rotation('ry', 1, (controls, [wire], angle, out) => controlledRotation('ry', angle, controls, wire, out)),
  rotation('rz', 1, (controls, [wire], angle, out) => controlledRotation('rz', angle, controls, wire, out)),
  pauliPair('rxx', ['h'], ['h']),
  pauliPair('ryy', ['sdg', 'h'], ['h', 's']),
  pauliPair('rzz', [], []),
  fixed('x', Math.PI, basis.x, 'cx'),
  fixed('y', Math.PI, basis.y, 'cy'),
  fixed('z', Math.PI, basis.z, 'cz'),
  fixed('h', Math.PI, basis.h, 'ch'),
  fixed('s', Math.PI / 2, basis.z),
  fixed('sdg', -Math.PI / 2, basis.z),
  fixed('t', Math.PI / 4, basis.z),
  fixed('tdg', -Math.PI / 4, basis.z),
  fixed('sx', Math.PI / 2, basis.x),
  fixed('sxdg', -Math.PI / 2, basis.x),
  swap,
];

/** Every gate that is not made of others. */
export const primitives: ReadonlyMap<string, Primitive> = new Map(list.map((gate) => [gate.name, gate]));
