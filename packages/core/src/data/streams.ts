/** Second word of `random` beside the seed, so that no two things drawn from one seed are the same numbers. */
export const streams = { split: 0, noise: 1, eigensolver: 2, folds: 3, half: 4 } as const;
