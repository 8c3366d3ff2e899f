import type { Diagnosis } from '@qntk/core';
import { describe, expect, it } from 'vitest';
import type { DrawnPlot } from '../src/figures/plot.ts';
import { formatNumber } from '../src/format.ts';
import { plotsOf } from '../src/sections/figures.ts';
import { colours } from '../src/theme.ts';
import { fakeDiagnosis, singularDiagnosis } from './diagnoses.ts';

type Row = Record<string, unknown>;

function plot(diagnosis: Diagnosis, name: string): DrawnPlot {
  const found = plotsOf(diagnosis).find((one) => 'name' in one && one.name === name);
  if (!found || 'missing' in found) throw new Error(`no figure ${name}`);
  return found;
}

/** All rows of data in a spec, wherever they stand. */
function rowsOf(node: unknown): Row[] {
  if (Array.isArray(node)) return node.flatMap(rowsOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'data' ? (value as { values: Row[] }).values : rowsOf(value),
  );
}

function domain(plot: DrawnPlot, axis: 'x' | 'y'): [number, number] {
  const spec = plot.spec as unknown as { encoding: Record<string, { scale: { domain: [number, number] } }> };
  return spec.encoding[axis].scale.domain;
}

/** Labels that stand inside a figure. */
const labels = (plot: DrawnPlot) => rowsOf(plot.spec).flatMap((row) => (row.label ? [String(row.label)] : []));

describe('what was trained in the place of a forecast', () => {
  const kinds = [
    { features: 1 },
    { features: 2 },
    { features: 2, classes: ['no', 'yes'] },
    { features: 2, classes: ['a', 'b', 'c'] },
  ];
  it.each(kinds)('is called a forecast in no figure, and drawn once: %o', (wanted) => {
    const diagnosis = fakeDiagnosis({ ...wanted, measured: true, verify: true });
    for (const one of plotsOf(diagnosis)) {
      if ('missing' in one) continue;
      const { title, alt, caption, key, spec } = one;
      const texts = [title, alt, caption.text, ...key.map(({ label }) => label), JSON.stringify(spec)];
      for (const text of texts) expect(text).not.toMatch(/forecast/i);
    }
    const names = plot(diagnosis, 'loss').key.map(({ label }) => label);
    expect(names.filter((label) => label.includes('trained network'))).toHaveLength(1);
    const answers = plot(diagnosis, 'test').key.map(({ label }) => label);
    expect(answers.filter((label) => label.includes('trained network')).length).toBeLessThan(2);
  });
});

describe('spectrum', () => {
  it('has every eigenvalue of every initialisation inside its axes', () => {
    const diagnosis = fakeDiagnosis({ seeds: 3 });
    const figure = plot(diagnosis, 'spectrum');
    const drawn = new Set(rowsOf(figure.spec).map((row) => row.y));
    const [low, high] = domain(figure, 'y');
    for (const value of diagnosis.seeds.flatMap((seed) => seed.spectrum)) {
      expect(drawn).toContain(value);
      expect(value).toBeGreaterThan(low);
      expect(value).toBeLessThan(high);
    }
  });

  it('marks the smallest eigenvalue that is learned in time', () => {
    const diagnosis = fakeDiagnosis();
    const { rate, steps } = diagnosis.training;
    const mark = rowsOf(plot(diagnosis, 'spectrum').spec).find((row) => String(row.label).startsWith('learned in '));
    expect(mark?.y).toBeCloseTo(diagnosis.data.train / (rate * steps), 12);
  });

  it('labels that mark on the side where no eigenvalues are', () => {
    const ends = (learnedModes: number) => {
      const whole = fakeDiagnosis();
      const seeds = whole.seeds.map((seed) => ({ ...seed, frozen: { ...seed.frozen, learnedModes } }));
      return JSON.stringify(plot({ ...whole, seeds }, 'spectrum').spec).match(/"align":"(left|right)"/)?.[1];
    };
    expect([9, 2].map(ends)).toEqual(['left', 'right']);
  });

  it('says what its modes hold of these labels', () => {
    const whole = fakeDiagnosis({ seeds: 2 });
    const seeds = whole.seeds.map((seed) => ({
      ...seed,
      curves: { frozen: { steps: [0, 500], trainLoss: [0.5, 0.1], testMse: [] } },
      frozen: { ...seed.frozen, residualMse: 0.05, forecast: { ...seed.frozen.forecast, trainMse: 0.2 } },
    }));
    expect(plot({ ...whole, seeds }, 'spectrum').caption.text).toContain(
      'the frozen kernel removes 80 % in that time, 15 % lies in slower modes, 5 % in none.',
    );
  });

  it('leaves out eigenvalues that are zero', () => {
    const rows = rowsOf(plot(singularDiagnosis(), 'spectrum').spec);
    expect(rows.every((row) => (row.y as number) > 0)).toBe(true);
  });
});

