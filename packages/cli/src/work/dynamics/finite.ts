import { InputError } from '@qntk/core';
import {
  type DynamicsProblem,
  type FiniteSetting,
  finiteTimes,
  type ProblemOptions,
  problemOf,
  requireRoom,
  timeOf,
} from '@qntk/core/dynamics';
import { finiteKind } from '@qntk/study';
import type { Listener, Outcome } from '../../command.ts';
import { type EnsembleOptions, runEnsemble } from './ensemble-run.ts';
import { namingOptions } from './options.ts';

interface Given extends ProblemOptions, EnsembleOptions {
  readonly p: number;
  readonly flow?: boolean;
  readonly time?: number;
  readonly steps?: number;
  readonly rate?: number;
}

/** You et al.'s experiments: 10 000 steps at the rate 10⁻³/p. */
const paper = { steps: 10_000, rate: 1e-3 };

export function run(given: Given, listener: Listener): Promise<Outcome> {
  const setting = namingOptions(() => settingOf(given));
  return runEnsemble(finiteKind, setting, finiteTimes(setting), given, listener);
}

function settingOf(given: Given): FiniteSetting {
  const problem = problemOf(given);
  const setting: FiniteSetting = { ...problem, p: given.p, training: trainingOf(given, problem) };
  requireRoom(setting);
  return setting;
}

function trainingOf({ p, flow, time, steps, rate }: Given, problem: DynamicsProblem): FiniteSetting['training'] {
  const descent = steps !== undefined || rate !== undefined;
  if (!descent) return { method: 'flow', time: timeOf(time, problem) };
  if (flow)
    throw new InputError({
      where: '--flow',
      found: 'with --steps or --rate, which are those of gradient descent',
      expected: 'one of both',
    });
  if (time !== undefined)
    throw new InputError({ where: '--time', found: 'with --steps or --rate', expected: 'it with the flow only' });
  return { method: 'descent', steps: steps ?? paper.steps, rate: rate ?? paper.rate / p };
}
