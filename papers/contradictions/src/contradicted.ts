import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bottomLineContradictions, isContradicted, type TrainedFacts, type Verdict } from '@qntk/core';
import { shareInterval } from '../../statistics.ts';
import { table } from '../../table.ts';
import type { Diagnosed } from './diagnoses.ts';
import { recordsOf } from './records.ts';
import { type Trained, trainings } from './trainings.ts';

/** One sentence beside the training that it foretold. */
interface Told {
  readonly sentence: string;
  readonly basis: string;
  readonly half: string;
  readonly contradicted: boolean;
}

/** How often each sentence was said and contradicted, from the records. */
export function contradictedTable(folder: string): string {
  const told = Object.keys(trainings).flatMap((name) => {
    const [said, trained] = ['diagnosed', 'trained'].map((what) => join(folder, `${what}-${name}.jsonl`));
    if (!existsSync(said) || !existsSync(trained)) return [];
    const truths = new Map(recordsOf<Trained & { name: string }>(trained).map((record) => [record.name, record]));
    return recordsOf<Diagnosed & { name: string }>(said).flatMap((record) => {
      const truth = truths.get(record.name);
      return truth ? toldOf(record, truth) : [];
    });
  });
  const kinds = [...new Set(told.map(({ basis, sentence }) => `${basis} ${sentence}`))].sort();
  const rows = kinds.map((kind) => {
    const own = told.filter(({ basis, sentence }) => `${basis} ${sentence}` === kind);
    const counts = ['design', 'held-out'].flatMap((half) => {
      const said = own.filter((one) => one.half === half);
      const count = said.filter(({ contradicted }) => contradicted).length;
      return [said.length, count, said.length === 0 ? '–' : intervalOf(count, said.length)];
    });
    return [own[0].sentence, own[0].basis, ...counts];
  });
  const part = ['said', 'contradicted', '95 %'];
  return table(['sentence', 'basis', ...part.map((x) => `design: ${x}`), ...part.map((x) => `held-out: ${x}`)], rows);
}

/** Every sentence that says something of the training. */
function toldOf(
  { half, labelVariance, outputs, verdicts, bottomLine }: Diagnosed,
  { start, runs, ...changed }: Trained,
): Told[] {
  const facts: TrainedFacts = {
    start,
    runs,
    ...changed,
    labelVariance,
    ...(outputs === 1 && { spans: runs.map(({ low, high }) => [low, high] as const) }),
  };
  const { limit, expectation } = bottomLineContradictions(bottomLine, facts);
  const judged: [string, string, boolean | undefined][] = [
    ...verdicts.map((verdict): [string, string, boolean | undefined] => [
      verdict.code,
      verdict.basis,
      isContradicted(verdict as Verdict, facts),
    ]),
    ['bottom line, R² expected', 'forecast', expectation],
    [`bottom line, limited by: ${bottomLine.code}`, 'forecast', limit],
  ];
  return judged.flatMap(([sentence, basis, contradicted]) =>
    contradicted === undefined ? [] : [{ sentence, basis, half, contradicted }],
  );
}

/** A share's interval, per cent. */
function intervalOf(count: number, of: number): string {
  const [low, high] = shareInterval(count, of).map((end) => Math.round(100 * end));
  return `${low}–${high} %`;
}
