/** What becomes of a construct that is no gate: refused, with what was expected instead, or left out with a note. */
export type Treatment = { readonly refused: string; readonly advice?: string } | { readonly note: string };

/** Words that begin a statement no trainable circuit can be made of. */
export const refusedWords: Record<string, string | undefined> = Object.assign(Object.create(null), {
  def: 'gates alone, as subroutines are not supported',
  extern: 'gates alone, as nothing runs beside the circuit',
  defcal: 'gates alone, as there is no hardware to calibrate',
  cal: 'gates alone, as there is no hardware to calibrate',
  defcalgrammar: 'gates alone, as there is no hardware to calibrate',
  return: 'it in a subroutine, and these are not supported',
  readonly: 'it in a subroutine, and these are not supported',
  mutable: 'it in a subroutine, and these are not supported',
});

const result = 'result pragmas are left out: the observable is chosen apart from the circuit';
const verbatim = 'verbatim boxes are read as the gates inside them: nothing is compiled here';

/** Pragmas by their first words, the longest match first. */
const pragmas: readonly (readonly [RegExp, Treatment])[] = [
  [/^braket\s+result\b/, { note: result }],
  [/^braket\s+verbatim\b/, { note: verbatim }],
  [/^braket\s+noise\b/, { refused: 'a circuit without noise, as noise is not simulated' }],
  [/^braket\s+unitary\b/, { refused: 'gates by name', advice: 'write the matrix as a gate definition' }],
];

/** What becomes of a pragma; one that nobody knows here may change the circuit and is refused. */
export function pragmaTreatment(text: string): Treatment {
  const known = pragmas.find(([pattern]) => pattern.test(text));
  return known?.[1] ?? { refused: 'a circuit without it', advice: 'take it out where it does not change the circuit' };
}

/** Annotations are for compilers; none of the language's own changes what a circuit is. */
export const annotationNote = 'annotations are left out: they speak to compilers';
