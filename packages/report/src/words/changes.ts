import { advisedChange, type BottomLine, type Change, isGapShown, outcomeOf, type TriedChange } from '@qntk/core';
import { formatNumber, formatR2, formatShare } from '../format.ts';

type Evidence = BottomLine['evidence'];
/** What changes rest on. */
type Basis = BottomLine['basis'];

const names = ['longer', 'deeper', 'readout', 'simpler', 'richer', 'rescaled', 'fewer'] as const;

/** Each change, as it follows "with" or "on". */
const phrases: Record<Change, (tried: TriedChange | null) => string> = {
  longer: () => 'with twice the steps',
  deeper: () => 'with twice the layers',
  readout: () => 'with trained weights and a bias of the readout (readout: trainable)',
  simpler: (tried) =>
    tried?.by === 'layers'
      ? 'with half of the layers'
      : 'with each feature encoded once, at the lowest frequency (frequency: low, reupload: false)',
  richer: () => 'with the data encoded again before every layer (reupload: true)',
  rescaled: (tried) => `at γ = ${formatNumber(tried?.scale ?? null)}`,
  fewer: () => 'on half of the training points',
};

/** What to do about it. */
const advice: Record<Change, string> = {
  longer: 'train longer first',
  deeper: 'try more layers first',
  readout: 'change that first',
  simpler: 'change that first',
  richer: 'change that first',
  rescaled: 'raise it first',
  fewer: 'more points first',
};

/** The change that the bottom line advises, with what it brings; nothing where none is advised. */
export function adviceText(evidence: Evidence, basis: Basis): string {
  const change = advisedChange(triedOf(evidence));
  if (!change) return '';
  const tried = evidence[change] as TriedChange;
  return `${sentence(change, tried, basis)}: ${advice[change]}.`;
}

/** What all that was tried and does not help clearly comes to, and what was not tried; nothing where something is advised. */
export function withoutAdvice(evidence: Evidence, basis: Basis): string {
  return advisedChange(triedOf(evidence))
    ? ''
    : [noneHelps(evidence, basis), notTried(evidence)].filter(Boolean).join(' ');
}

function noneHelps(evidence: Evidence, basis: Basis): string {
  const tried = names.flatMap((name) => (evidence[name] ? [{ name, found: evidence[name] }] : []));
  const [first] = tried;
  if (!first) return '';
  if (tried.length === 1)
    return `${sentence(first.name, first.found, basis)}: ${outcomeText(first.name, first.found)}.`;
  const best = mostPromising(tried);
  if (best)
    return `Nothing that was tried is known to help; most promising: ${inSentence(best.name, best.found, basis)}.`;
  const each = tried.map(({ name, found }) => phrases[name](found)).join(', ');
  const none = tried.every(({ found }) => outcomeOf(found) === 'not');
  return none
    ? `Training points that are kept out tell that none of this helps: ${each}.`
    : `Nothing that was tried is known to help: ${each}.`;
}

interface NamedChange {
  readonly name: Change;
  readonly found: TriedChange;
}

/** Of changes that may help the one that adds most; half of the points are tried to see what the others bring. */
function mostPromising(tried: readonly NamedChange[]): NamedChange | undefined {
  const gain = ({ found }: NamedChange) => found.changed - found.planned;
  return tried
    .filter((one) => one.name !== 'fewer' && outcomeOf(one.found) === 'open' && gain(one) > noDifference)
    .sort((a, b) => gain(b) - gain(a))[0];
}

/** What one change that was tried says where it is not advised. */
function outcomeText(name: Change, found: TriedChange): string {
  if (name === 'fewer') return 'whether more points help cannot be told';
  return outcomeOf(found) === 'not' ? 'that does not help' : 'whether that helps cannot be told';
}

/** Differences of R² below this are shown as none. */
const noDifference = 5e-4;

/** How far the difference between plan and change can be trusted. */
function known({ planned, changed, within }: TriedChange): string {
  if (within >= noDifference) return `a difference known within ${formatR2(Number(within.toPrecision(2)))}`;
  return Math.abs(changed - planned) < noDifference ? 'no difference' : 'a difference known within 0.001';
}

function notTried({ tooLong }: Evidence): string {
  if (tooLong.length === 0) return '';
  const each = tooLong.map(
    ({ change, seconds }) => `${phrases[change](null)} (about ${formatNumber(Number(seconds.toPrecision(1)))} s)`,
  );
  return `Not tried, to keep this diagnosis short: ${each.join(', ')}. \`qntk compare\` tries models.`;
}

/** R² with a change in place of that without it, and where; begins a sentence. */
function sentence(change: Change, tried: TriedChange, basis: Basis): string {
  const text = inSentence(change, tried, basis);
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}

function inSentence(change: Change, tried: TriedChange, basis: Basis): string {
  const phrase = phrases[change](tried);
  const { right } = tried;
  const classes = right
    ? `, ${formatShare(right.changed)} in the right class in place of ${formatShare(right.planned)}`
    : '';
  return `${phrase}, R² ${keptOut(tried)} ${is(basis)}${formatR2(tried.changed)} in place of ${formatR2(tried.planned)} (${known(tried)})${classes}`;
}

const is = (basis: Basis): string => (basis === 'measured' ? 'is ' : 'is forecast as ');

/** The points that changes are judged on. */
function keptOut({ points, parts, of, initialisations }: TriedChange): string {
  const which = parts === of ? `each of the ${formatNumber(points)} once` : `${formatNumber(points)} of them`;
  const runs = initialisations === 1 ? '1 initialisation' : `${initialisations} initialisations`;
  return `on training points that are kept out (${which}, ${runs})`;
}

/** The changes that were tried. */
const triedOf = (evidence: Evidence): Parameters<typeof advisedChange>[0] =>
  Object.fromEntries(names.flatMap((name) => (evidence[name] ? [[name, evidence[name]]] : [])));

/** How much better the points that a network is trained on are fitted: than test points or, where these do not show it, those kept out of training. */
export function fitsUnlike(evidence: Evidence): string {
  const { trainR2, 'verified.testR2': trained, 'forecast.testR2': forecast } = evidence;
  const testR2 = trained ?? forecast;
  const tried = evidence.simpler ?? evidence.fewer;
  const others =
    tried && !isGapShown(evidence)
      ? `${formatR2(tried.planned)} on training points that are kept out`
      : `${formatR2(testR2)} on the test points`;
  return `It fits the points that it is trained on far better than others (R² ${formatR2(trainR2)}, and ${others})`;
}
