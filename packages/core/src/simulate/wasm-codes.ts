// Operation codes of the instruction stream, for both its writer and the kernels (assembly/index.ts), which is why this
// file says no more than both languages understand.

export const PRODUCT = 1;
export const ROTATE1 = 2;
export const ROTATE2 = 3;
export const ROTATE_EACH = 4;
export const TABLE = 5;
export const TABLE_EACH = 6;
export const PERMUTE = 7;
export const DENSE = 8;
export const BUILD = 9;
export const BUILD_EACH = 10;
export const BUILD_WEIGHTS = 11;
export const OBSERVE = 12;
export const VALUE = 13;
export const COLLECT = 14;
export const READ1 = 15;
export const READ_TURN2 = 16;
export const READ_TABLE = 17;
export const READ_TABLE_EACH = 18;
export const LOOP = 19;

/** What the words of READ_TABLE say to do with an array. */
export const FOLD = 1;
export const TOTAL = 2;
export const SPLIT3 = 3;

/** Which states an instruction transforms. */
export const ON_PSI = 0;
export const ON_LAMBDA = 1;
