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

const flowName = (source: FlowSource, model: ModelName, gamma: number) => `flow: ${source}, ${model}, γ = ${gamma}`;
const trainingName = (model: ModelName, gamma: number) => `L-BFGS: ${model}, γ = ${gamma}`;
const limitName = (frequency: 'low' | 'high', gamma: number) => `limit: ${frequency}, γ = ${gamma}`;

interface FlowCell {
  readonly source: FlowSource;
  readonly model: ModelName;
  readonly gamma: number;
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

function flowCell(source: FlowSource, model: ModelName, gamma: number, runs: readonly FlowResult[]): FlowCell {
  // A flow that comes to rest has fewer records, and stays where it is.
  const { times } = runs.reduce((a, b) => (b.times.length > a.times.length ? b : a));
  const lossAt = ({ loss }: FlowResult, k: number) => Math.max(loss[k] ?? loss.at(-1)!, 1e-32);
  return {
    source,
    model,
    gamma,
    times,
    loss: times.map((_, k) => 10 ** spreadOf(runs.map((run) => Math.log10(lossAt(run, k)))).mean),
    regimes: runs.map(({ regime }) => regime),
    exponents: runs.flatMap(({ exponent }) => exponent ?? []),
    rates: runs.flatMap(({ rate }) => rate ?? []),
  };
}

const endsIn = ({ regimes }: FlowCell, regime: FlowResult['regime']): number =>
  regimes.filter((each) => each === regime).length;

const regimesText = (cell: FlowCell): string =>
  (['exponential', 'sublinear', 'stagnant'] as const).map((regime) => `${endsIn(cell, regime)} ${regime}`).join(', ');

/** The flows that a criterion is about, by ansatz. */
const eachFlow = (
  { flows }: Analysis,
  source: FlowSource,
  at: (gamma: number) => boolean,
  part: (cell: FlowCell) => { readonly holds: boolean; readonly found: string },
): PartFinding[] =>
  fitting.map((name) => {
    const own = flows.filter((cell) => cell.source === source && cell.model === name && at(cell.gamma));
    return {
      name: `${name} on ${source}`,
      holds: own.every((cell) => part(cell).holds),
      found: own.map((cell) => `γ = ${cell.gamma}: ${part(cell).found}`).join(', '),
    };
  });

const trainingOf = ({ trainings }: Analysis, model: ModelName, gamma: number): TrainingCell =>
  trainings.find((cell) => cell.model === model && cell.gamma === gamma)!;

const share = 0.8;
const above = (gamma: number) => gamma >= 1.5;

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'd-gamma-edge',
    where: 'Theorem 3.2 and §4 of You et al. 2023, in this paper’s experiment on moons',
    claim: 'With labels ±1 and a readout between −1 and 1 the loss falls as 1/t².',
    criterion: `At γ = 1, 20 layers, at least four of five flows end sublinearly, and the mean of their exponents is within 0.4 of 2. ${forAll}`,
    judge: (analysis) =>
      joined(
        eachFlow(
          analysis,
          'moons',
          (gamma) => gamma === 1,
          (cell) => {
            const mean = cell.exponents.length > 0 ? spreadOf(cell.exponents) : null;
            return {
              holds:
                endsIn(cell, 'sublinear') >= share * cell.regimes.length &&
                mean !== null &&
                Math.abs(mean.mean - 2) <= 0.4,
              found: `${regimesText(cell)}${mean ? `; exponent ${meanText(mean)}` : ''}`,
            };
          },
        ),
        'Every label is on the edge of the readout, where the kernel vanishes with the residual, however many parameters there are.',
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
          (gamma) => gamma === 1,
          (cell) => ({
            holds: endsIn(cell, 'exponential') >= share * cell.regimes.length,
            found: `${regimesText(cell)}${cell.exponents.length > 0 ? `; exponents ${rangeText(cell.exponents)}` : ''}`,
          }),
        ),
        'Labels reach ±0.98: rates are those of what is left to the edge, a few hundredths.',
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
          eachFlow(analysis, source, above, (cell) => ({
            holds: endsIn(cell, 'exponential') >= share * cell.regimes.length,
            found: regimesText(cell),
          })),
        ),
        'No label is on the edge any more. A stagnant flow has come to what encoding and ansatz cannot fit.',
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
        'Steps along directions whose rates vanish do little.',
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
  const own = flows.filter((cell) => cell.source === source && cell.model === model);
  return panel({
    name: `${source}-${model.startsWith('HEA') ? 'hea' : 'hva'}`,
    title: `Loss of the gradient flow by γ: ${source}, ${model} frequency`,
    caption: 'Geometric mean over the initialisations of L = 1/(2m) Σr²; dashed: a power law 1/t².',
    x: { title: 't = rate · steps', scale: 'logarithmic', from: 0.1 },
    y: { title: 'L', scale: 'logarithmic', from: 1e-14 },
    series: [
      ...own.map(
        ({ gamma, times, loss }, look): Series => ({
          label: `γ = ${gamma}`,
          look,
          line: times.flatMap((x, k) => (x >= 0.1 ? [{ x, y: loss[k]! }] : [])),
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
  },
): DrawnPlot {
  return panel({
    name: drawn.name,
    title: drawn.title,
    caption: `Ising ring, means over the initialisations.${drawn.floors ? ' Dashed: no circuit behind the encoding gets below, certified.' : ''}`,
    x: { title: 'γ', scale: 'linear' },
    y: { title: drawn.axis, scale: 'logarithmic' },
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
    const flows = flowSources.flatMap((source) =>
      fitting.flatMap((model) =>
        gammas.map((scale) => [
          flowName(source, model, scale),
          tasks(flowKind, { ...specOf(source, model, scale), steps: time }, seeds),
        ]),
      ),
    );
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
      flows: flowSources.flatMap((source) =>
        fitting.flatMap((model) =>
          gammas.map((scale) => flowCell(source, model, scale, resultsOf(results, flowName(source, model, scale)))),
        ),
      ),
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
