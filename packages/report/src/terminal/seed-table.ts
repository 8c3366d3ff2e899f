import type { Estimate, Regime } from '@qntk/core';
import type { SeedRun, summaryOf } from '@qntk/core/dynamics';
import { counted, formatNumber } from '../format.ts';
import type { LongTable } from './table.ts';

/** A line a seed, and below them mean and standard deviation of all. */
export function seedTable(
  seeds: readonly SeedRun[],
  { lambdaMin, kernelChange, loss }: ReturnType<typeof summaryOf>,
): LongTable {
  const head = ['seed', 'λmin', 'kernel change', 'loss', 'ends', 'rate', 'exponent'];
  const row = (index: number) => {
    const run = seeds[index];
    return [
      String(run.seed),
      formatNumber(run.lambdaMin),
      formatNumber(run.kernelChange),
      formatNumber(run.loss),
      endOf(run) ?? 'in rounding',
      estimate(run.rate),
      estimate(run.exponent),
    ];
  };
  const all = [lambdaMin, kernelChange, loss];
  const foot = [
    [`mean of ${seeds.length}`, ...all.map(({ mean }) => formatNumber(mean)), '', '', ''],
    ['± std', ...all.map(({ std }) => formatNumber(Number(std.toPrecision(2)))), '', '', ''],
  ];
  return { head, count: seeds.length, row, foot };
}

const ends: Record<Regime | 'undecided' | 'rounding', readonly [one: string, several: string]> = {
  exponential: ['falls exponentially', 'fall exponentially'],
  sublinear: ['falls as a power of t', 'fall as a power of t'],
  stagnant: ['no longer falls', 'no longer fall'],
  undecided: ['is too short to tell', 'are too short to tell'],
  rounding: ['is rounding too soon to tell', 'are rounding too soon to tell'],
};

/** How the runs end, every one counted: `3 of 4 runs fall exponentially, 1 no longer falls`. */
export function seedHeadline(seeds: readonly SeedRun[]): string {
  const found = seeds.map((run) => endOf(run) ?? 'rounding');
  const parts = (Object.keys(ends) as (keyof typeof ends)[]).flatMap((end) => {
    const count = found.filter((each) => each === end).length;
    return count > 0 ? [{ count, verb: ends[end][count === 1 ? 0 : 1] }] : [];
  });
  parts.sort((a, b) => b.count - a.count);
  const [most, ...others] = parts.map(({ count, verb }, k) =>
    k > 0 ? `${formatNumber(count)} ${verb}` : `${formatNumber(count)} of ${counted(seeds.length, 'run')} ${verb}`,
  );
  return [most, ...others].join(', ');
}

/** An exponent no larger than its uncertainty is that of a power law no more than of an exponential. */
function endOf({ regime, exponent }: SeedRun): Regime | 'undecided' | null {
  return regime === 'sublinear' && exponent && !(exponent.value > exponent.uncertainty) ? 'undecided' : regime;
}

/** Beginning of a sentence on the runs that end so; undefined where none does. */
export function inRuns(seeds: readonly SeedRun[], end: Regime | 'undecided'): string | undefined {
  const count = seeds.filter((run) => endOf(run) === end).length;
  return count > 0 ? `In ${count} of ${counted(seeds.length, 'run')}` : undefined;
}

/** A line on the runs of which neither an exponential nor a power of t can be told; none where all can. */
export function undecidedLines(seeds: readonly SeedRun[]): string[] {
  const undecided = inRuns(seeds, 'undecided');
  return undecided ? [`${undecided} the time is too short to tell an exponential from a power of t.`] : [];
}

/** `12.0 ± 0.3`, the uncertainty to two digits and the value as far as these. */
function estimate(found: Estimate | null): string {
  if (!found) return '–';
  const { value, uncertainty } = found;
  return `${formatNumber(value)} ± ${formatNumber(Number(uncertainty.toPrecision(2)))}`;
}
