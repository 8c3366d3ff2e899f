import { isComputable } from '@qntk/core';
import { OptionError } from '../command.ts';
import { finite, positiveNumber, seedCount, wholeNumber } from './arguments.ts';

const largestExponent = 50;

/** A dimension: a whole number up to 2^50, also written as a power such as `2^50`. */
function dimension(text: string): number {
  const [, base, exponent] = /^(\d+)(?:\^(\d+))?$/.exec(text) ?? [];
  const value = exponent === undefined ? Number(base) : Number(base) ** Number(exponent);
  if (!(value >= 2 && value <= 2 ** largestExponent))
    throw new OptionError(`Expected a whole number from 2 to 2^${largestExponent}, such as 32 or 2^20.`);
  return value;
}

/** Numbers with commas between. */
function numbers(text: string): number[] {
  const values = text.split(',').map(finite);
  if (!values.every(isComputable))
    throw new OptionError('Expected numbers with commas between, 0 or of a size from 1e-60 to 1e60, such as 1,0,-1.');
  return values;
}

/** What network and data are. */
export const problemOptions = [
  { flags: '--d <D>', summary: 'dimension of the states, such as 32 or 2^50', required: true, read: dimension },
  { flags: '--m <M>', summary: 'number of orthogonal random inputs', required: true, read: wholeNumber(1) },
  { flags: '--gamma <G>', summary: 'readout scale γ (1 if left out)', read: positiveNumber },
  {
    flags: '--spectrum <LIST>',
    summary:
      'eigenvalues of the readout before γ (1,-1 if left out); they share the dimension equally, a remainder goes to the middle',
    read: numbers,
  },
  {
    flags: '--labels <LIST>',
    summary: 'one label an input; if left out +1 for the first half and −1 for the others',
    read: numbers,
  },
] as const;

/** End of the gradient flow. */
export const time = {
  flags: '--time <T>',
  summary:
    'end of the gradient flow at the learning rate m(d²−1)/(p·tr H²); if left out 20/γ², γ half of what the readout spans',
  read: positiveNumber,
} as const;

/** p. */
export const parameters = {
  flags: '--p <P>',
  summary: 'number of parameters',
  required: true,
  read: wholeNumber(1),
} as const;

/** How often. */
export const seedOptions = [
  { flags: '--seeds <N>', summary: 'number of random initialisations (10 if left out)', read: seedCount },
  {
    flags: '--seed <K>',
    summary: 'the first of them (1 if left out); each depends on its own number alone',
    read: wholeNumber(0, 2 ** 52),
  },
] as const;

/** What is printed more of. */
export const curves = {
  flags: '--curves',
  summary: 'with --json: also loss, λmin and kernel change along the way',
} as const;

/** What is kept. */
export const out = {
  flags: '--out <DIR>',
  writes: { kind: 'folder' },
  summary:
    'write report.html, dynamics.json and a record of every seed to this folder; those found there are not computed again',
} as const;

/** The same of commands that draw. */
export const outWithFigures = {
  ...out,
  summary: out.summary.replace('dynamics.json', 'dynamics.json, figures'),
} as const;
