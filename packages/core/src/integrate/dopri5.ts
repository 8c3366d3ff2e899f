import { row, type Tableau } from './tableau.ts';

/**
 * Dormand and Prince's pair of orders 5 and 4 with its interpolant of order 4 (Hairer, Nørsett, Wanner, Solving Ordinary
 * Differential Equations I, 1993, §II.5 and II.6). The slope at the end of a step enters its error.
 */
export const dopri5: Tableau = {
  stages: [
    row(1 / 5),
    row(3 / 40, 9 / 40),
    row(44 / 45, -56 / 15, 32 / 9),
    row(19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    row(9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
  ],
  step: row(35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
  errors: [row(71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)],
  power: 5,
  extraStages: [],
  interpolant: [
    row(
      -12715105075 / 11282082432,
      0,
      87487479700 / 32700410799,
      -10690763975 / 1880347072,
      701980252875 / 199316789632,
      -1453857185 / 822651844,
      69997945 / 29380423,
    ),
  ],
  growth: { least: 0.2, most: 5, afterRefusal: 5, caution: 0.9 },
  firstShare: 0.1,
};
