import { type Complex, complexMatrix, identity, kronecker, order, product } from '../linalg/complex.ts';
import type { Angle } from './angle.ts';

/**
 * One gate as one record. Matrices act on the gate's wires with the first wire as the least significant bit of the
 * index, as qubit q is bit q of a basis index.
 */
interface GateRecord {
  readonly name: string;
  /** Name in OpenQASM. */
  readonly openqasm: string;
  readonly qubits: number;
  /** What a drawing shows on each wire. */
  readonly drawing: readonly string[];
}

/** A gate without an angle. */
export interface FixedGate extends GateRecord {
  readonly kind: 'fixed';
  readonly matrix: Complex;
}

/** exp(−i·angle·generator): everything else about the gate follows from its generator and the generator's eigenvalues. */
export interface RotationGate extends GateRecord {
  readonly kind: 'rotation';
  readonly generator: Complex;
  /** Distinct eigenvalues of the generator, ascending; their differences are the frequencies of the shift rule. */
  readonly spectrum: readonly number[];
  /** Matrix at an angle in radians. */
  matrix(angle: number): Complex;
}

/** A gate of several angles, taken apart into rotations when a circuit is compiled. */
export interface CompositeGate extends GateRecord {
  readonly kind: 'composite';
  readonly angles: number;
  parts(angles: readonly Angle[]): { gate: ElementaryGate; wires: readonly number[]; angle: Angle }[];
}

export type ElementaryGate = FixedGate | RotationGate;
export type Gate = ElementaryGate | CompositeGate;

/** A gate whose name is known to the type, so that editors can list all of them. */
type Named<G extends GateRecord, Name extends string> = G & { readonly name: Name };

const half = Math.SQRT1_2;
const X = complexMatrix([
  [0, 1],
  [1, 0],
]);
const Y = complexMatrix([
  [0, [0, -1]],
  [[0, 1], 0],
]);
const Z = complexMatrix([
  [1, 0],
  [0, -1],
]);

/** A fixed gate of one qubit. */
function single<Name extends string>(
  name: Name,
  label: string,
  rows: Parameters<typeof complexMatrix>[0],
): Named<FixedGate, Name> {
  return { kind: 'fixed', name, openqasm: name, qubits: 1, drawing: [label], matrix: complexMatrix(rows) };
}

/** diag(1, e^{iφ}) as a fixed gate. */
function phase<Name extends string>(name: Name, label: string, angle: number): Named<FixedGate, Name> {
  return single(name, label, [
    [1, 0],
    [0, [Math.cos(angle), Math.sin(angle)]],
  ]);
}

function rotation<Name extends string>(
  name: Name,
  drawing: readonly string[],
  generator: Complex,
  spectrum: readonly number[],
): Named<RotationGate, Name> {
  const projectors = spectrum.map((value) => projector(generator, spectrum, value));
  return {
    kind: 'rotation',
    name,
    openqasm: name,
    qubits: Math.log2(order(generator)),
    drawing,
    generator,
    spectrum,
    matrix(angle) {
      const result = new Float64Array(generator.length);
      projectors.forEach((entries, k) => {
        const cos = Math.cos(angle * spectrum[k]);
        const sin = -Math.sin(angle * spectrum[k]);
        for (let i = 0; i < result.length; i += 2) {
          result[i] += cos * entries[i] - sin * entries[i + 1];
          result[i + 1] += cos * entries[i + 1] + sin * entries[i];
        }
      });
      return result;
    },
  };
}

/** Projector on the eigenspace of `value`: the product of (G − μ)/(value − μ) over the other eigenvalues μ. */
function projector(generator: Complex, spectrum: readonly number[], value: number): Complex {
  const n = order(generator);
  let result = identity(n);
  for (const other of spectrum) {
    if (other === value) continue;
    const factor = generator.map((entry) => entry / (value - other));
    for (let i = 0; i < n; i++) factor[2 * (i * n + i)] -= other / (value - other);
    result = product(result, factor);
  }
  return result;
}

/** exp(−iθP/2) for a product of Paulis, the field's half-angle convention. */
function pauliRotation<Name extends string>(name: Name, label: string, pauli: Complex): Named<RotationGate, Name> {
  const halved = pauli.map((entry) => entry / 2);
  return rotation(name, Array(Math.log2(order(pauli))).fill(label), halved, [-0.5, 0.5]);
}

/** Embeds a matrix where the control, wire 0, is 1; `idle` stands on the diagonal where it is 0. */
function whereControlled(matrix: Complex, idle: number): Complex {
  const n = order(matrix);
  const result = new Float64Array(4 * matrix.length);
  for (let r = 0; r < n; r++) {
    result[2 * (2 * r * 2 * n + 2 * r)] = idle;
    for (let c = 0; c < n; c++) {
      const at = 2 * ((2 * r + 1) * 2 * n + 2 * c + 1);
      result[at] = matrix[2 * (r * n + c)];
      result[at + 1] = matrix[2 * (r * n + c) + 1];
    }
  }
  return result;
}

