import { type Cost, inTurn, keeping, nothing, repeated, secondsFor } from './cost.ts';
import {
  eigenCost,
  flowCost,
  gramCost,
  jacobianCost,
  outputsCost,
  type PointCounts,
  pathCost,
  type Sizes,
  spectrumCost,
} from './pieces.ts';

/** Jacobians that a forecast by the flow takes as a rule, and one on the path of L-BFGS. */
const jacobians = { flow: 30, lbfgs: 24 } as const;
/** Those of optimisers that are followed step by step, over √P: the path is about so long, whatever its rate (docs/forecast.md). */
const jacobiansOverRoot = 5;
/** How far apart they are, radians, and Adam's rate where none is given. */
const [apart, usualRate] = [0.3, 0.01];
/** Times at which the frozen kernel is read, its searches for a loss among them. */
const readings = 300;

/** Points of the figure over the plane of two features, and along either of these. */
export const planeSide = 24;
export const planePoints = planeSide ** 2;

/** Of the references: points that they are fitted on at most, and kernels tried; of the certificate: products in all. */
const [mostPoints, kernels, certificate] = [500, 5, 2e8];

/** A training of so many steps. */
export interface TrainWork extends PointCounts {
  readonly steps: number;
  /** Points of a minibatch; all training points where left out. */
  readonly batch?: number | undefined;
}

/** What a diagnosis of one initialisation is asked for. */
export interface DiagnoseWork extends TrainWork {
  /** L-BFGS where left out. */
  readonly optimizer?: string | undefined;
  readonly rate?: number | undefined;
  readonly tolerance?: number | undefined;
  /** Jacobians for the forecast on the optimiser's path, at most. */
  readonly jacobians?: number | undefined;
  readonly verify: boolean;
  /** What the forecast rests on; `cheaperBasis` where left out. */
  readonly basis?: ForecastBasis | undefined;
}

/** What is said of a training rests on a forecast, or on that training itself. */
export type ForecastBasis = 'forecast' | 'measured';

/** What a forecast is made from; without parameters, from a kernel. */
export interface PredictWork {
  readonly rows: number;
  readonly others: number;
  readonly parameters?: number;
}

/** What a comparison asks of a candidate: a forecast from so many Jacobians, a training of so many iterations, or neither. */
export interface CompareWork {
  readonly train: number;
  readonly splits: number;
  readonly steps: number;
  readonly jacobians: number;
  readonly iterations: number;
  /** Points of a minibatch; all rows of a split where left out. */
  readonly batch?: number | undefined;
}

/** The stages of a diagnosis of one initialisation, one after the other; what is found first is kept. */
export function diagnoseStages(sizes: Sizes, work: DiagnoseWork): Record<'frozen' | 'forecast' | 'verify', Cost> {
  const { train, test, verify, basis = cheaperBasis(sizes, work) } = work;
  const [rows, others, P] = [train * sizes.outputs, test * sizes.outputs, sizes.parameters];
  const n = Math.min(rows, P);
  const first = jacobianCost(sizes, train + test);
  return {
    frozen: keeping(
      first,
      spectrumCost(rows, P),
      product(others, P, n),
      product(readings, n, 1),
      product(98, n, rows + others),
    ),
    forecast: basis === 'measured' ? commandCosts.train(sizes, work) : forecastCost(sizes, work),
    // A training that was measured in the place of a forecast is the one that verifies.
    verify: verify && basis === 'forecast' ? commandCosts.train(sizes, work) : nothing,
  };
}

function forecastCost(sizes: Sizes, work: DiagnoseWork): Cost {
  const { train, test, tolerance, steps, batch, jacobians: most = Infinity } = work;
  if (tolerance !== undefined) return flowCost(sizes, { train, test }, jacobians.flow);
  // A step of minibatches takes f̂ and Ĵᵀr apart.
  const evaluated = batch === undefined ? steps : 2 * steps;
  return pathCost(sizes, { train, test }, Math.min(most, jacobiansOf(sizes, work)), evaluated);
}

/** Jacobians that a path takes about, where nobody asks for fewer: no more than Adam's steps, of a rate at most an angle, can be long. */
function jacobiansOf({ parameters }: Sizes, { optimizer = 'lbfgs', rate, steps }: DiagnoseWork): number {
  if (optimizer === 'lbfgs') return jacobians.lbfgs;
  const root = Math.sqrt(parameters);
  const longest = optimizer === 'adam' ? ((rate ?? usualRate) * root * steps) / apart : Infinity;
  return 2 + Math.min(jacobiansOverRoot * root, longest, steps);
}

/** Gradients of a training by L-BFGS that rank circuits at least as well as a forecast on models, and those from which on more hardly help. */
const ofBeginning = { least: 40, most: 100 } as const;

