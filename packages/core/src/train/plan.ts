import { InputError } from '../errors.ts';
import { didYouMean, shown } from '../wording.ts';
import { optimizerNamed, optimizers } from './optimizers.ts';
import type { Optimizer } from './training.ts';

/** @throws InputError where no optimiser of the table has the name. */
export function checkedOptimizer(name: string): Optimizer {
  const optimizer = optimizerNamed(name);
  if (optimizer) return optimizer;
  const known = optimizers.map((entry) => entry.name);
  throw new InputError({
    where: 'training.optimizer',
    found: shown(name),
    expected: `one of ${known.join(', ')}`,
    ...(typeof name === 'string' && didYouMean(name, known)),
  });
}

/** What training, forecast and diagnosis plan alike, beside the start. */
export interface Plan {
  readonly steps: number;
  /** Points of a minibatch. */
  readonly batch?: number | undefined;
  readonly momentum?: number | undefined;
  /** Of the gradient flow as an optimiser. */
  readonly tolerance?: number | undefined;
}

/** The options that not every optimiser takes, with the name each has in a SPEC or on the command line. */
const special = { batch: 'training.batch', momentum: 'training.momentum', tolerance: 'tolerance' } as const;

/** @throws InputError where steps are no whole number from 0, or an option is not one of the optimiser's or out of its range. */
export function checkPlan({ name, takes }: Optimizer, plan: Plan): void {
  const { steps, momentum } = plan;
  if (!(Number.isInteger(steps) && steps >= 0))
    throw new InputError({ where: 'training.steps', found: shown(steps), expected: 'a whole number from 0' });
  for (const [option, where] of Object.entries(special) as [keyof typeof special, string][]) {
    const given = plan[option];
    if (given === undefined || takes.includes(option)) continue;
    const able = optimizers.filter((other) => other.takes.includes(option)).map((other) => other.name);
    throw new InputError({
      where,
      found: `${shown(given)} with the optimizer ${name}`,
      expected: `none, as only ${able.join(' and ')} ${able.length === 1 ? 'has' : 'have'} one`,
    });
  }
  if (momentum !== undefined && !(momentum >= 0 && momentum < 1))
    throw new InputError({ where: special.momentum, found: shown(momentum), expected: 'from 0 to below 1' });
}
