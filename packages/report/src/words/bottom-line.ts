import { type BottomLine, isGapTold, unsettled } from '@qntk/core';
import { counted, formatNumber, formatR2, formatShare, spreadText } from '../format.ts';
import { adviceText, fitsUnlike, withoutAdvice } from './changes.ts';
import { rateText, scaleText } from './settings.ts';

type Evidence = BottomLine['evidence'];
type Basis = BottomLine['basis'];

/** Share of the labels' variance up to which a certified cost is not worth a word. */
const noteworthy = 0.005;

/** What limits, with its figure, and what to change first; what was tried follows where nothing is advised. */
const limits: Record<BottomLine['code'], (evidence: Evidence, basis: Basis) => string> = {
  'no-effect': () =>
    'It cannot learn: parameters or inputs do not reach the readout. Change the readout or the gates before it.',
  'few-points': (found) =>
    `${counted(found['data.train'], 'training point')} ${found['data.train'] === 1 ? 'tells' : 'tell'} nothing of others: more points first.`,
  rate: ({ rate }) => (rate ? `${rateText(rate)} Lower it first.` : ''),
  scale: ({ scale }) => (scale ? scaleText(scale) : ''),
  range: (found, basis) =>
    `Labels out of the readout's range limit it: ${floor(found)}, certainly, mostly for them. ${adviceText(found, basis) || (found.rescaled ? '' : 'Raise the scale γ first.')}`,
  labels: (found) =>
    `Noise of the labels limits it: points with the same inputs have different labels, so that ${floor(found)}, certainly. More features may tell these points apart; no circuit does.`,
  encoding: (found, basis) =>
    `Encoding and readout limit it: behind them ${floor(found)}, certainly, with any number of layers. ${adviceText(found, basis) || (found.richer ? 'Another gate for the features or another readout may go below.' : 'Try another encoding.')}`,
  steps: (found, basis) =>
    `The step budget limits it: ${explained(found.trainR2)}${found.longer ? '' : stillFalling(found.travel)}. ${adviceText(found, basis) || (found.isRatePlanned ? 'Train longer, or at a higher rate, first.' : 'Train longer first.')}`,
  ansatz: (found, basis) => {
    const { trainR2, certifiedShare } = found;
    const cost =
      certifiedShare !== null && certifiedShare > noteworthy
        ? `; encoding and readout cost ${formatShare(certifiedShare)} of the labels' variance for certain and are not known to cost more`
        : '';
    return `The ansatz limits it: ${explained(trainR2)}${cost}. ${adviceText(found, basis) || 'Try another ansatz first.'}`;
  },
  readout: (found, basis) => `The fixed readout limits it: ${explained(found.trainR2)}. ${adviceText(found, basis)}`,
  freedom: (found, basis) =>
    `${fitsUnlike(found)}: it has more freedom than so few points hold. ${adviceText(found, basis)}`,
  points: (found, basis) =>
    `${fitsUnlike(found)}. ${adviceText(found, basis) || 'More points first, or a model with less freedom.'}`,
  initialisation: () =>
    'Results depend on the initialisation: train several and choose by a validation part of the training points.',
  open: openText,
  none: () => 'Nothing stands out that limits it.',
};

function openText(found: Evidence, basis: Basis): string {
  if (isGapTold(found)) return `${fitsUnlike(found)}. What would help is open.`;
  const isTrained = basis === 'measured' || found['verified.testR2'] !== null;
  return isTrained || found.deeper || found.readout || found.longer
    ? 'What limits it most is open. Try another ansatz or encoding.'
    : 'What limits it most this forecast leaves open: a training (--verify) would tell.';
}

