// Operation codes of the instruction stream, for both its writer and the kernels (assembly/index.ts), which is why this
// file says no more than both languages understand.

export const PRODUCT = 1;
export const ROTATE1 = 2;
export const ROTATE2 = 3;
export const ROTATE3 = 4;
export const ROTATE_EACH = 5;
export const TABLE = 6;
export const TABLE_EACH = 7;
export const PERMUTE = 8;
export const DENSE = 9;
export const BUILD = 10;
export const BUILD_EACH = 11;
export const OBSERVE = 12;
export const VALUE = 13;
export const READ1 = 14;
export const READ3 = 15;
export const READ_DIAGONAL = 16;

/** What the words of READ_DIAGONAL say to do with an array. */
export const FOLD = 1;
export const TOTAL = 2;

/** Which states an instruction transforms. */
export const ON_PSI = 0;
export const ON_LAMBDA = 1;
