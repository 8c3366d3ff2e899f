import type { ComparedCandidate, Comparison } from '@qntk/core/compare';
import { counted, formatNumber } from '../format.ts';
import { html } from '../html.ts';
import { colours, dashes, size } from '../theme.ts';
import { rungText } from '../words/comparison.ts';
import { errorBars } from './errorbars.ts';
import { axes, lines, points } from './layers.ts';
import type { Plot } from './plot.ts';

/** Candidates that are drawn, the best. */
const shownCandidates = 300;
/** As far down as R² is counted: no candidate is worth a look there. */
const least = -1;

/** Scores from those of nobody up; what lies below the worst of those that are still there is cut off. */
function scoreAxis(candidates: readonly ComparedCandidate[]) {
  const still = candidates
    .filter(({ left }) => left === null)
    .flatMap(({ rungs }) => rungs.map(({ score }) => score.mean));
  const low = Math.max(least, Math.min(0, ...still) - 0.05);
  return { scale: { domain: [low, 1], nice: false, zero: false }, axis: { title: 'R² on rows that were kept out' } };
}

/** How every candidate went from rung to rung. */
export function racePlot({ candidates, rungs }: Comparison): Plot {
  const title = 'The race';
  const placeOf = new Map(rungs.map(({ rung }, k) => [rungText(rung), k + 1]));
  const judged = candidates.filter((candidate) => candidate.rungs.length > 0).slice(0, shownCandidates);
  const [winner] = judged;
  if (!winner) return { title, missing: 'Nothing was judged in the time that was given.' };
  const path = (candidate: ComparedCandidate) =>
    candidate.rungs.map(({ rung, score }) => ({ x: placeOf.get(rungText(rung))!, y: score.mean }));
  const left = judged.filter((candidate) => candidate.left !== null).map(path);
  const still = judged.filter((candidate) => candidate.left === null && candidate !== winner).map(path);
  const bar = rungs.map((_, k) => ({ x: k + 1, y: barOf(candidates, placeOf, k + 1) })).filter(({ y }) => y > least);
  return {
    name: 'race',
    title,
    caption: html`Every line is a candidate; the table below says what each rung is. It leaves where the upper end of its interval is below the
      dashed line, the best lower end. R² below ${formatNumber(least)} counts as that.
      ${candidates.length > shownCandidates ? `The best ${shownCandidates} of ${formatNumber(candidates.length)} are drawn.` : ''}`,
    alt: `Scores of ${counted(judged.length, 'candidate')} at ${counted(rungs.length, 'rung')}; ${counted(left.length, 'candidate')} left, the first is ${winner.name}.`,
    key: [
      { label: 'the first', colour: colours.trained, look: 'line' },
      { label: 'still there', colour: colours.forecast, look: 'line' },
      { label: 'left', colour: colours.ring, look: 'line' },
      { label: 'the best lower end of an interval', colour: colours.ink, look: 'line', dash: dashes.level },
    ],
    spec: {
      ...size,
      encoding: axes(
        {
          scale: { domain: [0.7, rungs.length + 0.3], nice: false },
          axis: {
            title: 'rung, from the cheap judgement to the dear one',
            grid: false,
            values: rungs.map((_, k) => k + 1),
          },
        },
        scoreAxis(judged),
      ),
      layer: [
        lines(left, { colour: colours.ring, width: 0.8, opacity: 0.5 }),
        lines(still, { colour: colours.forecast, width: 1.1, opacity: 0.7 }),
        lines([bar], { colour: colours.ink, dash: dashes.level }),
        lines([path(winner)], { colour: colours.trained, width: 2.2 }),
        points(path(winner), { colour: colours.trained, shape: 'circle', size: 44, filled: true }),
      ],
    },
  };
}

/** The best lower end where a rung is done: of each candidate by what judged it last, which may be another kind of rung. */
function barOf(candidates: readonly ComparedCandidate[], placeOf: ReadonlyMap<string, number>, place: number): number {
  const ends = candidates.flatMap(({ rungs }) => {
    const last = rungs.findLast(({ rung }) => placeOf.get(rungText(rung))! <= place);
    return last ? [last.score.interval[0]] : [];
  });
  return ends.reduce((a, b) => Math.max(a, b), -Infinity);
}

/** Score against the gates that are dear on hardware, with those of which no other is better at their cost. */
export function scoreCostPlot({ candidates, pareto }: Comparison): Plot {
  const title = 'Score and cost';
  const judged = candidates.flatMap(({ name, forecast, left, cost }) =>
    forecast
      ? [
          {
            name,
            left: left !== null,
            x: cost.twoQubitGates,
            y: forecast.score.mean,
            interval: forecast.score.interval,
          },
        ]
      : [],
  );
  if (judged.length === 0) return { title, missing: 'Nothing was judged in the time that was given.' };
  const shown = judged.slice(0, shownCandidates);
  const still = shown.filter(({ left }) => !left);
  const front = judged.filter(({ name }) => pareto.includes(name)).sort((a, b) => a.x - b.x);
  const most = Math.max(...shown.map(({ x }) => x), 1);
  return {
    name: 'cost',
    title,
    caption: html`On the line are candidates of which no other has a better score at no more two-qubit gates. Bars hold what the whole training would
      score, nine times in ten. R² below ${formatNumber(least)} counts as that.`,
    alt: `Scores of ${counted(shown.length, 'candidate')} against their two-qubit gates; on the front are ${front.map(({ name }) => name).join('; ')}.`,
    key: [
      { label: 'still there', colour: colours.forecast, look: 'dot' },
      { label: 'left', colour: colours.ring, look: 'ring' },
      { label: 'no other is better at its cost', colour: colours.trained, look: 'line', mark: 'diamond' },
    ],
    spec: {
      ...size,
      encoding: axes(
        {
          scale: { domain: [-0.03 * most, 1.05 * most], nice: false },
          axis: { title: 'two-qubit gates', grid: false, tickMinStep: 1 },
        },
        scoreAxis(candidates.slice(0, shownCandidates)),
      ),
      layer: [
        errorBars(still.map(({ x, interval: [low, high] }) => ({ x, low, high }))),
        points(
          shown.filter(({ left }) => left),
          { colour: colours.ring, shape: 'circle', size: 26, filled: false },
        ),
        points(still, { colour: colours.forecast, shape: 'circle', size: 38, filled: true }),
        lines([front], { colour: colours.trained, width: 1.4 }),
        points(front, { colour: colours.trained, shape: 'diamond', size: 60, filled: false }),
      ],
    },
  };
}