describe('training loss', () => {
  const diagnosis = fakeDiagnosis({ verify: true, adaptive: true, seeds: 3 });
  const figure = plot(diagnosis, 'loss');

  it('covers forecast, frozen kernel and real training', () => {
    expect(figure.key.map(({ label }) => label.split(':')[0])).toEqual([
      'forecast, by the flow',
      'frozen kernel',
      'trained network (L‑BFGS)',
    ]);
    const drawn = new Set(rowsOf(figure.spec).map((row) => row.y));
    for (const { curves, verified } of diagnosis.seeds)
      for (const curve of [curves.frozen, curves.adaptive, verified?.curve])
        expect(drawn).toContain(curve?.trainLoss.at(-1));
  });

  it('marks budget and residual of the frozen kernel, and no step that test labels chose', () => {
    expect(labels(figure)).toEqual(
      expect.arrayContaining(['budget: 500 steps', 'residual of the frozen kernel 1.8·10⁻⁴']),
    );
    expect(labels(figure).join()).not.toContain('best');
  });

  it('shows at the budget where the loss ends, nine times in ten, in units that are trained on', () => {
    const plain = fakeDiagnosis({ seeds: 2 });
    const labels = { means: [5], deviation: 3 };
    const interval = { trainMse: [0.9, 1.8] } as const;
    const seeds = plain.seeds.map((seed) => ({ ...seed, forecast: { ...seed.forecast, interval } }));
    const band = (diagnosis: Diagnosis) => rowsOf(plot(diagnosis, 'loss').spec).find(({ high }) => high !== undefined);
    expect(band(plain)).toBeUndefined();
    expect(band({ ...plain, seeds })).toMatchObject({ x: 500, y: 0.45, high: 0.9 });
    const preparation = { labels } as unknown as Diagnosis['data']['preparation'];
    const scaled = band({ ...plain, seeds, data: { ...plain.data, preparation } });
    expect(scaled?.y).toBeCloseTo(0.05, 12);
    expect(scaled?.high).toBeCloseTo(0.1, 12);
  });

  it('is named by the forecast, not by the frozen kernel', () => {
    const path = fakeDiagnosis({ seeds: 1 });
    const { steps, trainLoss } = path.seeds[0].curves.path!;
    expect(plot(path, 'loss').alt).toContain(
      `The forecast, on the optimiser’s path ends at a loss of ${formatNumber(trainLoss.at(-1)!)} after ${formatNumber(steps.at(-1)!)} steps`,
    );
  });

  it('draws the network where a path has it, and the line of every step to its own end', () => {
    const path = fakeDiagnosis({ seeds: 2 });
    const everyStep = { steps: [0, 1, 500], trainLoss: [0.4, 0.3, 0.123], testMse: [] };
    const seeds = path.seeds.map((seed) => ({ ...seed, curves: { ...seed.curves, everyStep } }));
    const figure = plot({ ...path, seeds }, 'loss');
    const rows = rowsOf(figure.spec);
    for (const { curves } of seeds)
      curves.path!.steps.forEach((x, i) => {
        if (x > 0) expect(rows).toContainEqual({ x, y: curves.path!.trainLoss[i] });
      });
    expect(rows.filter(({ x, line }) => x === 500 && line !== undefined).map(({ y }) => y)).toContain(0.123);
    expect(figure.key.map(({ look }) => look)).toContain('ring');
    expect(figure.caption.text).toContain('that of its model');
    expect(plot(diagnosis, 'loss').key.map(({ look }) => look)).not.toContain('ring');
  });

  it('shows a network’s loss to its end, and of a frozen kernel that falls to rounding only ten decades', () => {
    const plain = fakeDiagnosis({ seeds: 1 });
    const lowest = (frozen: number, path: number) => {
      const curve = (end: number) => ({ steps: [0, 1, 500], trainLoss: [0.5, 0.4, end], testMse: [] });
      const seeds = plain.seeds.map((seed) => ({ ...seed, curves: { frozen: curve(frozen), path: curve(path) } }));
      const drawn = plot({ ...plain, seeds }, 'loss');
      return { low: domain(drawn, 'y')[0], said: drawn.caption.text.includes('beyond the figure') };
    };
    expect(lowest(1e-25, 1e-3)).toMatchObject({ said: true });
    expect(lowest(1e-25, 1e-3).low).toBeGreaterThan(1e-12);
    expect(lowest(0.01, 1e-15)).toMatchObject({ said: false });
    expect(lowest(0.01, 1e-15).low).toBeLessThan(1e-15);
  });

  it('draws the certified limit as a loss, in units that are trained on, its label away from the residual’s', () => {
    const plain = fakeDiagnosis({ seeds: 2 });
    const evidence = {
      certified: 0.09,
      certifiedShare: 0.2,
      basis: 'states',
      'limit.noise': 0,
      'limit.outOfRange': 0,
    } as const;
    const limited: Diagnosis = {
      ...plain,
      verdicts: [...plain.verdicts, { code: 'limit', severity: 'warning', basis: 'certain', evidence }],
    };
    const levelOf = (diagnosis: Diagnosis) =>
      rowsOf(plot(diagnosis, 'loss').spec).find(({ label }) => String(label).startsWith('certified'));
    expect(levelOf(plain)).toBeUndefined();
    expect(levelOf(limited)).toEqual({ y: 0.045, label: 'certified: no training below 0.045' });
    const preparation = { labels: { means: [5], deviation: 3 } } as unknown as Diagnosis['data']['preparation'];
    const scaled = levelOf({ ...limited, data: { ...plain.data, preparation } });
    expect(scaled?.y).toBeCloseTo(0.005, 12);
    const offsets = JSON.stringify(plot(limited, 'loss').spec).match(/"dx":5,"dy":-?\d+/g);
    expect(new Set(offsets)).toEqual(new Set(['"dx":5,"dy":9', '"dx":5,"dy":-8']));
  });

  it('means the mean over the initialisations', () => {
    const last = diagnosis.seeds.map(({ curves }) => curves.frozen.trainLoss.at(-1) as number);
    const rows = rowsOf(figure.spec).map((row) => row.y as number);
    expect(rows.some((y) => Math.abs(y - (last[0] + last[1] + last[2]) / 3) < 1e-9)).toBe(true);
  });
});

