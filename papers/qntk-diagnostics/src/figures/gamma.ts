import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel, type Series } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type FlowResult, flowKind } from '../kinds/flow.ts';
import { type LimitResult, limitKind } from '../kinds/limit.ts';
import { type NetworkResult, networkKind } from '../kinds/network.ts';
import { digits, meanText, rangeText, type Spread, spreadOf } from '../numbers.ts';
import { floorOf } from '../sweep/depth-figure.ts';
import { forAll, joined, type PartFinding } from '../sweep/judging.ts';
import { frequencies, type ModelName, models, shownSplit, sources, standardSpec } from '../sweep/setting.ts';

/** The Ising ring, whose labels reach ±0.98, and moons with labels ±1. */
const flowSources = ['tfim', 'moons'] as const;
type FlowSource = (typeof flowSources)[number];
/** Those that can fit the labels. */
const fitting = ['HEA, high', 'HVA, high'] as const;

const gridOf = (size: Size) =>
  size === 'full'
    ? { gammas: [1, 1.25, 1.5, 2, 3, 4], layers: 20, seeds: 5, time: 10_000, steps: 500 }
    : { gammas: [1, 2], layers: 3, seeds: 1, time: 100, steps: 40 };

interface FlowSetting {
  readonly source: FlowSource;
  readonly model: ModelName;
  readonly gamma: number;
  readonly layers: number;
}

const flowName = ({ source, model, gamma, layers }: FlowSetting) =>
  `flow: ${source}, ${model}, γ = ${gamma}, ${layers} layers`;

/** Every γ at the depth of the figure; at γ = 1 on the Ising ring also twice as deep. */
const flowsOf = (size: Size): FlowSetting[] => {
  const { gammas, layers } = gridOf(size);
  return [
    ...flowSources.flatMap((source) =>
      fitting.flatMap((model) => gammas.map((gamma) => ({ source, model, gamma, layers }))),
    ),
    ...fitting.map((model) => ({ source: 'tfim', model, gamma: 1, layers: 2 * layers }) as const),
  ];
};

const trainingName = (model: ModelName, gamma: number) => `L-BFGS: ${model}, γ = ${gamma}`;
const limitName = (frequency: 'low' | 'high', gamma: number) => `limit: ${frequency}, γ = ${gamma}`;

interface FlowCell extends FlowSetting {
  readonly times: readonly number[];
  /** Geometric mean over the initialisations. */
  readonly loss: readonly number[];
  readonly regimes: readonly (FlowResult['regime'] | null)[];
  readonly exponents: readonly number[];
  readonly rates: readonly number[];
}

interface TrainingCell {
  readonly model: ModelName;
  readonly gamma: number;
  readonly trainMse: Spread;
  readonly epochs: Spread;
  readonly testR2: Spread;
  readonly error: Spread;
  /** Certified limit of the training MSE. */
  readonly floor: number;
}

interface Analysis {
  readonly flows: readonly FlowCell[];
  readonly trainings: readonly TrainingCell[];
}

/** Of the records of a flow, those that are drawn. */
const drawnOf = 3;

function flowCell(setting: FlowSetting, runs: readonly FlowResult[]): FlowCell {
  // A flow that comes to rest has fewer records, and stays where it is.
  const longest = runs.reduce((a, b) => (b.times.length > a.times.length ? b : a));
  const drawn = longest.times.map((_, k) => k).filter((k) => k % drawnOf === 0);
  const lossAt = ({ loss }: FlowResult, k: number) => Math.max(loss[k] ?? loss.at(-1)!, 1e-32);
  return {
    ...setting,
    times: drawn.map((k) => longest.times[k]!),
    loss: drawn.map((k) => 10 ** spreadOf(runs.map((run) => Math.log10(lossAt(run, k)))).mean),
    regimes: runs.map(({ regime }) => regime),
    exponents: runs.flatMap(({ exponent }) => exponent ?? []),
    rates: runs.flatMap(({ rate }) => rate ?? []),
  };
}

const endsIn = ({ regimes }: FlowCell, regime: FlowResult['regime']): number =>
  regimes.filter((each) => each === regime).length;

