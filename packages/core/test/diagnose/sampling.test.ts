import { describe, expect, test } from 'vitest';
import { nineInTen, r2DifferenceError, r2Error } from '../../src/diagnose/sampling.ts';
import { r2 } from '../../src/model/scores.ts';
import { random } from '../../src/random/random.ts';
import { range } from '../helpers/problems.ts';

const scoreOf = (labels: readonly number[], f: readonly number[], outputs = 1) =>
  r2(Float64Array.from(labels), Float64Array.from(f), outputs).value as number;

test("Student's t: scipy.stats.t.ppf(0.95, n), SciPy 1.16", () => {
  const known = [
    [9, 1.833112932656237],
    [19, 1.7291328115213682],
    [100, 1.6602343260853392],
  ] as const;
  for (const [degrees, t] of known) expect(nineInTen(degrees)).toBeCloseTo(t, 5);
});

describe('the error of R² by the points it is taken on', () => {
  const draw = random(3, 1);
  const labels = range(400).map(() => draw.normal());
  const network = labels.map((y) => 0.6 * y + 0.5 * draw.normal());
  const other = labels.map((y) => 0.5 * y + 0.5 * draw.normal());

  /** (n − 1)/n Σ (s_(i) − s̄)², s_(i) without point i: Efron and Stein 1981. */
  function jackknife(scoreWithout: (left: (values: readonly number[]) => number[]) => number): number {
    const scores = labels.map((_, i) => scoreWithout((values) => values.filter((_, k) => k !== i)));
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
    return Math.sqrt(((scores.length - 1) / scores.length) * squares);
  }

  test('is that of leaving each out, also of a difference', () => {
    const alone = jackknife((left) => scoreOf(left(labels), left(network)));
    expect(r2Error({ labels, outputs: 1 }, [network])! / alone).toBeCloseTo(1, 1);
    const both = jackknife((left) => scoreOf(left(labels), left(network)) - scoreOf(left(labels), left(other)));
    expect(r2DifferenceError({ labels, outputs: 1 }, [network], other)! / both).toBeCloseTo(1, 1);
    // What is hard for both does not count.
    expect(r2DifferenceError({ labels, outputs: 1 }, [network], network)).toBe(0);
  });

  test('holds nine times in ten', () => {
    const truth = 1 - (0.4 ** 2 + 0.5 ** 2);
    const held = range(2000).filter(() => {
      const y = range(20).map(() => draw.normal());
      const f = y.map((value) => 0.6 * value + 0.5 * draw.normal());
      return Math.abs(scoreOf(y, f) - truth) <= nineInTen(19) * r2Error({ labels: y, outputs: 1 }, [f])!;
    });
    expect(held.length / 2000).toBeGreaterThan(0.86);
    expect(held.length / 2000).toBeLessThan(0.93);
  });

  test('several outputs count alike, and several networks by their mean', () => {
    const y = range(40).map(() => draw.normal());
    const f = y.map((value) => value + 0.3 * draw.normal());
    const twice = (values: readonly number[]) => values.flatMap((value) => [value, 100 * value]);
    const one = r2Error({ labels: y, outputs: 1 }, [f])!;
    expect(r2Error({ labels: twice(y), outputs: 2 }, [twice(f), twice(f)])).toBeCloseTo(one, 12);
  });

  test('is unknown of few points, and of labels that are all the same', () => {
    expect(r2Error({ labels: range(9), outputs: 1 }, [range(9)])).toBeNull();
    expect(r2Error({ labels: range(20).map(() => 1), outputs: 1 }, [range(20)])).toBeNull();
  });
});