describe('losses of exactly zero', () => {
  it('have no place on a logarithmic axis', () => {
    const diagnosis = fakeDiagnosis({ seeds: 1 });
    const [seed] = diagnosis.seeds;
    const frozen = { steps: [0, 1, 10, 100], trainLoss: [0.5, 0.1, 0.01, 0], testMse: [0.5, 0.1, 0, 0.1] };
    const perfect = { ...diagnosis, seeds: [{ ...seed, curves: { frozen } }] };
    const lineRows = (name: string) => rowsOf(plot(perfect, name).spec).filter((row) => row.line !== undefined);
    expect(lineRows('loss').every((row) => (row.x as number) > 0 && (row.y as number) > 0)).toBe(true);
    expect(lineRows('errors').every((row) => (row.x as number) > 0 && (row.y as number) > 0)).toBe(true);
    expect(lineRows('loss').map((row) => row.x)).toContain(10);
  });
});

describe('test points', () => {
  it('has labels, forecast, band and trained network over one feature', () => {
    const diagnosis = fakeDiagnosis({ verify: true, seeds: 2 });
    const rows = rowsOf(plot(diagnosis, 'test').spec);
    const { testX, testY, trainX, trainY } = diagnosis.data;
    testX.forEach((x, i) => {
      expect(rows).toContainEqual({ x, y: testY[i] });
      const [a, b] = diagnosis.seeds.map(({ forecast }) => forecast.test[i]);
      const band = rows.find((row) => row.x === x && row.high !== undefined);
      expect(band?.high).toBeCloseTo((a + b) / 2 + Math.abs(a - b) / Math.SQRT2, 12);
      expect(band?.y).toBeCloseTo((a + b) / 2 - Math.abs(a - b) / Math.SQRT2, 12);
    });
    trainX.forEach((x, i) => {
      expect(rows).toContainEqual({ x, y: trainY[i] });
    });
  });

  it('counts answers of several classes', () => {
    const diagnosis = fakeDiagnosis({ classes: ['a', 'b', 'c'], features: 2, train: 6, test: 30, seeds: 2 });
    const right: Diagnosis = {
      ...diagnosis,
      seeds: diagnosis.seeds.map((seed) => ({ ...seed, forecast: { ...seed.forecast, test: diagnosis.data.testY } })),
    };
    const rows = rowsOf(plot(right, 'test').spec);
    expect(rows).toHaveLength(9);
    for (const row of rows) expect(row.share).toBe(row.label === row.answer ? 1 : 0);
  });

  it('has the labels of two classes in sight where all outputs are alike', () => {
    const whole = fakeDiagnosis({ classes: ['a', 'b'], features: 3, seeds: 1 });
    const seeds = whole.seeds.map((seed) => ({
      ...seed,
      forecast: { ...seed.forecast, test: seed.forecast.test.map(() => 0.04) },
    }));
    expect(domain(plot({ ...whole, seeds }, 'test'), 'y')).toEqual([-1, 1]);
  });

  it('draws every test point of two classes, and against the label where labels are numbers', () => {
    const two = rowsOf(plot(fakeDiagnosis({ classes: ['a', 'b'], features: 2, test: 40 }), 'test').spec);
    expect(two.filter((row) => row.high !== undefined)).toHaveLength(40);
    const numbers = fakeDiagnosis({ features: 2, test: 40 });
    const drawn = rowsOf(plot(numbers, 'test').spec).map((row) => row.x);
    for (const label of numbers.data.testY) expect(drawn).toContain(label);
  });
});