const regimesText = (cell: FlowCell): string =>
  (['exponential', 'sublinear', 'stagnant', null] as const)
    .map((regime) => ({ count: endsIn(cell, regime), name: regime ?? 'too short to tell' }))
    .filter(({ count }) => count > 0)
    .map(({ count, name }) => `${count} ${name}`)
    .join(', ');

/** The flows that a criterion is about, by ansatz. */
const eachFlow = (
  { flows }: Analysis,
  source: FlowSource,
  at: (cell: FlowCell) => boolean,
  part: (cell: FlowCell) => { readonly holds: boolean; readonly found: string },
): PartFinding[] =>
  fitting.map((name) => {
    const own = flows.filter((cell) => cell.source === source && cell.model === name && at(cell));
    return {
      name: `${name} on ${source}`,
      holds: own.every((cell) => part(cell).holds),
      found: own.map((cell) => `γ = ${cell.gamma}, ${cell.layers} layers: ${part(cell).found}`).join('; '),
    };
  });

const trainingOf = ({ trainings }: Analysis, model: ModelName, gamma: number): TrainingCell =>
  trainings.find((cell) => cell.model === model && cell.gamma === gamma)!;

const share = 0.8;
/** The depth of the figure, where flows that are deeper stand beside. */
const leastLayers = ({ flows }: Pick<Analysis, 'flows'>): number => Math.min(...flows.map(({ layers }) => layers));
const above = (gamma: number) => gamma >= 1.5;