/**
 * Gradients of a training by L-BFGS that cost as much as its forecast on models, as many as are worth taking; undefined where they are too few
 * to rank as well (docs/forecast.md).
 */
export function gradientsInstead(sizes: Sizes, { train, test, steps }: TrainWork): number | undefined {
  const models = pathCost(sizes, { train, test }, jacobians.lbfgs, steps);
  const count = Math.floor(secondsFor(models) / secondsFor(gradientCost(sizes, train)));
  return count < ofBeginning.least ? undefined : Math.min(count, ofBeginning.most);
}

/** What the vectors of an optimiser, and code that is compiled on the way, add to a gradient, as calls: all together. */
const callsOfGradient = 3;

const gradientCost = (sizes: Sizes, points: number): Cost => ({
  ...jacobianCost(sizes, points),
  calls: callsOfGradient,
});

/** Seconds that a forecast may cost less than the training that it foretells: what is measured is worth more, and needs less code. */
const worthForecasting = 0.05;
/** Seconds from which a training is forecast in any case: of many points of few features a forecast takes less than its cost says. */
const longTraining = 1;

/**
 * Whether a diagnosis forecasts a training or trains: what is cheaper, the same for all initialisations. Where a forecast is asked
 * for, by its Jacobians or its tolerance, it is a forecast.
 */
export function cheaperBasis(sizes: Sizes, work: DiagnoseWork): ForecastBasis {
  if (work.jacobians !== undefined || work.tolerance !== undefined) return 'forecast';
  const [training, forecast] = [commandCosts.train(sizes, work), forecastCost(sizes, work)].map(secondsFor);
  return training <= Math.min(forecast + worthForecasting, longTraining) ? 'measured' : 'forecast';
}

/** Records of a training, of which each has the outputs on test points. */
const records = 100;

/** What each command takes, at most where data decide: one entry a command. */
export const commandCosts = {
  /** One initialisation; what all share is negligible. */
  diagnose(sizes: Sizes, work: DiagnoseWork): Cost {
    const { frozen, forecast, verify } = diagnoseStages(sizes, work);
    return keeping(frozen, inTurn(forecast, verify), outputsCost(sizes, planePoints));
  },

  /** What a diagnosis says without any initialisation: the certificate, whose operations are bounded, and references. */
  limit({ train }: Pick<PointCounts, 'train'>): Cost {
    const n = Math.min(train, mostPoints);
    return keeping(repeated(eigenCost(n), kernels), { ...nothing, products: certificate });
  },

  /** A rung of a comparison for one initialisation: what it takes on every split of the training rows. */
  compare(sizes: Sizes, { train, splits, steps, jacobians, iterations, batch }: CompareWork): Cost {
    const validation = Math.ceil(train / splits);
    const rows = { train: Math.max(1, train - validation), test: validation };
    const frozen = keeping(jacobianCost(sizes, train), spectrumCost(train * sizes.outputs, sizes.parameters));
    return keeping(
      frozen,
      jacobians > 0 ? repeated(pathCost(sizes, rows, jacobians, steps), splits) : nothing,
      iterations > 0 ? repeated(commandCosts.train(sizes, { ...rows, steps: iterations, batch }), splits) : nothing,
    );
  },

  /** A training: by block a Jacobian a step, which nothing keeps, and outputs at its records. */
  train(sizes: Sizes, { train, test, steps, batch = train }: TrainWork): Cost {
    const recorded = Math.min(steps, records);
    const work = keeping(
      repeated(gradientCost(sizes, Math.min(batch, train)), 1.1 * steps),
      repeated(outputsCost(sizes, test), recorded),
      batch < train ? repeated(jacobianCost(sizes, train), recorded) : nothing,
    );
    return { ...work, bytes: 2 ** 26 + 8 * recorded * ((train + test) * sizes.outputs + sizes.parameters) };
  },

  /** Jacobian and kernel of all rows as they are written to a file. */
  kernel(sizes: Sizes, points: number): Cost {
    const rows = points * sizes.outputs;
    return keeping(jacobianCost(sizes, points), spectrumCost(rows, sizes.parameters), {
      ...gramCost(rows, sizes.parameters),
      bytes: rows > 4096 ? 0 : 8 * rows * rows,
    });
  },

  /** A forecast from a kernel of so many rows, or from a Jacobian of them, with that of other rows. */
  predict({ rows, others, parameters }: PredictWork): Cost {
    const order = Math.min(rows, parameters ?? rows);
    return keeping(
      parameters === undefined ? eigenCost(rows) : spectrumCost(rows, parameters),
      product(others, parameters ?? rows, order),
      product(readings, order, 1),
    );
  },
} as const;

function product(m: number, k: number, n: number): Cost {
  return { ...nothing, products: m * k * n, bytes: 8 * m * n };
}
