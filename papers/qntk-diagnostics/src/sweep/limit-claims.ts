import type { Claim } from '../../../figure.ts';
import { digits, rangeText } from '../numbers.ts';
import { cellsOf } from './analysis.ts';
import { type DepthAnalysis, floorOf } from './depth-figure.ts';
import { forAll, joined } from './judging.ts';
import { frequencies, models } from './setting.ts';

const level = 1e-4;
/** Of a certificate that training may be below by rounding. */
const rounding = 1e-9;

/** What encoding and readout allow, beside what was trained. */
export const limitClaims = (prefix: string): Claim<DepthAnalysis>[] => [
  {
    id: `${prefix}-a-possible`,
    where: 'Fig. 1a, §2',
    claim: 'Errors below 10⁻⁴ are within reach of all models (what the statement on panel a takes for granted).',
    criterion: `The certified limit of the training MSE, below which no circuit behind the encoding gets, is below 10⁻⁴ on every split. ${forAll}`,
    judge: ({ limits }) =>
      joined(
        frequencies.map((frequency) => {
          const floors = limits[frequency].map(floorOf);
          return {
            name: `${frequency} frequency`,
            holds: floors.every((floor) => floor < level),
            found: `limit ${rangeText(floors)} over ${floors.length} splits`,
          };
        }),
        'The limit is a convex problem: the best of all matrices whose eigenvalues the readout’s majorise, on the encoded states.',
      ),
  },
  {
    id: `${prefix}-a-certificate`,
    where: 'ours, beside Fig. 1a',
    claim: 'No network is trained to an error below the certified limit of its encoding.',
    criterion: `No training of any network, depth, initialisation and split ends below the limit by more than 10⁻⁹. ${forAll}`,
    judge: ({ limits, cells, others }) =>
      joined(
        models.map(({ name, frequency }) => {
          const own = [...cells, ...others].filter(({ model }) => model === name);
          const over = own.flatMap(({ split, of }) =>
            of.trainMse.values.map((mse) => mse - floorOf(limits[frequency][split - 1]!)),
          );
          const best = Math.min(...cellsOf({ cells, others }, name).flatMap(({ of }) => of.trainMse.values));
          return {
            name,
            holds: over.every((gap) => gap > -rounding),
            found: `best training ${digits(best)}, limit ${digits(floorOf(limits[frequency][0]!))} on that split`,
          };
        }),
        'What is between the limit and the best training is what the ansatz, or the training, misses.',
      ),
  },
];
