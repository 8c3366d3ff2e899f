/**
 * Errors in what a user gave, as data, and what is needed to word them.
 *
 * @module
 */
export { InputError, type InputProblem } from '../errors.ts';
export { isComputable, magnitudes } from '../magnitude.ts';
export { counted, didYouMean, nearest, nounFor, shown } from '../wording.ts';
