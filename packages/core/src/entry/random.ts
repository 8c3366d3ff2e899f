/**
 * Streams of random numbers that depend on their seeds alone.
 *
 * @module
 */
export { type Random, random } from '../random/random.ts';