function sublinear(cell: FlowCell): { readonly holds: boolean; readonly found: string } {
  const exponent = cell.exponents.length > 0 ? spreadOf(cell.exponents) : null;
  const close = exponent !== null && Math.abs(exponent.mean - 2) <= 0.4;
  return {
    holds: close && endsIn(cell, 'sublinear') >= share * cell.regimes.length,
    found: `${regimesText(cell)}${exponent ? `; exponent ${meanText(exponent)}` : ''}`,
  };
}

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'd-gamma-edge',
    where: 'Theorem 3.2 and §4 of You et al. 2023, in this paper’s experiment on moons',
    claim: 'With labels ±1 and a readout between −1 and 1 the loss falls as 1/t².',
    criterion: `At γ = 1, 20 layers, at least four of five flows end sublinearly, and the mean of their exponents is within 0.4 of 2. ${forAll}`,
    judge: (analysis) =>
      joined(
        eachFlow(analysis, 'moons', ({ gamma }) => gamma === 1, sublinear),
        'At γ = 1 no circuit behind the encoding fits all of these labels (d-moons-a-possible): flows come to rest above the certified limit before a law of t shows.',
      ),
  },
  {
    id: 'd-gamma-tfim',
    where: '§1: exponential decay for deep random networks; §2, panels a and b, at γ = 1',
    claim: 'Deep networks train exponentially fast.',
    criterion: `At γ = 1, 20 layers, at least four of five flows on the Ising ring end exponentially. ${forAll}`,
    judge: (analysis) =>
      joined(
        eachFlow(
          analysis,
          'tfim',
          ({ gamma, layers }) => gamma === 1 && layers === leastLayers(analysis),
          (cell) => ({
            holds: endsIn(cell, 'exponential') >= share * cell.regimes.length,
            found: `${regimesText(cell)}${cell.exponents.length > 0 ? `; exponents ${rangeText(cell.exponents)}` : ''}`,
          }),
        ),
        'Labels reach ±0.98, where the kernel is a few hundredths of what it is at the start: up to t = 10⁴ losses fall as powers of t.',
      ),
  },
  {
    id: 'd-gamma-deep',
    where: 'Theorem 3.2 and §4 of You et al. 2023, in this paper’s experiment on the Ising ring',
    claim: 'With labels near ±1 and γ = 1 the loss of deep networks falls as 1/t².',
    criterion: `At γ = 1, 40 layers, at least four of five flows end sublinearly, and the mean of their exponents is within 0.4 of 2. ${forAll}`,
    judge: (analysis) =>
      joined(
        eachFlow(analysis, 'tfim', ({ gamma, layers }) => gamma === 1 && layers > leastLayers(analysis), sublinear),
        '1/t² is the law of the limit of many parameters for labels at the edge; those of ±0.98 leave a rate above 0, which HVA has come to at t = 10⁴.',
      ),
  },
  {
    id: 'd-gamma-restores',
    where: '§4 of You et al. 2023, in this paper’s experiments',
    claim: 'A readout scaled by γ > 1 trains exponentially.',
    criterion: `At every γ from 1.5 on, on both data sets, at least four of five flows end exponentially. ${forAll}`,
    judge: (analysis) =>
      joined(
        flowSources.flatMap((source) =>
          eachFlow(
            analysis,
            source,
            ({ gamma }) => above(gamma),
            (cell) => ({
              holds: endsIn(cell, 'exponential') >= share * cell.regimes.length,
              found: regimesText(cell),
            }),
          ),
        ),
        'HEA on the ring comes to rest at L = 1.4·10⁻⁷ at every γ, exponentially fast (see the picture): f(x + π) = −f(x) binds the two ends of its range. On moons HEA is still near the edge at γ = 1.5.',
      ),
  },
  {
    id: 'd-gamma-epochs',
    where: 'Fig. 1b, beyond',
    claim: 'What takes panel b its epochs, for high frequencies, is the edge of the readout.',
    criterion: `At 20 layers on the Ising ring L-BFGS takes fewer than half as many iterations at γ = 1.5 as at γ = 1, in the mean. ${forAll}`,
    judge: (analysis) =>
      joined(
        fitting.map((name) => {
          const own = analysis.trainings.filter(({ model }) => model === name);
          const [edge, scaled] = [1, own.find(({ gamma }) => above(gamma))!.gamma].map((gamma) =>
            trainingOf(analysis, name, gamma),
          );
          return {
            name,
            holds: scaled!.epochs.mean < edge!.epochs.mean / 2,
            found: own.map(({ gamma, epochs }) => `γ = ${gamma}: ${meanText(epochs)}`).join(', '),
          };
        }),
        'At γ = 1 rates along the labels near ±1 vanish as they are approached, and L-BFGS takes hundreds of iterations for their last digits.',
      ),
  },
  {
    id: 'd-gamma-low',
    where: 'Fig. 1a, beyond',
    claim: 'The error that low frequencies leave is no matter of γ.',
    criterion: `Mean training MSE at each γ within a factor of 2 of that at γ = 1, 20 layers on the Ising ring. ${forAll}`,
    judge: (analysis) =>
      joined(
        (['HEA, low', 'HVA, low'] as const).map((name) => {
          const own = analysis.trainings.filter(({ model }) => model === name);
          const edge = trainingOf(analysis, name, 1).trainMse.mean;
          return {
            name,
            holds: own.every(({ trainMse: { mean } }) => mean <= 2 * edge && mean >= edge / 2),
            found: own
              .map(({ gamma, trainMse, floor }) => `γ = ${gamma}: ${meanText(trainMse)}, limit ${digits(floor)}`)
              .join('; '),
          };
        }),
        'It is the part of the labels outside the functions that the encoding reaches; the certified limit falls with γ only as far as the readout’s range had part in it.',
      ),
  },
];

function flowPanel({ flows }: Analysis, source: FlowSource, model: (typeof fitting)[number]): DrawnPlot {
  const own = flows.filter(
    (cell) => cell.source === source && cell.model === model && cell.layers === leastLayers({ flows }),
  );
  return panel({
    name: `${source}-${model.startsWith('HEA') ? 'hea' : 'hva'}`,
    title: `Loss of the gradient flow by γ: ${source}, ${model} frequency`,
    caption: 'Geometric mean over the initialisations of L = 1/(2m) Σr²; dashed: a power law 1/t².',
    x: { title: 't = rate · steps', scale: 'logarithmic' },
    y: { title: 'L', scale: 'logarithmic', from: 1e-14 },
    series: [
      ...own.map(
        ({ gamma, times, loss }, look): Series => ({
          label: `γ = ${gamma}`,
          look,
          line: times.flatMap((x, k) => (x > 0 ? [{ x, y: loss[k]! }] : [])),
        }),
      ),
      { label: '1/t²', look: 6, theory: true, line: [10, own[0]!.times.at(-1)!].map((x) => ({ x, y: x ** -2 })) },
    ],
  });
}

