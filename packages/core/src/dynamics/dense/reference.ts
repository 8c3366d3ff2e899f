import { times } from '../../linalg/complex.ts';
import { type DenseCircuit, type DenseEngine, type DenseSimulator, generatorOf } from './dense.ts';

/** The slow and obvious engine: one state at a time. The fast one is held against it. */
export const denseReference: DenseEngine = { name: 'reference', prepare };

function prepare(circuit: DenseCircuit, states: Float64Array): DenseSimulator {
  const { dimension: d, unitaries, readout } = circuit;
  const m = states.length / (2 * d);
  const p = unitaries.length;
  const start = (j: number) => states.slice(2 * d * j, 2 * d * (j + 1));

  /** ψ behind each phase, and at last behind all. */
  const run = (theta: Float64Array, j: number): Float64Array[] => {
    const all: Float64Array[] = [];
    let psi: Float64Array = start(j);
    for (let l = 0; l < p; l++) {
      psi = phased(psi, generatorOf(circuit, l), theta[l]);
      all.push(psi);
      psi = times(unitaries[l], psi);
    }
    return [...all, psi];
  };
  return {
    outputs: (theta) => Float64Array.from({ length: m }, (_, j) => expectation(readout, run(theta, j)[p])),
    states: (theta) => Float64Array.from(Array.from({ length: m }, (_, j) => [...run(theta, j)[p]]).flat()),
    jacobian(theta) {
      const f = new Float64Array(m);
      const J = new Float64Array(m * p);
      for (let j = 0; j < m; j++) {
        const psi = run(theta, j);
        f[j] = expectation(readout, psi[p]);
        let lambda: Float64Array = psi[p].map((value, i) => readout[i >> 1] * value);
        for (let l = p - 1; l >= 0; l--) {
          lambda = adjointTimes(unitaries[l], lambda);
          J[j * p + l] = derivative(generatorOf(circuit, l), lambda, psi[l]);
          lambda = phased(lambda, generatorOf(circuit, l), -theta[l]);
        }
      }
      return { f, J };
    },
  };
}

/** e^{−iθH}ψ. */
function phased(psi: Float64Array, generator: Float64Array, theta: number): Float64Array {
  const out = new Float64Array(psi.length);
  generator.forEach((h, k) => {
    const c = Math.cos(theta * h);
    const s = Math.sin(theta * h);
    out[2 * k] = c * psi[2 * k] + s * psi[2 * k + 1];
    out[2 * k + 1] = c * psi[2 * k + 1] - s * psi[2 * k];
  });
  return out;
}

/** U†λ. */
function adjointTimes(u: Float64Array, lambda: Float64Array): Float64Array {
  const d = lambda.length / 2;
  const out = new Float64Array(2 * d);
  for (let r = 0; r < d; r++)
    for (let c = 0; c < d; c++) {
      const at = 2 * (r * d + c);
      out[2 * c] += u[at] * lambda[2 * r] + u[at + 1] * lambda[2 * r + 1];
      out[2 * c + 1] += u[at] * lambda[2 * r + 1] - u[at + 1] * lambda[2 * r];
    }
  return out;
}

/** ⟨ψ|M₀|ψ⟩. */
function expectation(readout: Float64Array, psi: Float64Array): number {
  return readout.reduce((sum, value, k) => sum + value * (psi[2 * k] ** 2 + psi[2 * k + 1] ** 2), 0);
}

/** 2·Im⟨λ|H|ψ⟩. */
function derivative(generator: Float64Array, lambda: Float64Array, psi: Float64Array): number {
  const term = (k: number) => lambda[2 * k] * psi[2 * k + 1] - lambda[2 * k + 1] * psi[2 * k];
  return 2 * generator.reduce((sum, h, k) => sum + h * term(k), 0);
}
