import type { Diagnosis, VerdictCode } from '@qntk/core';
import { counted, formatNumber } from '../format.ts';
import { verdictText } from './verdicts.ts';

/** What training says of the sentences that foretold it; undefined where it was not asked, or none can be judged. */
export interface JudgementWords {
  readonly summary: string;
  /** The sentences that it contradicts, each with what was measured. */
  readonly contradicted: readonly string[];
}

export function judgementWords(diagnosis: Diagnosis): JudgementWords | undefined {
  const { judgements, bottomLine } = diagnosis;
  if (!judgements || judgements.length === 0) return undefined;
  const wrong = judgements.filter(({ contradicted }) => contradicted);
  const held = formatNumber(judgements.length - wrong.length);
  // What was trained in the place of a forecast judges only what does not rest on it.
  const which = bottomLine.changesBasis === 'forecast' ? 'that it could contradict' : 'beside those that tell of it';
  return {
    summary: `Training bore out ${held} of ${counted(judgements.length, 'sentence')} ${which}${wrong.length === 0 ? '.' : ', and contradicts:'}`,
    contradicted: wrong.map(({ sentence }) => sentenceText(diagnosis, sentence)),
  };
}

function sentenceText(diagnosis: Diagnosis, sentence: VerdictCode): string {
  const texts = diagnosis.verdicts.filter(({ code }) => code === sentence).map((verdict) => verdictText(verdict));
  return `${texts.join(' ')}${measured(diagnosis, sentence)}`;
}

/** Of sentences that do not tell it themselves, what was measured. */
function measured({ seeds }: Diagnosis, sentence: VerdictCode): string {
  if (sentence === 'fit' || sentence === 'generalisation') return '';
  const runs = seeds.flatMap(({ verified }) => verified ?? []);
  const ends = (values: readonly number[]) => [Math.min(...values), Math.max(...values)].map(formatNumber).join(' to ');
  return ` Measured: training errors ${ends(runs.map(({ trainMse }) => trainMse))}, outputs ${ends(runs.flatMap(({ spans }) => spans.flat()))}.`;
}