describe('modes', () => {
  it('turn from shade to shade where their share is reached', () => {
    const diagnosis = fakeDiagnosis({ seeds: 1 });
    const weight = diagnosis.training.rate / diagnosis.data.train;
    const rows = rowsOf(plot(diagnosis, 'modes').spec);
    const [lambda] = diagnosis.seeds[0].spectrum.slice(2, 3);
    const third = rows.filter((row) => row.y === 2.5 && row.end !== undefined);
    const starts = third.map((row) => 1 - Math.exp(-weight * lambda * (row.x as number)));
    [0.1, 0.5, 0.9].forEach((share, i) => {
      expect(starts[i]).toBeCloseTo(share, 10);
    });
  });

  it('say how many directions have none', () => {
    const figure = plot(singularDiagnosis(), 'modes');
    expect(figure.caption.text).toContain('3 of 10 directions in label space have no mode');
    expect(labels(figure)).toContain('3 directions without a mode');
  });
});

describe('test points at equal training loss', () => {
  it('has test error against training loss of every kind of curve', () => {
    const diagnosis = fakeDiagnosis({ verify: true, seeds: 2 });
    const rows = rowsOf(plot(diagnosis, 'errors').spec);
    for (const { curves, verified } of diagnosis.seeds)
      for (const curve of [curves.frozen, verified?.curve])
        expect(rows.some((row) => row.x === curve?.trainLoss.at(-1) && row.y === curve?.testMse.at(-1))).toBe(true);
  });
});

