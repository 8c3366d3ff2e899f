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
export const READ_ROTATION2 = 16;
export const READ_TABLE = 17;
export const READ_TABLE_EACH = 18;
export const LOOP = 19;

/** What the words of READ_TABLE say to do with an array. */
export const BUTTERFLY = 1;
export const TOTAL = 2;
export const SPLIT3 = 3;

/** Which states an instruction transforms. */
export const ON_PSI = 0;
export const ON_LAMBDA = 1;

/**
 * A job: work in items that any thread may do. Its header says in words of 32 bits what it is and where its numbers lie.
 * Addresses of what every thread has for itself are those of thread 0, addresses in an item those of item 0.
 */
export const JOB_KIND = 0;
export const JOB_THREAD_BYTES = 1;
export const JOB_ITEM = 2;
export const JOB_ITEM_BYTES = 3;

/** Kinds of jobs. The first word of an item is its number of points, or of columns. */
export const CIRCUIT = 0;
export const DENSE_CIRCUIT = 1;
export const COSINE_SINE = 2;
export const MATRIX_PRODUCT = 3;
export const TRIDIAGONALISE = 4;
export const SWEEP = 5;
export const FACTOR = 6;
export const FORM_Q = 7;
export const LANCZOS = 8;
export const MATRIX_VECTOR = 9;
export const FIT = 10;
export const SECULAR = 11;
export const CHOLESKY = 12;
export const TRIANGLE = 13;
export const ROW_PRODUCTS = 14;

/** Headers of circuits, from the same word on. Every call has a serial number: its setup is run once a thread. */
export const CIRCUIT_SERIAL = 4;
export const CIRCUIT_QUBITS = 5;
export const CIRCUIT_OUTPUTS = 6;
export const CIRCUIT_GAP = 7;
export const CIRCUIT_SLOTS = 8;
export const CIRCUIT_SETUP = 9;
export const CIRCUIT_SETUP_END = 10;
export const CIRCUIT_BLOCK = 11;
export const CIRCUIT_BLOCK_END = 12;
export const CIRCUIT_WORDS = 13;
/** Constants of a call, and of an item where they differ from item to item, else 0. */
export const CIRCUIT_CONSTANTS = 14;
export const CIRCUIT_ITEM_CONSTANTS = 15;
export const CIRCUIT_TABLES = 16;
export const CIRCUIT_BLOCK_TABLES = 17;
export const CIRCUIT_SCRATCH = 18;
export const CIRCUIT_PSI = 19;
export const CIRCUIT_LAMBDA = 20;
export const CIRCUIT_ROWS = 21;
export const CIRCUIT_READINGS = 22;
export const CIRCUIT_RESULTS = 23;
/** Starting states, 0 where there are none. */
export const CIRCUIT_AMPLITUDES = 24;
export const CIRCUIT_HEADER = 25;

/** Headers of dense circuits. */
export const DENSE_DIMENSION = 4;
export const DENSE_BLOCKS = 5;
export const DENSE_LAYERS = 6;
/** Phases of a layer; 1 where every layer has a generator of its own; 1 where derivatives are wanted. */
export const DENSE_PHASES_OF_LAYER = 7;
export const DENSE_GENERATOR_EACH = 8;
export const DENSE_DERIVATIVES_WANTED = 9;
export const DENSE_MATRICES = 10;
export const DENSE_ROTATIONS = 11;
export const DENSE_PHASES = 12;
export const DENSE_PLACES = 13;
export const DENSE_GENERATOR = 14;
export const DENSE_READOUT = 15;
export const DENSE_START = 16;
export const DENSE_STATES = 17;
export const DENSE_MOVING = 18;
export const DENSE_SPARE = 19;
export const DENSE_VALUES = 20;
export const DENSE_DERIVATIVES = 21;
export const DENSE_HEADER = 22;

/** Headers of unitaries to be taken apart: n, scratch memory; an item's unitary. */
export const COSINE_SINE_ORDER = 4;
export const COSINE_SINE_SCRATCH = 5;
export const COSINE_SINE_UNITARY = 6;
export const COSINE_SINE_HEADER = 7;

/**
 * Headers of products C ± A·B of real matrices, m × k by k × n: where each begins and its strides in bytes. Items are tiles
 * of C, row after row.
 */
export const PRODUCT_M = 4;
export const PRODUCT_K = 5;
export const PRODUCT_N = 6;
export const PRODUCT_A = 7;
export const PRODUCT_A_ROW = 8;
export const PRODUCT_A_COLUMN = 9;
export const PRODUCT_B = 10;
export const PRODUCT_B_ROW = 11;
export const PRODUCT_B_COLUMN = 12;
export const PRODUCT_C = 13;
export const PRODUCT_C_ROW = 14;
/** 1 where the product is subtracted; 1 where only the lower triangle of C is wanted. */
export const PRODUCT_NEGATIVE = 15;
export const PRODUCT_LOWER = 16;
export const PRODUCT_SCRATCH = 17;
/** Words that any header of dense algebra has room in. */
export const JOB_HEADER = 18;
/** Rows and columns of a tile of C, bytes a thread packs into. */
export const TILE_ROWS = 96;
export const TILE_COLUMNS = 192;
export const TILE_DEPTH = 256;
export const PACKING_BYTES = 589952;