function trainingPanel(
  { trainings }: Analysis,
  drawn: {
    readonly name: string;
    readonly title: string;
    readonly axis: string;
    readonly of: 'trainMse' | 'epochs';
    readonly floors?: boolean;
    /** Of the axis. */
    readonly from?: number;
  },
): DrawnPlot {
  return panel({
    name: drawn.name,
    title: drawn.title,
    caption: `Ising ring, means over the initialisations.${drawn.floors ? ' Dashed: no circuit behind the encoding gets below, certified. What is at rounding lies under the frame.' : ''}`,
    x: { title: 'γ', scale: 'linear' },
    y: { title: drawn.axis, scale: 'logarithmic', ...(drawn.from !== undefined && { from: drawn.from }) },
    series: models.flatMap(({ name }, look): Series[] => {
      const own = trainings.filter(({ model }) => model === name);
      const certified = own.filter(({ floor }) => floor > 1e-12);
      return [
        { label: name, look, line: own.map((cell) => ({ x: cell.gamma, y: cell[drawn.of].mean })) },
        ...(drawn.floors && name.startsWith('HEA') && certified.length > 0
          ? [{ label: '', look, theory: true, line: certified.map(({ gamma, floor }) => ({ x: gamma, y: floor })) }]
          : []),
      ];
    }),
  });
}

export const gamma: Figure<FlowResult | NetworkResult | LimitResult, Analysis> = {
  id: 'd-gamma',
  paper: 'qntk-diagnostics',
  title: 'The readout scale γ from 1 to 4, and certified limits beside what was trained',
  ensembles(size) {
    const { gammas, layers, seeds, time, steps } = gridOf(size);
    const specOf = (source: FlowSource, model: ModelName, scale: number) => ({
      ...standardSpec(sources[source])(models.find(({ name }) => name === model)!),
      layers,
      split: shownSplit,
      scale,
    });
    const flows = flowsOf(size).map((setting) => {
      const { source, model, gamma: scale, layers: depth } = setting;
      const spec = { ...specOf(source, model, scale), layers: depth, steps: time };
      return [flowName(setting), tasks(flowKind, spec, seeds)];
    });
    const trainings = models.flatMap(({ name }) =>
      gammas.map((scale) => [
        trainingName(name, scale),
        tasks(networkKind, { ...specOf('tfim', name, scale), steps }, seeds),
      ]),
    );
    const limits = frequencies.flatMap((frequency) =>
      gammas.map((scale) => {
        const { data, range, observable } = standardSpec(sources.tfim)({ ansatz: 'hea', frequency });
        const spec = { data, range, observable, scale, frequency };
        return [limitName(frequency, scale), { kind: limitKind, spec, data: undefined, seeds: [shownSplit] }];
      }),
    );
    return Object.fromEntries([...flows, ...trainings, ...limits]);
  },
  analyse(results, size) {
    const { gammas } = gridOf(size);
    return {
      flows: flowsOf(size).map((setting) => flowCell(setting, resultsOf(results, flowName(setting)))),
      trainings: models.flatMap(({ name, frequency }) =>
        gammas.map((scale) => {
          const runs = resultsOf<NetworkResult>(results, trainingName(name, scale));
          const of = (value: (run: NetworkResult) => number) => spreadOf(runs.map(value));
          return {
            model: name,
            gamma: scale,
            trainMse: of(({ trained }) => trained.train.mse),
            epochs: of(({ trained }) => trained.iterations),
            testR2: of(({ trained }) => trained.test.r2),
            error: of(({ kept }) => kept.error),
            floor: floorOf(resultsOf<LimitResult>(results, limitName(frequency, scale))[0]!),
          };
        }),
      ),
    };
  },
  panels: (analysis) => [
    ...flowSources.flatMap((source) => fitting.map((model) => flowPanel(analysis, source, model))),
    trainingPanel(analysis, {
      name: 'error',
      title: 'Training error after L-BFGS, 20 layers',
      axis: 'training MSE',
      of: 'trainMse',
      floors: true,
      from: 1e-8,
    }),
    trainingPanel(analysis, {
      name: 'epochs',
      title: 'Iterations of L-BFGS, 20 layers',
      axis: 'iterations',
      of: 'epochs',
    }),
  ],
  claims,
};
