import type { ForecastBasis } from '../cost/commands.ts';
import type { Bare } from './bare.ts';
import type { Forecast, Statistic } from './diagnosis.ts';

type Seeds = Pick<Bare, 'seeds'>;
type Found = Pick<Bare, 'seeds' | 'summary' | 'data'>;

/** What the forecasts of a diagnosis rest on. */
export const forecastBasisOf = ({ seeds }: Seeds): ForecastBasis => seeds[0].forecast.basis;

/** Whether trainings stand beside what was forecast of them; one in the place of a forecast is no second one. */
export const isVerified = (found: Seeds): boolean =>
  forecastBasisOf(found) === 'forecast' && found.seeds.every(({ verified }) => verified);

/** What the scores rest on that are told first: trainings where there are any. */
export const basisOf = (found: Seeds): ForecastBasis => (isVerified(found) ? 'measured' : forecastBasisOf(found));

/** Scores of an initialisation that are told. */
export type ToldScore = 'trainMse' | 'trainR2' | 'testMse' | 'testR2' | 'testAccuracy';

/** A score as it is told first: of the trained networks where it was verified, else as it was forecast. */
export const toldOf = (found: Found, score: ToldScore): Statistic =>
  found.summary[`${isVerified(found) ? 'verified' : 'forecast'}.${score}`];

/** A score of the trainings beside a forecast; null where there are none. */
export const verifiedOf = (found: Found, score: ToldScore): number | null =>
  isVerified(found) ? found.summary[`verified.${score}`].mean : null;

/** R² below which a forecast is not believed: its path goes where the model of the network is of no use. */
export const unsettled = -100;

/** Whether scores are known: they are measured, or forecast where the model of the network is of use. */
export const isForecast = (found: Found): boolean =>
  basisOf(found) === 'measured' || (found.summary['forecast.trainR2'].mean ?? 0) >= unsettled;

interface Ends {
  readonly low: number | null;
  readonly high: number | null;
}

/** Ends of the interval of a score, means over the initialisations; null where there is none. */
export function endsOf(found: Found, score: keyof NonNullable<Forecast['interval']>): Ends {
  const r2 = found.summary[`forecast.${score.startsWith('train') ? 'trainR2' : 'testR2'}`]?.mean ?? 0;
  const intervals = found.seeds.map(({ forecast }) => forecast.interval?.[score]);
  const end = (which: 0 | 1) =>
    r2 >= unsettled && intervals.every((interval) => interval !== undefined)
      ? intervals.reduce((sum, interval) => sum + interval[which], 0) / intervals.length
      : null;
  const ends = { low: end(0), high: end(1) };
  return score === 'testAccuracy' ? aPointApart(found, ends) : ends;
}

/** Ends of the share of right classes: what is told of it is told of points, and one of them more or less is no surprise. */
function aPointApart(found: Found, { low, high }: Ends): Ends {
  const { mean } = found.summary['forecast.testAccuracy'];
  if (low === null || high === null || mean === null) return { low, high };
  const one = 1 / found.data.test;
  return { low: Math.max(0, Math.min(low, mean - one)), high: Math.min(1, Math.max(high, mean + one)) };
}

/** That of the test R², by the names it has as evidence. */
export function intervalOf(found: Found): { readonly testR2Low: number | null; readonly testR2High: number | null } {
  const { low, high } = endsOf(found, 'testR2');
  return { testR2Low: low, testR2High: high };
}

/** That of the share of right classes. */
export function accuracyIntervalOf(found: Found): {
  readonly testAccuracyLow: number | null;
  readonly testAccuracyHigh: number | null;
} {
  const { low, high } = endsOf(found, 'testAccuracy');
  return { testAccuracyLow: low, testAccuracyHigh: high };
}

/** Whether a value is out of an interval, beyond what rounding of a mean leaves; undefined where one of them is not known. */
export function isOutside(
  value: number | null | undefined,
  low: number | null | undefined,
  high: number | null | undefined,
): boolean | undefined {
  if (value == null || low == null || high == null) return undefined;
  const off = rounding * Math.max(1, Math.abs(value));
  return value < low - off || value > high + off;
}

const rounding = 1e-9;

/** Whether the trainings beside a forecast have scores outside of its intervals. */
export function isRefuted(found: Found): boolean {
  const scores = ['trainMse', 'testR2', 'testAccuracy'] as const;
  return scores.some((score) => {
    const { low, high } = endsOf(found, score);
    return isOutside(verifiedOf(found, score), low, high);
  });
}
