import { circuitFacts } from '../circuit/facts.ts';
import { type Selection, selectionSplits } from '../data/folds.ts';
import { circuitsPerPoint } from '../kernel/hardware.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { meanScore, scoresOn } from '../model/scores.ts';
import { fitReferences } from '../references/references.ts';
import { newResults } from './costs.ts';
import { type ChoiceEffect, choiceEffects } from './effects.ts';
import { ranked } from './race.ts';
import type { KernelFigures, Rung, RungResult } from './rung.ts';
import { scoreOf, type ValidationScore } from './score.ts';
import type { Standing } from './standing.ts';

/** A candidate as it enters a race. */
export interface Entrant {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly model: Model;
  readonly rungs: readonly Rung[];
  readonly steps: number;
}

/** What a candidate would take on hardware. */
export interface HardwareCost {
  readonly parameters: number;
  readonly depth: number;
  readonly twoQubitGates: number;
  /** Circuits to run by the parameter-shift rule, each with as many shots as it needs: for the planned training, and for what the race took. */
  readonly circuits: { readonly training: number; readonly judging: number };
}

/** Scores on the test rows, of the candidate trained in full on all training rows: means over its initialisations. */
export interface TestedScores {
  readonly seeds: number;
  /** On the training rows. */
  readonly trainMse: number;
  readonly mse: number;
  readonly r2: number | null;
  readonly accuracy: number | null;
}

export interface ComparedCandidate {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** From 1; null where nothing judged it. */
  readonly rank: number | null;
  /** Candidates that the last rung could not tell from it, the best first, twenty at most. */
  readonly tiedWith: readonly string[];
  /** The rung after which it could not win any more: its R² is `atMost` this, where that of another is `atLeast` so much. */
  readonly left: { readonly rung: Rung; readonly atMost: number; readonly atLeast: number } | null;
  /** What the last rung that judged it said; R² and MSE on training rows that were kept out. */
  readonly forecast: {
    readonly rung: Rung;
    readonly score: ValidationScore;
    readonly accuracy: number | null;
    readonly mse: number;
    readonly steps: number;
  } | null;
  /** What each rung said of it, from the first. */
  readonly rungs: readonly { readonly rung: Rung; readonly score: ValidationScore }[];
  /** What all rungs took, over its initialisations. */
  readonly jacobians: number;
  readonly gradients: number;
  readonly seconds: number;
  readonly cost: HardwareCost;
  /** Means over the initialisations whose Jacobian was taken; null where none was, each where it is undefined for one. */
  readonly kernel: KernelFigures | null;
  readonly verified?: TestedScores;
}

/** A rung of the race, over all candidates that it judged. */
export interface RungSummary {
  readonly rung: Rung;
  readonly judged: number;
  /** How many left after it. */
  readonly left: number;
  readonly jacobians: number;
  readonly gradients: number;
}

/** Which of many models to take, and how sure that is. */
export interface Comparison {
  readonly schema: 2;
  readonly version: string;
  readonly metric: 'r2';
  readonly selection: Selection & { readonly rows: number };
  readonly seeds: number;
  /** The best first. */
  readonly candidates: readonly ComparedCandidate[];
  /** What each rung took and decided, from the first. */
  readonly rungs: readonly RungSummary[];
  /** What each choice of the grid does to the score. */
  readonly choices: readonly ChoiceEffect[];
  /** R² of models that need no quantum computer on the same rows; null where they cannot be fitted. */
  readonly references: Readonly<Record<'constant' | 'ridge' | 'rbf', number | null>>;
  /** Candidates of which no other is better at no more two-qubit gates. */
  readonly pareto: readonly string[];
  readonly winner: {
    readonly name: string;
    readonly test: TestedScores | null;
    /** No circuit behind its encoding has a training MSE below this, with any number of layers; null where none is certified. */
    readonly leastTrainMse: number | null;
  } | null;
  readonly skipped: readonly {
    readonly name: string;
    readonly values: Readonly<Record<string, unknown>>;
    readonly reason: string;
  }[];
  /** Whether every rung could judge whoever could still win. */
  readonly complete: boolean;
}

/** A race that is over, and what was found beside it. */
export interface FinishedRace extends Pick<Comparison, 'version' | 'seeds' | 'references' | 'skipped' | 'complete'> {
  readonly entrants: readonly Entrant[];
  readonly standings: readonly Standing[];
  /** Seconds that the tasks of each took. */
  readonly seconds: readonly number[];
  readonly selection: Selection;
  readonly rows: number;
  /** Of the winner. */
  readonly leastTrainMse: number | null;
  /** Results on the test rows, by candidate: of those that were trained in full. */
  readonly tested: ReadonlyMap<number, readonly RungResult[]>;
}

/** Puts a finished race together. */
export function comparisonOf(race: FinishedRace): Comparison {
  const { entrants, standings, tested, version, seeds, references, skipped, complete, selection, rows } = race;
  const order = ranked(standings);
  const candidates = order.map((k, place) => candidateOf(race, order, k, place));
  const winner = order.find((k) => standings[k].score !== null);
  return {
    schema: 2,
    version,
    metric: 'r2',
    selection: { ...selection, rows },
    seeds,
    candidates,
    rungs: rungSummaries(race),
    choices: choiceEffects(candidates),
    references,
    pareto: paretoOf(candidates),
    winner:
      winner === undefined
        ? null
        : {
            name: entrants[winner].name,
            test: tested.has(winner) ? testedScores(tested.get(winner)!) : null,
            leastTrainMse: race.leastTrainMse,
          },
    skipped,
    complete,
  };
}

