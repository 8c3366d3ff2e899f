import { z } from 'zod';
import { magnitudes } from '../magnitude.ts';

/** A number of a size that can be computed with. */
export const computable = z.number().min(-magnitudes.most).max(magnitudes.most);

/** The same above 0. */
export const positive = z
  .number()
  // A number that is not above 0 has one thing wrong with it, not two.
  .positive({ abort: true })
  .min(magnitudes.least)
  .max(magnitudes.most);