function controlled<Name extends string>(
  name: Name,
  base: FixedGate,
  drawing = ['●', ...base.drawing],
): Named<FixedGate, Name> {
  const matrix = whereControlled(base.matrix, 1);
  return { kind: 'fixed', name, openqasm: name, qubits: base.qubits + 1, drawing, matrix };
}

function controlledRotation<Name extends string>(name: Name, base: RotationGate): Named<RotationGate, Name> {
  const spectrum = [...new Set([...base.spectrum, 0])].sort((a, b) => a - b);
  return rotation(name, ['●', ...base.drawing], whereControlled(base.generator, 0), spectrum);
}

const x = single('x', 'X', [
  [0, 1],
  [1, 0],
]);
const y = single('y', 'Y', [
  [0, [0, -1]],
  [[0, 1], 0],
]);
const z = single('z', 'Z', [
  [1, 0],
  [0, -1],
]);
const h = single('h', 'H', [
  [half, half],
  [half, -half],
]);
const sx = single('sx', '√X', [
  [
    [0.5, 0.5],
    [0.5, -0.5],
  ],
  [
    [0.5, -0.5],
    [0.5, 0.5],
  ],
]);
const sxdg = single('sxdg', '√X†', [
  [
    [0.5, -0.5],
    [0.5, 0.5],
  ],
  [
    [0.5, 0.5],
    [0.5, -0.5],
  ],
]);
const swap = {
  kind: 'fixed',
  name: 'swap',
  openqasm: 'swap',
  qubits: 2,
  drawing: ['×', '×'],
  matrix: complexMatrix([
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
  ]),
} as const satisfies FixedGate;
const rx = pauliRotation('rx', 'RX', X);
const ry = pauliRotation('ry', 'RY', Y);
const rz = pauliRotation('rz', 'RZ', Z);
/** diag(1, e^{iθ}); the generator is −|1⟩⟨1|. */
const p = rotation('p', ['P'], complexMatrix([[0, 0], [0, -1]]), [-1, 0]); // biome-ignore format: one matrix
const cx = controlled('cx', x);
const cp = controlledRotation('cp', p);
const cry = controlledRotation('cry', ry);

/** U(θ, φ, λ) of OpenQASM: P(φ)·RY(θ)·P(λ), no global phase left over. */
const u = {
  kind: 'composite',
  name: 'u',
  openqasm: 'U',
  qubits: 1,
  angles: 3,
  drawing: ['U'],
  parts: ([theta, phi, lambda]) => [
    { gate: p, wires: [0], angle: lambda },
    { gate: ry, wires: [0], angle: theta },
    { gate: p, wires: [0], angle: phi },
  ],
} as const satisfies CompositeGate;

/** Controlled e^{iγ}·U(θ, φ, λ); the phase becomes P(γ) on the control. */
const cu = {
  kind: 'composite',
  name: 'cu',
  openqasm: 'cu',
  qubits: 2,
  angles: 4,
  drawing: ['●', 'U'],
  parts: ([theta, phi, lambda, gamma]) => [
    { gate: p, wires: [0], angle: gamma },
    { gate: cp, wires: [0, 1], angle: lambda },
    { gate: cry, wires: [0, 1], angle: theta },
    { gate: cp, wires: [0, 1], angle: phi },
  ],
} as const satisfies CompositeGate;

/** Rot(φ, θ, ω) of PennyLane: RZ(ω)·RY(θ)·RZ(φ), which is U(θ, ω, φ) up to a phase. */
const rot = {
  kind: 'composite',
  name: 'rot',
  openqasm: 'rot',
  qubits: 1,
  angles: 3,
  drawing: ['Rot'],
  parts: ([phi, theta, omega]) => [
    { gate: rz, wires: [0], angle: phi },
    { gate: ry, wires: [0], angle: theta },
    { gate: rz, wires: [0], angle: omega },
  ],
} as const satisfies CompositeGate;

const table = [
  x,
  y,
  z,
  h,
  phase('s', 'S', Math.PI / 2),
  phase('sdg', 'S†', -Math.PI / 2),
  phase('t', 'T', Math.PI / 4),
  phase('tdg', 'T†', -Math.PI / 4),
  sx,
  sxdg,
  p,
  rx,
  ry,
  rz,
  u,
  rot,
  cx,
  controlled('cy', y),
  controlled('cz', z, ['●', '●']),
  controlled('ch', h),
  swap,
  controlledRotation('crx', rx),
  cry,
  controlledRotation('crz', rz),
  cp,
  cu,
  pauliRotation('rxx', 'XX', kronecker(X, X)),
  pauliRotation('ryy', 'YY', kronecker(Y, Y)),
  pauliRotation('rzz', 'ZZ', kronecker(Z, Z)),
  controlled('ccx', cx),
  controlled('cswap', swap),
] satisfies readonly Gate[];

/** Name of a gate of the table. */
export type GateName = (typeof table)[number]['name'];

/** Every named gate. Laws in the tests loop over this table. */
export const gates: ReadonlyMap<string, Gate> = new Map(table.map((gate: Gate) => [gate.name, gate]));

/** Number of angles a gate takes. */
export function angleCount(gate: Gate): number {
  return gate.kind === 'composite' ? gate.angles : gate.kind === 'rotation' ? 1 : 0;
}
