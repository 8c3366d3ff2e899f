import type { RungResult } from './rung.ts';
import type { ValidationScore } from './score.ts';

/** What is known of a candidate. */
export interface Standing {
  /** The last rung that judged it, from 0; −1 before the first. */
  readonly rung: number;
  /** How far it came: that number, but as far as can be where its ladder ends with that rung, as not all are of one length. */
  readonly reached: number;
  readonly score: ValidationScore | null;
  /** What each rung said that judged it. */
  readonly judgements: readonly RungJudgement[];
  /** Where it could not win any more. */
  readonly left: Leaving | null;
}

/** Results of a rung, of every initialisation. */
export interface RungJudgement {
  readonly rung: number;
  readonly results: readonly RungResult[];
}

/** The rung after which a candidate left: its R² is `atMost` this, where that of another is `atLeast` so much. */
export interface Leaving {
  readonly rung: number;
  readonly atMost: number;
  readonly atLeast: number;
}
