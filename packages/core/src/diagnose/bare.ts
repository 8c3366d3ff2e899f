import type { Diagnosis } from './diagnosis.ts';

/** A diagnosis before its findings. */
export type Bare = Omit<Diagnosis, 'verdicts' | 'bottomLine' | 'judgements'>;
