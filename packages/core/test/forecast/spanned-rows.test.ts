import { describe, expect, test } from 'vitest';
import { descent } from '../../src/forecast/descent.ts';
import { replay, usualRadius } from '../../src/forecast/replay.ts';
import { type PathSystem, pathSystem } from '../../src/forecast/system.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bindRows, outputs } from '../../src/model/model.ts';
import { adam } from '../../src/train/adam.ts';
import { difference, seed } from '../helpers/numbers.ts';
import { generatedData, modelOf } from '../helpers/problems.ts';

/** Moons, 100 points to train on, and a model with data at the start: 25 dimensions an output. */
function systems(observable: string | string[]): [few: PathSystem, all: PathSystem] {
  const count = typeof observable === 'string' ? 1 : observable.length;
  const data = generatedData({ source: 'moons', points: 200, train: 0.5, seed: 4 }, count);
  const model = modelOf({ qubits: 4, layers: 4, features: 2, observable });
  const theta0 = initialTheta(model, seed, 0);
  const few = pathSystem(model, data, 'mean', theta0);
  const train = bindRows(model, data, data.train);
  const all: PathSystem = {
    ...few,
    sample: (theta) => ({ theta: theta.slice(), ...jacobian(model, theta, train) }),
    spanned: undefined,
    train: (theta) => outputs(model, theta, train),
  };
  return [few, all];
}

describe.each([
  ['one output', 'Z0'],
  ['two outputs', ['Z0', 'Z1*Z2']],
])('rows as combinations of few: %s', (_, observable) => {
  const [few, all] = systems(observable);

  test('a sample has no more rows than there are dimensions, and all rows follow from it', () => {
    const [some, whole] = [few, all].map((system) => system.sample(system.theta0));
    expect(some.rows).toBeLessThanOrEqual(0.25 * whole.rows);
    expect(difference(few.spanned!.all(some.f), whole.f)).toBeLessThan(1e-11);
    expect(difference(few.spanned!.all(some.J), whole.J)).toBeLessThan(1e-11);
    expect(difference(few.train(few.theta0), all.train(all.theta0))).toBeLessThan(1e-11);
  });

  test('the path of an optimiser is the same', () => {
    const rule = adam({ rate: 0.05 });
    const ends = [few, all].map((system) => {
      const walk = replay(system, { rule, steps: 60 }, { radius: usualRadius });
      for (let next = walk.next(); ; next = walk.next()) if (next.done) return next.value;
    });
    expect(difference(ends[0]!.theta, ends[1]!.theta)).toBeLessThan(1e-6);
    expect(difference(ends[0]!.losses!, ends[1]!.losses!)).toBeLessThan(1e-7);
  });

  test('and that of L-BFGS', () => {
    const ends = [few, all].map((system) => {
      const walk = descent(system, 25, 12);
      for (let next = walk.next(); ; next = walk.next()) if (next.done) return next.value;
    });
    expect(difference(ends[0]!.theta, ends[1]!.theta)).toBeLessThan(1e-6);
  });
});
