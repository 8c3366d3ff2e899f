import type { Claim } from '../../../figure.ts';
import { digits, meanText, rangeText, spreadOf } from '../numbers.ts';
import { forAll, joined, type PartFinding } from '../sweep/judging.ts';
import { type ModelName, models } from '../sweep/setting.ts';
import type { Cell, Eq4Analysis } from './eq4-cells.ts';

/** Away from the edge of the readout. */
export const wideGamma = 3;

const negligible = 0.05;

/** Every network at its greatest depth. */
const deepest = ({ cells }: Eq4Analysis, part: (cell: Cell) => Omit<PartFinding, 'name'>, gamma = 1): PartFinding[] =>
  models.map(({ name }) => ({
    name,
    ...part(cells.filter((cell) => cell.model === name && cell.gamma === gamma).at(-1)!),
  }));

const first = ({ cells }: Eq4Analysis, name: ModelName): Cell => cells.find(({ model }) => model === name)!;

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

type Judge = Claim<Eq4Analysis>['judge'];

const eachTraining =
  (gamma: number, why: string): Judge =>
  (analysis) =>
    joined(
      deepest(
        analysis,
        ({ model, layers, largestError }) => {
          const shallow = first(analysis, model);
          const beside = gamma === 1 ? `, ${meanText(shallow.largestError)} (${shallow.layers} layers)` : '';
          return {
            holds: largestError.mean <= negligible,
            found: `${meanText(largestError)} (${layers} layers)${beside}`,
          };
        },
        gamma,
      ),
      why,
    );

const stableTraining =
  (gamma: number, why: string): Judge =>
  ({ cells }) =>
    joined(
      models.map(({ name }) => {
        const own = cells.filter((cell) => cell.model === name && cell.gamma === gamma);
        const rise = Math.max(...own.map((cell) => cell.largestRise));
        return { name, holds: rise <= 1.01, found: `largest ratio ${digits(rise, 4)}` };
      }),
      why,
    );

const decayTime =
  (gamma: number, why: string): Judge =>
  (analysis) =>
    joined(
      deepest(
        analysis,
        ({ decay, logKappa }) => {
          const ratios = known(decay.map((time, i) => (time === null ? null : time / 10 ** logKappa.values[i]!)));
          const close = ratios.filter((ratio) => ratio >= 1 / 3 && ratio <= 3).length;
          return {
            holds: close >= 0.8 * decay.length,
            found: `τ/κ ${rangeText(ratios)}, log₁₀ κ ${meanText(logKappa)}; ${decay.length - ratios.length} of ${decay.length} do not come to 10⁻³`,
          };
        },
        gamma,
      ),
      why,
    );

