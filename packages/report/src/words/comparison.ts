import type { ComparedCandidate, Comparison, Method, Rung, ValidationScore, ValueEffect } from '@qntk/core/compare';
import { counted, formatNumber } from '../format.ts';

/** A rung in a word; none: the whole training on the test rows. */
export function rungText(rung?: Rung): string {
  if (rung === undefined) return 'trainings';
  const of = rung.seeds === undefined ? '' : ` of ${counted(rung.seeds, 'initialisation')}`;
  return `${methodText(rung)}${of}`;
}

function methodText(method: Method): string {
  if (method.kind === 'frozen') return 'one Jacobian';
  if (method.kind === 'forecast') return `${method.jacobians} Jacobians`;
  if (method.whole) return 'whole training';
  return `${method.steps} ${method.share === undefined ? 'iterations' : 'steps'}`;
}

/** Why a candidate left. */
function leftText({ atMost, atLeast }: NonNullable<ComparedCandidate['left']>): string {
  return `R² of at most ${formatNumber(atMost)}, where another has at least ${formatNumber(atLeast)}`;
}

/** The document that programs read: rungs and reasons in words. */
export function comparisonDocument(comparison: Comparison) {
  const worded = <Told extends { readonly rung: Rung }>(told: Told) => ({ ...told, rung: rungText(told.rung) });
  return {
    ...comparison,
    rungs: comparison.rungs.map(worded),
    candidates: comparison.candidates.map(({ left, forecast, rungs, ...candidate }) => ({
      ...candidate,
      left: left && { rung: rungText(left.rung), reason: leftText(left) },
      forecast: forecast && worded(forecast),
      rungs: rungs.map(worded),
    })),
  };
}

/** A score with its interval. */
export function scoreText({ mean, interval: [low, high] }: ValidationScore): string {
  return `R² ${formatNumber(mean)} (${formatNumber(low)} to ${formatNumber(high)})`;
}

/** What each choice of the grid does, where the race has told its values apart or could have. */
export function choiceTexts({ choices }: Comparison): string[] {
  return choices.map(({ key, values }) => {
    const label = key.replace(/^model\./, '');
    const [best, worse] = [values.filter((each) => each.best), values.filter((each) => !each.best)];
    const named = (some: readonly ValueEffect[]) => listed(some.map(({ value }) => valueText(value)));
    if (worse.length === 0) return `${label}: ${named(best)} cannot be told apart.`;
    const against = [...worse].sort((a, b) => b.score.mean - a.score.mean)[0];
    const rest = `${worse.length > 1 ? `the best of ${named(worse)}` : valueText(against.value)} has ${scoreText(against.score)}`;
    return `${label}: ${named(best)}${best.length > 1 ? ' cannot be told apart' : ''}; ${rest}.${edgeText(values)}`;
  });
}

/** Where numbers get better up to an end of the grid, it may go on beyond. */
function edgeText(values: readonly ValueEffect[]): string {
  if (values.length < 3 || !values.every(({ value }) => typeof value === 'number')) return '';
  const alone = values.findIndex(({ best }) => best);
  if (values.filter(({ best }) => best).length > 1) return '';
  if (alone === values.length - 1) return ' The grid ends there: more may be better still.';
  return alone === 0 ? ' The grid ends there: less may be better still.' : '';
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

/** A value as YAML would write it in a line, without what is false. */
function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  return Object.entries(value)
    .map(([key, item]) => (item === true ? key : typeof item === 'string' ? item : `${key} ${valueText(item)}`))
    .join(' ');
}
