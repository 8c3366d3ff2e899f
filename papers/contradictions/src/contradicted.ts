import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bottomLineContradictions, isContradicted, type TrainedFacts, type Verdict } from '@qntk/core';
import { shareInterval } from '../../statistics.ts';
import { table } from '../../table.ts';
import type { Diagnosed } from './diagnoses.ts';
import { recordsOf } from './records.ts';
import { type Trained, trainings } from './trainings.ts';

/** One sentence of one problem beside the training that it foretold. */
interface Told {
  readonly problem: string;
  readonly sentence: string;
  readonly basis: string;
  readonly half: string;
  readonly contradicted: boolean;
}

/**
 * How often each sentence was said and contradicted, from the records: of how many problems, in how many trainings, and the share
 * that was contradicted, each problem counted once however often it was trained.
 */
export function contradictedTable(folder: string): string {
  const told = Object.keys(trainings).flatMap((name) => toldBy(folder, name));
  const kinds = [...new Set(told.map(({ basis, sentence }) => `${basis} ${sentence}`))].sort();
  const rows = kinds.map((kind) => rowOf(told.filter(({ basis, sentence }) => `${basis} ${sentence}` === kind)));
  const all = ['certain', 'forecast'].map((basis) => {
    const [, , ...counts] = rowOf(told.filter((one) => one.basis === basis));
    return [`all that are ${basis}`, basis, ...counts];
  });
  const part = ['problems', 'said', 'contradicted', 'by problem'];
  return table(
    ['sentence', 'basis', ...part.map((x) => `design: ${x}`), ...part.map((x) => `held-out: ${x}`)],
    [...rows, ...all],
  );
}

function toldBy(folder: string, name: string): Told[] {
  const [said, trained] = ['diagnosed', 'trained'].map((what) => join(folder, `${what}-${name}.jsonl`));
  if (!existsSync(said) || !existsSync(trained)) return [];
  const truths = new Map(recordsOf<Trained & { name: string }>(trained).map((record) => [record.name, record]));
  return recordsOf<Diagnosed & { name: string }>(said).flatMap((record) => {
    const truth = truths.get(record.name);
    return truth ? toldOf(record, truth) : [];
  });
}

function rowOf(told: readonly Told[]): (string | number)[] {
  const counts = ['design', 'held-out'].flatMap((half) => {
    const said = told.filter((one) => one.half === half);
    const problems = [...new Set(said.map(({ problem }) => problem))];
    const shares = problems.map((name) => {
      const own = said.filter(({ problem }) => problem === name);
      return own.filter(({ contradicted }) => contradicted).length / own.length;
    });
    const count = said.filter(({ contradicted }) => contradicted).length;
    return [problems.length, said.length, count, problems.length === 0 ? '–' : shareText(shares)];
  });
  return [told[0].sentence, told[0].basis, ...counts];
}

/** Every sentence that says something of the training. */
function toldOf(
  { name: problem, half, labelVariance, outputs, verdicts, bottomLine }: Diagnosed & { readonly name: string },
  { start, runs, ...changed }: Trained,
): Told[] {
  const facts: TrainedFacts = {
    start,
    runs,
    ...changed,
    labelVariance,
    ...(outputs === 1 && { spans: runs.map(({ low, high }) => [low, high] as const) }),
  };
  const { limit, changes: ofChanges, expectation } = bottomLineContradictions(bottomLine, facts);
  const judged: [string, string, boolean | undefined][] = [
    ...verdicts.map((verdict): [string, string, boolean | undefined] => [
      verdict.code,
      verdict.basis,
      isContradicted(verdict as Verdict, facts),
    ]),
    ['bottom line, R² expected', 'forecast', expectation],
    ['bottom line, changes that help or do not', 'forecast', ofChanges],
    [`bottom line, limited by: ${bottomLine.code}`, 'forecast', limit],
  ];
  return judged.flatMap(([sentence, basis, contradicted]) =>
    contradicted === undefined ? [] : [{ problem, sentence, basis, half, contradicted }],
  );
}

/** The mean of shares with Wilson's interval, per cent. */
function shareText(shares: readonly number[]): string {
  const hits = shares.reduce((sum, share) => sum + share, 0);
  const [low, high] = shareInterval(hits, shares.length).map((end) => Math.round(100 * end));
  return `${Math.round((100 * hits) / shares.length)} % (${low}–${high})`;
}
