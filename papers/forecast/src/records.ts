import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One run: data set, circuit, initialisation, and its numbers by name. */
export interface Run {
  readonly set: string;
  readonly circuit: number;
  readonly seed: number;
  readonly [figure: string]: unknown;
}

/** One of a file. */
export const keyOf = ({ set, circuit, seed }: Run): string => `${set} ${circuit} ${seed}`;

/** Runs kept in a file, one a line; what is there already is not done again. */
export function resumed(file: string, wanted: readonly Run[], work: (run: Run) => Run): void {
  const known = new Set(runsOf(file).map(keyOf));
  for (const run of wanted) if (!known.has(keyOf(run))) appendFileSync(file, `${JSON.stringify(work(run))}\n`);
}

/** The lines of a file of records; none where it is not there. */
export function runsOf<Line = Run>(file: string): Line[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
