import type { Diagnosis, Judgement } from '@qntk/core';
import { counted, formatNumber } from '../format.ts';
import { limitText } from './bottom-line.ts';
import { verdictText } from './verdicts.ts';

/** What training says of the sentences that foretold it; undefined where it was not asked, or none can be judged. */
export interface JudgementWords {
  readonly summary: string;
  /** The sentences that it contradicts. */
  readonly contradicted: readonly string[];
}

export function judgementWords(diagnosis: Diagnosis): JudgementWords | undefined {
  const { judgements } = diagnosis;
  if (!judgements || judgements.length === 0) return undefined;
  const wrong = judgements.filter(({ contradicted }) => contradicted);
  const held = formatNumber(judgements.length - wrong.length);
  return {
    summary: `Training bore out ${held} of ${counted(judgements.length, 'sentence')} that it could contradict${wrong.length === 0 ? '.' : ', and contradicts:'}`,
    contradicted: wrong.map(({ sentence }) => sentenceText(diagnosis, sentence)),
  };
}

function sentenceText({ bottomLine, verdicts }: Diagnosis, sentence: Judgement['sentence']): string {
  if (sentence === 'bottomLine') return limitText(bottomLine);
  return verdicts
    .filter(({ code }) => code === sentence)
    .map((verdict) => verdictText(verdict))
    .join(' ');
}
