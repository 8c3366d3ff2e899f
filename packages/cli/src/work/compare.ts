import { InputError } from '@qntk/core';
import type { Comparison } from '@qntk/core/compare';
import { writeCsv, writeParquet } from '@qntk/formats';
import { comparisonColumns, comparisonDocument, comparisonText, rungText } from '@qntk/report';
import { compare, type Race, raceOf, trainingGradients } from '@qntk/study';
import { stringify } from 'yaml';
import type { Listener, Outcome } from '../command.ts';
import { commandLine } from '../command-line.ts';
import { asJson } from '../json.ts';
import { readCandidates, readGrid } from '../spec/grid.ts';
import { version } from '../version.ts';
import { checkRace, secondsOf } from './race.ts';
import { storeFor } from './records.ts';
import { keptThreadsFor } from './threads.ts';
import { inWords } from './time.ts';

interface Given {
  readonly grid: string;
  readonly verify?: number;
  readonly budget?: { readonly seconds: number } | { readonly share: number };
  readonly out?: string;
  readonly yes?: boolean;
}

/** Candidates that are written out and built; more are no comparison any more. */
const mostCandidates = 100_000;
/** Seconds from which a comparison is begun only where that is asked for. */
const longRun = 600;

export async function run(given: Given, listener: Listener): Promise<Outcome> {
  const file = readGrid(given.grid);
  const { size, selection } = file.grid;
  if (size > mostCandidates)
    throw new InputError({
      where: given.grid,
      found: `${size} candidates`,
      expected: `at most ${mostCandidates}`,
      advice: 'compare some keys first, and the others with the best of these',
    });
  const { candidates, skipped } = readCandidates(file, listener);
  const race = raceOf(candidates, selection);
  checkRace(race);
  checkTime(race, given);
  const { comparison, found } = await compare(race, {
    store: storeFor(given.out, listener),
    version,
    skipped,
    threadsFor: keptThreadsFor(),
    labelOf: rungText,
    verify: given.verify,
    ...limitsOf(race, given),
    onProgress: ({ label, done, total }) => listener.progress(label, done, total),
  });
  const document = comparisonDocument(comparison);
  const columns = comparisonColumns(comparison);
  const beside = {
    'compare.json': asJson(document),
    'compare.csv': writeCsv(columns.map(({ name, values }) => ({ name, values: values.map((value) => value ?? '') }))),
    'compare.parquet': writeParquet(
      columns.map(({ name, values }) => ({ name, data: [...values] as string[] | (number | null)[] })),
      {
        key: 'qntk',
        value: JSON.stringify(document.winner),
      },
    ),
  };
  const files = given.out === undefined ? beside : { 'compare.html': await page(comparison, race, beside), ...beside };
  const before = found > 0 ? ` ${found} of them were found there and not done again.` : '';
  const written = `Written to ${given.out}: ${Object.keys(files).join(', ')}; records of all tasks in records.${before}`;
  return {
    text: [comparisonText(comparison), ...(given.out === undefined ? [] : [written])].join('\n\n'),
    document,
    ...(given.out !== undefined && { output: { folder: given.out, files } }),
  };
}

/** What the race may take. */
function limitsOf(race: Race, { budget }: Given) {
  if (budget === undefined) return {};
  return 'seconds' in budget
    ? { budget: { seconds: budget.seconds, of: 'race' as const } }
    : { gradients: budget.share * trainingGradients(race) };
}

/** @throws InputError where it will take long and nobody has said that it may. */
function checkTime(race: Race, { grid, yes, budget }: Given): void {
  const seconds = secondsOf(race);
  if (seconds <= longRun || yes || budget !== undefined) return;
  throw new InputError({
    where: grid,
    found: `${race.candidates.length} candidates, which take about ${inWords(seconds)} of one processor`,
    expected: `at most ${inWords(longRun)}`,
    advice: '--yes does it nevertheless, --budget stops in time with the best so far',
  });
}

/** Plots are most of the program's size: loaded only where they are wanted. */
async function page(comparison: Comparison, { candidates }: Race, beside: object): Promise<string> {
  const { renderComparison } = await import('@qntk/report/html');
  const specs = new Map(candidates.map(({ name, spec }) => [name, spec]));
  const specOf = (name: string) => stringify(specs.get(name));
  return renderComparison(comparison, { command: commandLine(), files: Object.keys(beside), specOf });
}