/** Headers of symmetric matrices to be made tridiagonal: order, addresses. */
export const TRIDIAGONAL_ORDER = 4;
export const TRIDIAGONAL_MATRIX = 5;
export const TRIDIAGONAL_DIAGONAL = 6;
export const TRIDIAGONAL_BELOW = 7;
export const TRIDIAGONAL_TAU = 8;
export const TRIDIAGONAL_PANEL = 9;
export const TRIDIAGONAL_SCRATCH = 10;
/** Rows of a panel. */
export const TRIDIAGONAL_WIDTH = 32;

/** Headers of Jacobi sweeps; the tolerance is a double. RESULT becomes 1 where there was a rotation, else 0. */
export const SWEEP_ROWS = 4;
export const SWEEP_LENGTH = 5;
export const SWEEP_OTHERS = 6;
export const SWEEP_OTHER_LENGTH = 7;
export const SWEEP_SCALES = 8;
export const SWEEP_NORMS = 9;
export const SWEEP_ORDER = 10;
export const SWEEP_COUNT = 11;
export const SWEEP_TOLERANCE = 12;
export const SWEEP_RESULT = 14;
export const SWEEP_HEADS = 15;

/** Headers of QR decompositions and of the Q behind them: n columns of length m, room for 2n norms. */
export const FACTOR_COLUMNS = 4;
export const FACTOR_M = 5;
export const FACTOR_N = 6;
export const FACTOR_TAU = 7;
export const FACTOR_PIVOTS = 8;
export const FACTOR_NORMS = 9;

/**
 * Headers of Lanczos steps with a symmetric matrix, of which the lower triangle is read: order, addresses of the matrix, of the
 * vectors (one a row), of the diagonal and of what is beside it; the steps to do, from…to. RESULT is how many vectors there are
 * then.
 */
export const LANCZOS_ORDER = 4;
export const LANCZOS_MATRIX = 5;
export const LANCZOS_VECTORS = 6;
export const LANCZOS_DIAGONAL = 7;
export const LANCZOS_BESIDE = 8;
export const LANCZOS_FROM = 9;
export const LANCZOS_TO = 10;
export const LANCZOS_RESULT = 11;

/**
 * Headers of products of a matrix, m rows of n numbers, or of its transpose with a vector: addresses of all three. What the transpose
 * makes is added to the result.
 */
export const VECTOR_MATRIX = 4;
export const VECTOR_M = 5;
export const VECTOR_N = 6;
export const VECTOR_FACTOR = 7;
export const VECTOR_RESULT = 8;
export const VECTOR_TRANSPOSED = 9;

/**
 * Headers of fits by a stack of matrices, each m rows of n numbers with `width` more beside them: their count and addresses, of the
 * matrices that of a list of theirs; scratch for three numbers a matrix.
 */
export const FIT_MATRICES = 4;
export const FIT_COUNT = 5;
export const FIT_M = 6;
export const FIT_N = 7;
export const FIT_FACTOR = 8;
export const FIT_SHARES = 9;
export const FIT_TARGETS = 10;
export const FIT_RESIDUAL = 11;
export const FIT_PRODUCT = 12;
export const FIT_OVERLAPS = 13;
export const FIT_SCRATCH = 14;
export const FIT_BESIDE = 15;
export const FIT_WIDTH = 16;

/** Headers of rank-one updates: order and addresses; ρ is a double. */
export const SECULAR_ORDER = 4;
export const SECULAR_POLES = 5;
export const SECULAR_Z = 6;
export const SECULAR_PLACES = 7;
export const SECULAR_ROOTS = 8;
export const SECULAR_GAPS = 9;
export const SECULAR_VECTORS = 10;
export const SECULAR_SCRATCH = 11;
export const SECULAR_RHO = 12;

/**
 * Headers of Cholesky factors of a block: its address, bytes from row to row, order. RESULT becomes 0, or 1 + the place of the first
 * pivot that is not positive.
 */
export const CHOLESKY_MATRIX = 4;
export const CHOLESKY_ROW = 5;
export const CHOLESKY_ORDER = 6;
export const CHOLESKY_RESULT = 7;

/**
 * Headers of equations with a triangular block L, or its transpose, and right-hand sides with strides in bytes; items are so many
 * columns of these.
 */
export const TRIANGLE_MATRIX = 4;
export const TRIANGLE_ROW = 5;
export const TRIANGLE_ORDER = 6;
export const TRIANGLE_TRANSPOSED = 7;
export const TRIANGLE_RIGHT = 8;
export const TRIANGLE_RIGHT_ROW = 9;
export const TRIANGLE_RIGHT_COLUMN = 10;
export const TRIANGLE_COLUMNS = 11;
export const TRIANGLE_SCRATCH = 12;
export const TRIANGLE_ITEM = 64;

/** Headers of products of the m rows of a matrix, n numbers each, with those of another one of `count` rows. */
export const ROWS_MATRIX = 4;
export const ROWS_M = 5;
export const ROWS_N = 6;
export const ROWS_OTHERS = 7;
export const ROWS_COUNT = 8;
export const ROWS_RESULT = 9;