/** What no training gets below, in words. */
const floor = ({ certified, certifiedShare }: Evidence): string =>
  `no training error is below ${formatNumber(certified)}${certifiedShare === null ? '' : ` (${formatShare(certifiedShare)} of the labels' variance)`}`;

/** How the training points are fitted where something of them is left. */
const explained = (trainR2: number | null): string =>
  trainR2 === null || trainR2 <= 0
    ? 'it fits the training points no better than a constant'
    : `R² is ${formatR2(trainR2)} on the training points`;

/** Why more steps would help where nobody tried. */
const stillFalling = (travel: number | null): string =>
  travel !== null && travel < 1
    ? `, as its steps turn no angle by much more than ${formatNumber(travel)} rad altogether`
    : ' and the loss is still falling';

const references = {
  constant: 'a constant',
  ridge: 'ridge regression',
  rbf: 'ridge regression with a Gaussian kernel',
} as const;

/** The bottom line of a diagnosis in a few sentences. */
export function bottomLineText(line: BottomLine): string {
  return [expectation(line), limitText(line), reference(line.evidence)].filter((sentence) => sentence !== '').join(' ');
}

/** Its sentence of what limits; changes that may help are told as what they rest on. */
const limitText = ({ code, evidence, changesBasis }: BottomLine): string =>
  [limits[code](evidence, changesBasis).trim(), withoutAdvice(evidence, changesBasis)]
    .filter((sentence) => sentence !== '')
    .join(' ');

/** What to expect of the test points and of new ones: what was trained first, beside it what had been forecast. */
function expectation(line: BottomLine): string {
  const { evidence, basis } = line;
  const r2 = evidence['verified.testR2'] ?? evidence['forecast.testR2'];
  const points = evidence['data.test'];
  if (points === 0) return 'There are no test points: of new data nothing is known.';
  const where = `on the ${counted(points, 'test point')}`;
  if (r2 === null) return `R² ${where} is undefined: of new data little is known.`;
  if (basis === 'measured') {
    const spread = spreadText(evidence.testR2Std);
    return `Trained for real, it has R² ${formatR2(r2)} ${where}${spread && ` (${spread})`}${rightOf(evidence)}${newPoints(evidence)}.${foretold(line)}`;
  }
  if (r2 < unsettled) return `What R² it will have ${where} is not forecast: on its way it is far below 0.`;
  return `Expect R² ${formatR2(r2)} ${where} (${intervalText(evidence)})${rightOf(evidence)}${newPoints(evidence)}.${apartText(evidence)}`;
}

/** Initialisations that deviate by so much differ in what they learn. */
const apart = 0.2;

/** Said where the mean that is forecast stands for networks that differ. */
const apartText = ({ testR2Std: std }: Evidence): string =>
  std !== null && std > apart ? ` Single initialisations deviate from that mean by ${formatR2(std)}.` : '';

/** The interval of a forecast, or why there is none. */
const intervalText = ({ testR2Low: low, testR2High: high }: Evidence): string =>
  low === null || high === null
    ? 'no interval: its Jacobians are too few to tell how far off that is'
    : `${formatR2(low)} to ${formatR2(high)} nine times in ten`;

function rightOf(evidence: Evidence): string {
  const { 'verified.testAccuracy': trained, 'forecast.testAccuracy': forecast } = evidence;
  const share = trained ?? forecast;
  const { testAccuracyLow: fewest, testAccuracyHigh: most } = evidence;
  const range =
    trained !== null || fewest === null || most === null ? '' : ` (${formatShare(fewest)} to ${formatShare(most)})`;
  const constant = evidence['references.constant.testAccuracy'];
  const beside = constant === null ? '' : ` (a constant answer: ${formatShare(constant)})`;
  return share === null ? '' : `, ${formatShare(share)}${range} in the right class${beside}`;
}

/** As the test points are some of many, R² on others is another. */
const newPoints = ({ newR2Low: low, newR2High: high }: Evidence): string =>
  low === null || high === null ? '' : `; on new points like these R² ${formatR2(low)} to ${formatR2(high)}`;

/** What had been forecast of what was trained. */
function foretold({ held, evidence }: BottomLine): string {
  const { 'verified.testR2': trained, 'forecast.testR2': forecast } = evidence;
  if (trained === null || forecast === null) return '';
  if (forecast < unsettled) return ' That was not forecast.';
  const verdict = held === null ? '' : held ? ': it held' : ': a miss';
  return ` Forecast was ${formatR2(forecast)} (${intervalText(evidence)})${verdict}.`;
}

/** R² up to which labels are not predicted; test points from which on that is known. */
const unpredicted = { r2: 0.05, points: 20 } as const;

/** Said where something simpler does better, or may, or where nothing predicts the labels. */
function reference({
  bestReference: best,
  'verified.testR2': trained,
  'forecast.testR2': forecast,
  'data.test': points,
}: Evidence): string {
  const r2 = trained ?? forecast;
  if (!best || r2 === null) return '';
  if (Math.max(best.testR2, r2) <= unpredicted.r2 && points >= unpredicted.points)
    return 'Nor do ridge regression and a Gaussian kernel predict these labels any better than a constant: they may not depend on the features.';
  if (best.testR2 <= r2) return '';
  const name = references[best.name];
  const known = best.comparison === 'worse' ? '' : `; ${counted(points, 'test point')} do not tell which is better`;
  return `${name[0]!.toUpperCase()}${name.slice(1)} needs no quantum computer and has ${formatR2(best.testR2)}${known}.`;
}
