import type { Diagnosis, Verdict } from '@qntk/core';
import { verdictText } from './verdicts.ts';

/** A verdict with its words. */
export type WordedVerdict = Verdict & { readonly text: string };

/** The document that programs read: the diagnosis, each verdict with its words. */
export function diagnosisDocument(diagnosis: Diagnosis): Omit<Diagnosis, 'verdicts'> & {
  readonly verdicts: readonly WordedVerdict[];
} {
  return {
    ...diagnosis,
    verdicts: diagnosis.verdicts.map((verdict) => ({ ...verdict, text: verdictText(verdict) })),
  };
}
