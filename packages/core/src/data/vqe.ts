import { type Angle, parameter } from '../circuit/angle.ts';
import { compile, type Operation } from '../circuit/circuit.ts';
import type { Observable, PauliTerm } from '../circuit/observable.ts';
import { everyQubit, ring } from '../circuit/wiring.ts';
import { jacobian } from '../kernel/jacobian.ts';
import type { Random } from '../linalg/random.ts';
import { bind, createModel, type Model } from '../model/model.ts';
import type { Engine } from '../simulate/engine.ts';
import { lbfgs } from '../train/lbfgs.ts';
import type { Minimum, Objective } from '../train/objective.ts';
import type { GroundState, IsingRing } from './ising.ts';

/** A ground state as an eigensolver found it. */
export interface VariationalGroundState extends GroundState {
  /** Minimisations from random parameters, the first included. */
  readonly starts: number;
}

/** Two minimisations that end within this share of the energy of one another agree. */
const agreement = 1e-8;

const mostStarts = 30;
const mostSteps = 500;

/**
 * Ground state by a variational eigensolver, as paper D makes its labels.
 *
 * From all spins along the field, layers of exp(−iθZZ/2) on every bond and exp(−iφX/2) on every site, one θ and one φ a
 * layer. ⌈N/2⌉ layers reach the exact ground state at any field (Ho, Hsieh, SciPost Phys. 6, 29, 2019). The energy is
 * minimised by L-BFGS from random angles until the lowest has been found twice.
 */
export function variationalGroundState(chain: IsingRing, engine: Engine, draw: Random): VariationalGroundState {
  const model = eigensolver(chain, engine);
  const inputs = bind(model, new Float64Array(0));
  const energy: Objective = (theta) => {
    const { f, J, columns } = jacobian(model, theta, inputs);
    return { loss: f[0], gradient: J.slice(0, columns) };
  };
  let best: Pick<Minimum, 'theta' | 'loss'> = { theta: new Float64Array(0), loss: Infinity };
  let starts = 0;
  for (let agreed = false; !agreed && starts < mostStarts; starts++) {
    const theta0 = Float64Array.from({ length: model.parameters }, () => draw.uniform(0, 2 * Math.PI));
    const found = lbfgs(energy, theta0, { steps: mostSteps });
    agreed = starts > 0 && Math.abs(found.loss - best.loss) <= agreement * Math.abs(best.loss);
    if (found.loss < best.loss) best = found;
  }
  const { f } = jacobian(model, best.theta, inputs);
  return { energy: f[0], magnetization: f[1], starts };
}

/** The circuit with its two readouts, energy and magnetisation. */
function eigensolver(chain: IsingRing, engine: Engine): Model {
  const { sites, field } = chain;
  const layers = Math.ceil(sites / 2);
  const each = (gate: string, angle?: Angle) =>
    everyQubit(sites).map((wires): Operation => ({ gate, wires, ...(angle && { angles: [angle] }) }));
  const operations = [...each('h'), ...(field < 0 ? each('z') : [])];
  for (let layer = 0; layer < layers; layer++)
    operations.push(
      ...ring(sites).map((wires) => ({ gate: 'rzz', wires, angles: [parameter(2 * layer)] })),
      ...each('rx', parameter(2 * layer + 1)),
    );
  const parameters = Array.from({ length: 2 * layers }, (_, k) => `theta_${k}`);
  const circuit = compile({ qubits: sites, inputs: 0, parameters, start: 'zero', operations });
  return createModel(circuit, [energyOf(chain), magnetizationOf(sites)], 1, engine);
}

function energyOf({ sites, coupling, field }: IsingRing): Observable {
  const bonds = ring(sites).map(([a, b]): PauliTerm => ({ coefficient: -coupling, x: 0, z: (1 << a) | (1 << b) }));
  return { text: 'energy', qubits: sites, terms: [...bonds, ...alongX(sites, -field)] };
}

function magnetizationOf(sites: number): Observable {
  return { text: 'magnetization', qubits: sites, terms: alongX(sites, 1 / sites) };
}

function alongX(sites: number, coefficient: number): PauliTerm[] {
  return Array.from({ length: sites }, (_, q) => ({ coefficient, x: 1 << q, z: 0 }));
}