describe('the plane of two features', () => {
  /** A network whose output, or whose outputs, are these functions of the place. */
  function onPlane(
    wanted: Parameters<typeof fakeDiagnosis>[0],
    outputs: readonly ((x: number, y: number) => number)[],
  ) {
    const whole = fakeDiagnosis({ features: 2, seeds: 2, ...wanted });
    const grid = Array.from({ length: 8 }, (_, k) => -1.75 + 0.5 * k);
    const plane = { x: grid, y: grid, outputs: grid.flatMap((y) => grid.flatMap((x) => outputs.map((f) => f(x, y)))) };
    const [first, second] = whole.seeds;
    return { ...whole, seeds: [{ ...first, plane }, second] };
  }
  const area = (row: Row) => ((row.end as number) - (row.x as number)) * ((row.top as number) - (row.y as number));

  it('has two classes in their colours, strong far from the line, and every test point in that of its own', () => {
    const diagnosis = onPlane({ classes: ['no', 'yes'], test: 30 }, [(x) => x]);
    const figure = plot(diagnosis, 'plane');
    const cells = rowsOf(figure.spec).filter((row) => row.opacity !== undefined);
    expect(cells.reduce((sum, row) => sum + area(row), 0)).toBeCloseTo(16, 9);
    for (const { x, end, colour, opacity } of cells as { x: number; end: number; colour: string; opacity: number }[]) {
      expect(colour).toBe((x + end) / 2 >= 0 ? colours.forecast : colours.trained);
      if (Math.abs((x + end) / 2) > 1) expect(opacity).toBe(0.52);
      if (end - x === 0.5 && Math.abs(x + end) / 2 < 0.5) expect(opacity).toBe(0.22);
    }
    const marks = rowsOf(figure.spec).filter((row) => row.opacity === undefined);
    expect(marks).toHaveLength(30);
    expect(figure.caption.text).toContain('is forecast to answer');
  });

  it('has borders and names of several classes, and counts what is answered wrongly', () => {
    const classes = ['left', 'right', 'nowhere'];
    const diagnosis = onPlane({ classes, test: 12 }, [(x) => -x, (x) => x, () => -9]);
    const figure = plot(diagnosis, 'plane');
    const rows = rowsOf(figure.spec);
    const borders = rows.filter((row) => row.end !== undefined);
    expect(borders).toHaveLength(8);
    for (const border of borders) expect([border.x, border.end]).toEqual([0, 0]);
    expect([...new Set(rows.flatMap(({ name }) => name ?? []))]).toEqual(['left', 'right']);
    const [seed] = diagnosis.seeds;
    const right = { ...seed, forecast: { ...seed.forecast, test: diagnosis.data.testY } };
    expect(plot({ ...diagnosis, seeds: [right, seed] }, 'plane').caption.text).toContain('Of 12 test points 0 are');
  });

  it('has numbers in shades, with the test points in those of their labels', () => {
    const figure = plot(onPlane({ test: 9 }, [(x) => x]), 'plane');
    const shades = new Set(rowsOf(figure.spec).flatMap(({ opacity }) => (opacity as number) ?? []));
    expect([...shades].every((shade) => [0.1, 0.22, 0.36, 0.52].includes(shade))).toBe(true);
    expect(figure.key.filter(({ look }) => look === 'box')).toHaveLength(4);
  });

  it('is not there without such a plane', () => {
    expect(plotsOf(fakeDiagnosis({ features: 2 })).map(({ title }) => title)).toHaveLength(5);
  });
});
