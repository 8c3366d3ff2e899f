import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shareInterval, significant } from '../../statistics.ts';
import { table } from '../../table.ts';
import type { Advised } from './advice.ts';
import { recordsOf } from './records.ts';

const halves = ['design', 'held-out'] as const;

/** How often doing what is advised helps on new points, by change and half, and of all that are to be done at once, from the records. */
export function adviceTable(folder: string): string {
  const all = ['adam', 'lbfgs'].flatMap((name) =>
    (['measured', 'forecast'] as const).flatMap((basis) => {
      const file = join(folder, `advised-${name}-${basis}.jsonl`);
      return existsSync(file) ? recordsOf<Advised & { name: string }>(file).map((one) => ({ ...one, basis })) : [];
    }),
  );
  const changes = [...new Set(all.flatMap(({ change }) => change ?? []))].sort();
  const groups = [
    ...changes.map((name) => ({ name, own: all.filter(({ change }) => change === name) })),
    ...['measured', 'forecast'].map((basis) => ({
      name: `all but \`fewer\`, ${basis}`,
      own: all.filter((one) => one.basis === basis && one.change && one.change !== 'fewer'),
    })),
  ];
  const rows = groups.flatMap(({ name, own }) =>
    halves.map((half) => [name, half, ...countsOf(own.filter((one) => one.half === half))]),
  );
  const heads = ['change', 'half', 'advised', 'better', '95 %', 'certainly better', 'certainly worse', 'median of R²'];
  return table(
    heads,
    rows.map((row) => row.map(String)),
  );
}

/** Two standard errors make a gain certain. */
function countsOf(advised: readonly Advised[]): (string | number)[] {
  const gains = advised.flatMap(({ change, gain }) =>
    gain ? [{ ...gain, mean: change === 'fewer' ? -gain.mean : gain.mean }] : [],
  );
  if (gains.length === 0) return [0, '–', '–', '–', '–', '–'];
  const better = gains.filter(({ mean }) => mean > 0).length;
  const [low, high] = shareInterval(better, gains.length).map((end) => Math.round(100 * end));
  const sorted = gains.map(({ mean }) => mean).sort((a, b) => a - b);
  return [
    gains.length,
    better,
    `${low}–${high} %`,
    gains.filter(({ mean, error }) => mean > 2 * error).length,
    gains.filter(({ mean, error }) => mean < -2 * error).length,
    `+${significant(sorted[sorted.length >> 1], 2)}`.replace('+−', '−'),
  ];
}
