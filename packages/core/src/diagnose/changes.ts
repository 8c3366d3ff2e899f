import type { ModelSpec } from '../model/schema.ts';
import type { Work } from '../progress.ts';
import { isAdvised } from './advice.ts';
import { limitOfScores, nothingTried } from './bottom-line.ts';
import { deeperSpec, type ModelVariants, readoutSpec, rescaledSpec, richerSpec, simplerSpec } from './changed-model.ts';
import {
  type Asking,
  asking,
  type ChangedPlan,
  comparingGroup,
  comparisonOf,
  isAffordable,
  judged,
  type Plan,
  partsAtFirst,
  tooLongOf,
} from './comparison.ts';
import type { Change, Diagnosis, Tried } from './diagnosis.ts';
import { type KeptOut, keepingOut } from './kept-out.ts';
import { type DiagnosisProblem, diagnosisProblem } from './problem.ts';
import { isRefuted } from './told.ts';
import { labelVariance } from './verdicts.ts';

/** Training points from which on something is tried. */
const fewestPoints = 8;

/** Jacobians of a forecast that only has to tell two models apart: one of several, or by itself. */
const jacobians = { ofEveryPart: 8, ofOnePart: 12 } as const;

/** Tries on a diagnosis what would help; without variants of its model what needs none. */
export function* tryingChanges(
  diagnosis: Diagnosis,
  problem: DiagnosisProblem,
  variants: ModelVariants | undefined,
): Work<Tried> {
  const comparing = comparingChanges(diagnosis, problem, variants);
  for (let next = comparing.next(); ; ) {
    if (next.done) return next.value;
    const found: (KeptOut | null)[] = [];
    for (const { plan, dataset, index } of next.value) {
      const { built, options, rate } = plan;
      found.push(yield* keepingOut(diagnosisProblem(built, dataset, options, rate), index));
    }
    next = comparing.next(found);
  }
}

/**
 * Compares changes of a plan with it, by the training points alone: both are trained on three quarters of these and judged on the
 * others, which say, too, which changes are worth a trial. In the basis of the diagnosis; as far as that is cheap beside it.
 *
 * @param numbers - of the initialisations there will be; those of the diagnosis where left out.
 */
export function* comparingChanges(
  diagnosis: Diagnosis,
  problem: DiagnosisProblem,
  variants: ModelVariants | undefined,
  numbers: readonly number[] = diagnosis.seeds.map(({ seed }) => seed),
): Asking<Tried> {
  const variance = labelVariance(problem);
  const limit = limitOfScores(diagnosis, variance);
  const onTraining = limitOfScores(diagnosis, variance, diagnosis.bottomLine.evidence.trainR2 ?? undefined);
  const isForetold = diagnosis.seeds.every(({ curves }) => curves.path || curves.trained) && !isRefuted(diagnosis);
  if (groupsOf(limit).length === 0 || !isForetold || problem.dataset.train.length < fewestPoints) return nothingTried;
  const planned = plannedOf(problem);
  const comparison = comparisonOf(problem, planned, numbers);
  const plansOf = (group: readonly Change[]) =>
    group.flatMap((change) => plansFor(change, planned, diagnosis, variants));
  const likely = [...new Set<Limit>([limit, onTraining])].flatMap((one) => plansOf(groupsOf(one).flat()));
  if (likely.length === 0) return nothingTried;
  if (!isAffordable(comparison, likely)) return { changes: {}, tooLong: tooLongOf(comparison, likely) };
  yield* asking(comparison, [planned], comparison.first);
  const kept = judged(comparison, planned)?.planned;
  if (kept === undefined) return nothingTried;
  let tried = nothingTried;
  for (const group of groupsToTry(limitOfScores(diagnosis, variance, kept), onTraining)) {
    const { changes, tooLong } = yield* comparingGroup(comparison, plansOf(group));
    tried = { changes: { ...tried.changes, ...changes }, tooLong: [...tried.tooLong, ...tooLong] };
    if (Object.values(changes).some(isAdvised)) break;
  }
  return tried;
}

/** The training as planned, with as few Jacobians as tell models apart. */
function plannedOf({ options, model: built, rate, basis, dataset }: DiagnosisProblem): Plan {
  const most = partsAtFirst(dataset) > 1 ? jacobians.ofEveryPart : jacobians.ofOnePart;
  const fewer = basis === 'forecast' && { jacobians: Math.min(most, options.jacobians ?? most) };
  return { built, rate, options: { ...options, basis, verify: false, ...fewer } };
}

type Limit = ReturnType<typeof limitOfScores>;
type Groups = readonly (readonly Change[])[];

/** Changes that may help against what limits, those first that decide whether others are tried. */
function groupsOf(limit: Limit): Groups {
  switch (limit) {
    case 'misfit':
      return [['deeper', 'readout'], ['longer']];
    case 'gap':
      return [['simpler'], ['fewer']];
    case 'encoding':
      return [['richer']];
    case 'range':
      return [['rescaled']];
    default:
      return [];
  }
}

/** The changes against what limits on points that are kept out, those against what the training points leave, and then half of the points. */
function groupsToTry(onKeptOut: Limit, onTraining: Limit): Groups {
  const [first, ...last] = groupsOf(onKeptOut);
  if (!first) return [];
  return [first, ...(onTraining === onKeptOut ? [] : groupsOf(onTraining)), ...last];
}

/** The plan with a change; none where the model has none such. */
function plansFor(
  change: Change,
  planned: Plan,
  { verdicts, training }: Diagnosis,
  variants: ModelVariants | undefined,
): ChangedPlan[] {
  const { options } = planned;
  // Another circuit has another stability limit, which says nothing to optimisers that find their steps themselves.
  const rate = training.rateMeaning === 'none' ? { rate: planned.rate } : {};
  const withModel = (model: ModelSpec | undefined, more: Plan['more'] = {}): ChangedPlan[] =>
    variants && model ? [{ change, options, ...rate, model, built: variants.build(model), more }] : [];
  const spec = variants?.spec;
  switch (change) {
    case 'longer':
      // A forecast of L-BFGS is followed as far as its Jacobians go: what more steps bring is not forecast.
      if (training.rateMeaning === 'none' && options.basis === 'forecast') return [];
      return [{ ...planned, change, options: { ...options, steps: 2 * options.steps } }];
    case 'fewer':
      return [{ ...planned, change, onHalf: true }];
    case 'deeper':
      return withModel(spec && deeperSpec(spec));
    case 'readout':
      return withModel(spec && readoutSpec(spec));
    case 'simpler': {
      const simpler = spec && simplerSpec(spec);
      return withModel(simpler?.spec, simpler && { by: simpler.by });
    }
    case 'richer':
      return withModel(spec && richerSpec(spec));
    case 'rescaled': {
      const rescaled = spec && rescaledSpec(spec, verdicts);
      return withModel(rescaled, rescaled && { scale: rescaled.scale });
    }
  }
}
