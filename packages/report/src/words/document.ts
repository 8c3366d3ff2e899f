import type { BottomLine, Diagnosis, Verdict } from '@qntk/core';
import { bottomLineText } from './bottom-line.ts';
import { verdictText } from './verdicts.ts';

/** A verdict with its words. */
export type WordedVerdict = Verdict & { readonly text: string };

/** The document that programs read: the diagnosis, each verdict with its words. */
export function diagnosisDocument(diagnosis: Diagnosis): Omit<Diagnosis, 'verdicts' | 'bottomLine'> & {
  readonly bottomLine: BottomLine & { readonly text: string };
  readonly verdicts: readonly WordedVerdict[];
} {
  return {
    ...diagnosis,
    bottomLine: { ...diagnosis.bottomLine, text: bottomLineText(diagnosis.bottomLine) },
    verdicts: diagnosis.verdicts.map((verdict) => ({ ...verdict, text: verdictText(verdict) })),
  };
}
