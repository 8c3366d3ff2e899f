/**
 * What training will come to, before it is done: what is impossible, certified.
 *
 * @module
 */
export { type CertifiedLimit, certifiedLimit } from '../certificate/limit.ts';
