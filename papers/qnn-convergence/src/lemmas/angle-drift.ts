import { type DenseNetwork, type FiniteRun, generatorOf, norm } from '@qntk/core';

/** How far angles have moved at every time, and how far they can have. */
interface AngleDrift {
  /** max_l |θ_l(t) − θ_l(0)|. */
  readonly largest: Float64Array;
  /** ‖θ(t) − θ(0)‖, at most √p times a bound of the largest. */
  readonly norm: Float64Array;
  /** √2·m‖H‖_F‖M‖_F√L(0)/(pZ)·t, Eq. 72. */
  readonly stated: Float64Array;
  /** Twice as much: Eq. 74 divides ∂L/∂θ by 2m, of which the square's derivative cancels the 2. */
  readonly corrected: Float64Array;
  /** The same with operator norms, which suffice: a factor d below for two-valued H and M. */
  readonly sharper: Float64Array;
}

/** You et al. 2023, Lemma B.3: while outputs change much, every angle moves by O(1/p) and all together by O(1/√p). */
export function angleDrift({ circuit, parameters, strength, inputs }: DenseNetwork, run: FiniteRun): AngleDrift {
  const moved = run.parameters.map((theta) => theta.map((value, l) => value - run.parameters[0][l]));
  const widest = (size: (values: Float64Array) => number) => {
    let most = 0;
    for (let l = 0; l < parameters; l++) most = Math.max(most, size(generatorOf(circuit, l)));
    return most * size(circuit.readout);
  };
  const along = (size: (values: Float64Array) => number) => {
    const speed = (2 * Math.SQRT2 * inputs.count * widest(size) * Math.sqrt(run.loss[0])) / strength;
    return run.times.map((t) => speed * t);
  };
  const corrected = along(norm);
  return {
    largest: Float64Array.from(moved, largestEntry),
    norm: Float64Array.from(moved, norm),
    stated: corrected.map((value) => value / 2),
    corrected,
    sharper: along(largestEntry),
  };
}

function largestEntry(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
