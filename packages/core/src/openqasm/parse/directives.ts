/** What becomes of a construct that is no gate: refused, with what was expected instead, or left out with a note. */
export type Treatment = { readonly refused: string; readonly advice?: string } | { readonly note: string };

/** Words that stand only in subroutines, which are not supported. */
export const wordsOfSubroutines: readonly string[] = ['return', 'readonly', 'mutable'];

/** What a name is that is declared but means nothing here, and what a program has to use in its place. */
export interface Unsupported {
  readonly found: string;
  readonly expected: string;
}

/** Declarations that do no harm as long as nobody uses their name. */
export const unsupported = {
  opaque: { found: 'an opaque gate', expected: 'a gate with a definition, as nobody knows what it does' },
  extern: { found: 'an extern function', expected: 'gates alone, as nothing runs beside the circuit' },
  def: { found: 'a subroutine', expected: 'gates alone, as subroutines are not supported' },
  defcal: {
    found: 'a gate that has a calibration alone',
    expected: 'a gate with a definition, as there is no hardware to calibrate',
  },
} as const satisfies Record<string, Unsupported>;

/** What is left out of a program without changing its circuit, by what the note about it says. */
export const leftOut = {
  annotation: 'annotations are left out: they speak to compilers',
  calibration: 'calibrations are left out: there is no hardware to calibrate',
  duration: 'durations are left out: nothing here takes time',
  delay: 'delays are left out: nothing here takes time',
  measurement: 'final measurements are left out: expectation values are exact',
  reset: 'resets before the first gate are left out: every qubit starts in |0⟩',
} as const;

/** Words of OpenPulse that act on qubits where they stand in a `cal` block. */
const pulses = /\b(?:play|capture(?:_v\d)?|delay|barrier|(?:set|shift)_(?:phase|frequency))\s*\(/;

/** What becomes of a `cal` block: declarations of ports, frames and waveforms do nothing by themselves, pulses do. */
export function calibrationTreatment(body: string): Treatment {
  const pulse = pulses.exec(body);
  return pulse
    ? { refused: 'gates alone, as pulses are not simulated', advice: `the block calls ${pulse[0].slice(0, -1).trim()}` }
    : { note: leftOut.calibration };
}

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