function candidateOf(
  { entrants, standings, seconds, tested, rows }: FinishedRace,
  order: readonly number[],
  k: number,
  place: number,
): ComparedCandidate {
  const { name, values, rungs, steps } = entrants[k];
  const { rung, score, judgements, left } = standings[k];
  const last = judgements[judgements.length - 1]?.results ?? [];
  const all = judgements.flatMap((judgement) => newResults(judgement, standings[k].judgements, rungs));
  const sum = (of: (result: RungResult) => number) => all.reduce((total, result) => total + of(result), 0);
  const work = { jacobians: sum(({ jacobians }) => jacobians), gradients: sum(({ gradients }) => gradients) };
  const ties = order.filter((other) => other !== k && isTied(standings[k], standings[other])).slice(0, mostTies);
  return {
    name,
    values,
    rank: score ? place + 1 : null,
    tiedWith: ties.map((other) => entrants[other].name),
    left: left && { ...left, rung: rungs[left.rung] },
    forecast: score && {
      rung: rungs[rung],
      score,
      accuracy: meanScore(last.map(({ accuracy }) => accuracy)),
      mse: meanScore(last.map(({ mse }) => mse)) ?? 0,
      steps,
    },
    rungs: judgements.map(({ rung: at, results }) => ({ rung: rungs[at], score: scoreOf(results, rungs[at]) })),
    ...work,
    seconds: seconds[k],
    cost: hardwareCost(entrants[k], rows, work),
    kernel: meanKernel(all.flatMap(({ kernel }) => kernel ?? [])),
    ...(tested.has(k) && { verified: testedScores(tested.get(k)!) }),
  };
}

const mostTies = 20;

/** Rungs of one kind and length count as one, of whichever optimiser. */
function rungSummaries({ entrants, standings }: FinishedRace): RungSummary[] {
  const summaries = new Map<string, RungSummary & { readonly place: number }>();
  standings.forEach((standing, k) => {
    standing.judgements.forEach((judgement) => {
      const found = newResults(judgement, standing.judgements, entrants[k].rungs);
      const rung = entrants[k].rungs[judgement.rung];
      const key = JSON.stringify(rung);
      const before = summaries.get(key) ?? {
        rung,
        place: judgement.rung,
        judged: 0,
        left: 0,
        jacobians: 0,
        gradients: 0,
      };
      summaries.set(key, {
        ...before,
        judged: before.judged + 1,
        left: before.left + Number(standing.left?.rung === judgement.rung),
        jacobians: found.reduce((sum, { jacobians }) => sum + jacobians, before.jacobians),
        gradients: found.reduce((sum, { gradients }) => sum + gradients, before.gradients),
      });
    });
  });
  // Where time was out some have been judged by the last rung and not by all before it.
  return [...summaries.values()].sort((a, b) => a.place - b.place).map(({ place: _, ...summary }) => summary);
}

/** Whether both came as far, and their intervals have a part in common. */
function isTied(a: Standing, b: Standing): boolean {
  if (!a.score || !b.score || a.left || b.left || a.reached !== b.reached) return false;
  return a.score.interval[0] <= b.score.interval[1] && b.score.interval[0] <= a.score.interval[1];
}

function testedScores(results: readonly RungResult[]): TestedScores {
  return {
    seeds: results.length,
    trainMse: meanScore(results.map(({ trainMse }) => trainMse)) ?? 0,
    mse: meanScore(results.map(({ mse }) => mse)) ?? 0,
    r2: meanScore(results.map(({ r2: value }) => value)),
    accuracy: meanScore(results.map(({ accuracy }) => accuracy)),
  };
}

function meanKernel(found: readonly KernelFigures[]): KernelFigures | null {
  if (found.length === 0) return null;
  return {
    kappa: meanScore(found.map(({ kappa }) => kappa)),
    alignment: meanScore(found.map(({ alignment }) => alignment)),
    effectiveDimension: meanScore(found.map((one) => one.effectiveDimension)),
  };
}

/** A gradient takes the circuits of a Jacobian of all training rows. */
function hardwareCost(
  { model, steps }: Entrant,
  rows: number,
  { jacobians, gradients }: Pick<ComparedCandidate, 'jacobians' | 'gradients'>,
): HardwareCost {
  const { source } = model.circuit;
  const circuits = rows * circuitsPerPoint(model);
  return {
    parameters: model.parameters,
    depth: circuitFacts(source).depth,
    twoQubitGates: source.operations.filter(({ wires }) => wires.length > 1).length,
    circuits: { training: circuits * steps, judging: Math.round(circuits * (jacobians + gradients)) },
  };
}

/** The best at its cost, from cheap to dear; among those that are still in the race. */
function paretoOf(candidates: readonly ComparedCandidate[]): string[] {
  const able = candidates
    .flatMap(({ name, left, forecast, cost }) =>
      left || !forecast ? [] : [{ name, score: forecast.score.mean, gates: cost.twoQubitGates }],
    )
    .sort((a, b) => a.gates - b.gates || b.score - a.score);
  let best = -Infinity;
  return able.flatMap(({ name, score }) => {
    if (score <= best) return [];
    best = score;
    return [name];
  });
}

/** R² of the references on the rows that a selection keeps out, all splits together. */
export function validationReferences(
  dataset: Dataset,
  selection: Selection,
  splitSeed: number,
): Comparison['references'] {
  const splits = selectionSplits(dataset, selection, splitSeed);
  const rows = Int32Array.from(splits.flatMap(({ test }) => [...test]));
  const fits = splits.map(fitReferences);
  const scored = (name: 'constant' | 'ridge' | 'rbf') =>
    fits.some((fit) => fit[name] === null)
      ? null
      : scoresOn(dataset, rows, Float64Array.from(fits.flatMap((fit) => [...fit[name]!]))).r2.value;
  return { constant: scored('constant'), ridge: scored('ridge'), rbf: scored('rbf') };
}