export const eq4Claims: readonly Claim<Eq4Analysis>[] = [
  {
    id: 'd-eq4-expected',
    where: 'Eq. 4',
    claim: 'The expected output after t steps of gradient descent follows from the kernel at initialisation.',
    criterion: `At 40 layers the mean over ten initialisations of Eq. 4, as printed, differs from that of descent by at most ${negligible}, a mean over the test points, at every recorded step. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ model, layers, expectedError, expectedUncertainty }) => ({
          holds: Math.max(...expectedError) <= negligible,
          found: `largest ${digits(Math.max(...expectedError))} ± ${digits(2 * expectedUncertainty, 1)} (${layers} layers), ${digits(Math.max(...first(analysis, model).expectedError))} ± ${digits(2 * first(analysis, model).expectedUncertainty, 1)} (${first(analysis, model).layers} layers)`,
        })),
        'What is left is the change of the kernel during training, and ten initialisations’ own mean.',
      ),
  },
  {
    id: 'd-eq4-each',
    where: 'Eq. 4, for one initialisation',
    claim: 'With the outputs at initialisation kept it describes each training.',
    criterion: `At 40 layers the mean over initialisations of the largest error over the steps, a mean over the test points, is at most ${negligible}. ${forAll}`,
    judge: eachTraining(
      1,
      'At γ = 1 the kernel shrinks as outputs come near labels close to ±1, and descent falls behind Eq. 4: for low frequencies in the first tens of steps, for high ones for good, as test outputs follow the kernel’s own way (d-eq4-edge).',
    ),
  },
  {
    id: 'd-eq4-depth',
    where: 'Abstract',
    claim: 'The predictive power improves with circuit depth.',
    criterion: `The largest error over the steps falls from 10 to 40 layers by more than two standard errors of the pairs. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ model, largestError }) => {
          const pairs = spreadOf(
            first(analysis, model).largestError.values.map((value, i) => value - largestError.values[i]!),
          );
          return {
            holds: pairs.mean > (2 * pairs.std) / Math.sqrt(pairs.values.length),
            found: `falls by ${meanText(pairs)}`,
          };
        }),
        'More parameters, each of which moves less.',
      ),
  },
  {
    id: 'd-eq4-initial',
    where: 'Eq. 4, which leaves f₀ out',
    claim: 'Outputs at initialisation average to zero.',
    criterion: `At 40 layers at least 80 % of the test points have a mean output over ten initialisations within two standard errors of 0. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ centred }) => ({
          holds: centred >= 0.8,
          found: `${digits(100 * centred)} % of the points`,
        })),
        'The readout is traceless and deep random circuits spread it over all others.',
      ),
  },
  {
    id: 'd-eq4-stable',
    where: '§2, below Eq. 4',
    claim: 'Gradient descent is stable at a rate with ηλmax ~ 1.',
    criterion: `At ηλmax = 1 no training error rises by more than 1 % between recorded steps, in any run at any depth. ${forAll}`,
    judge: stableTraining(
      1,
      'λmax is that at initialisation; it changes while the network trains, and first steps of high-frequency networks go too far.',
    ),
  },
  {
    id: 'd-eq4-exponential',
    where: '§1, §2 below Eq. 4',
    claim: 'The training error decays exponentially.',
    criterion: `At 40 layers the decay times of the residual, MSE from 10⁻² to 10⁻³ and from 10⁻³ to 10⁻⁴ of the first, differ by at most a factor of 2, in eight of ten initialisations. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ decay, laterDecay }) => {
          const ratios = decay.map((time, i) =>
            time === null || laterDecay[i] === null ? null : laterDecay[i]! / time,
          );
          const close = known(ratios).filter((ratio) => ratio >= 0.5 && ratio <= 2).length;
          return {
            holds: close >= 0.8 * decay.length,
            found: `later over earlier ${rangeText(known(ratios))}; ${decay.length - known(ratios).length} of ${decay.length} do not come to 10⁻⁴`,
          };
        }),
        'Each mode decays exponentially; their sum slows down as the fast ones end, and towards labels near ±1 at γ = 1 the rates themselves fall.',
      ),
  },
  {
    id: 'd-eq4-decay',
    where: '§2, below Eq. 4',
    claim: 'The decay time of the training error is τ ~ κ, in steps at ηλmax = 1.',
    criterion: `At 40 layers the decay time of the residual, MSE from 10⁻² to 10⁻³ of the first, is κ within a factor of 3, in eight of ten initialisations. ${forAll}`,
    judge: decayTime(
      1,
      'κ is the decay time of the slowest mode. Low-frequency networks have fitted the labels, as far, before that mode matters; high-frequency ones take tens of κ, as the kernel shrinks towards labels near ±1 (d-eq4-edge-decay).',
    ),
  },
  {
    id: 'd-eq4-edge',
    where: 'ours, beyond Eq. 4',
    claim: 'Away from the edge of the readout, at γ = 3, Eq. 4 describes each training.',
    criterion: `d-eq4-each at γ = 3: at 40 layers the mean of the largest error is at most ${negligible}. ${forAll}`,
    judge: eachTraining(
      wideGamma,
      'Labels near ±1 are then well inside of what the readout reaches; outputs at initialisation, and with them their errors, are three times as large.',
    ),
  },
  {
    id: 'd-eq4-edge-stable',
    where: 'ours, beyond §2',
    claim: 'Away from the edge gradient descent is stable at ηλmax = 1.',
    criterion: `At γ = 3 and 40 layers no training error rises by more than 1 % between recorded steps, in any run. ${forAll}`,
    judge: stableTraining(wideGamma, 'The kernel changes less while the network trains.'),
  },
  {
    id: 'd-eq4-edge-decay',
    where: 'ours, beyond §2',
    claim: 'Away from the edge the training error decays with τ ~ κ.',
    criterion: `d-eq4-decay at γ = 3: κ within a factor of 3, in eight of ten initialisations. ${forAll}`,
    judge: decayTime(
      wideGamma,
      'Networks whose eigenvalues are alike, those of high frequency, have one decay time for all of the labels.',
    ),
  },
];
