import type { Claim, ClaimVerdict, Figure, Size } from '../../../figure.ts';
import { resultsOf } from '../../../tasks.ts';
import type { NetworkResult } from '../kinds/network.ts';
import { tiles } from '../sensitivity/tiles.ts';
import { type Choice, choices, type Variant, variants } from '../sensitivity/variants.ts';
import { type Sweep, sweepFrom } from '../sweep/analysis.ts';
import { sweepClaims } from '../sweep/claims.ts';
import { type Grid, sources, standardSpec, sweepOf } from '../sweep/setting.ts';

/** Fewer depths and initialisations than Fig. 1 has, the same for every variant and for the standard beside them. */
const gridOf = (size: Size): Grid => ({
  ...(size === 'full'
    ? { steps: 500, depths: [2, 5, 10, 20, 40], seeds: 4 }
    : { steps: 100, depths: [2, 10], seeds: 1 }),
  splits: [],
  splitDepths: [],
  splitSeeds: 0,
});

const standardName = 'standard';

/** In CI one variant of networks is enough, and one of reading. */
const variantsOf = (size: Size): readonly Variant[] =>
  size === 'full' ? variants : variants.filter(({ name }) => name === 'γ = 1.5' || name === 'dropped');

const labelOf = ({ choice, name }: Pick<Variant, 'choice' | 'name'>): string =>
  name.startsWith(choice) ? name : `${choice}: ${name}`;

const prefix = 'd';
const claimsOfSweep = sweepClaims(prefix);

/** The claims about Fig. 1 in a few words, by the end of their names. */
const words: Readonly<Record<string, string>> = {
  'a-error': 'errors below 10⁻⁴ from 10 layers on',
  'a-lowest': 'high frequency has the lowest',
  'b-epochs': 'fewer epochs with depth',
  'b-fastest': 'high frequency is the fastest',
  'c-change': 'parameters change less with depth',
  'd-kappa': 'κ falls with depth',
  'd-smaller': 'high frequency has a smaller κ',
  'd-epochs': 'κ is reflected in epochs',
  'd-decay': 'decay time ~ κ',
  'e-negligible': 'error a point is negligible',
  'e-constant': 'low frequency: almost constant',
  'e-depth': 'error falls with depth',
  'f-low': 'low frequency fits the test points',
  'f-high': 'high frequency overfits',
  'f-either': 'Eq. 5 or training alike',
  'f-stopping': 'stopping helps high frequency',
};

const rowOf = (id: string): string => `${id[0]}) ${words[id]}`;

type Verdicts = Readonly<Record<string, ClaimVerdict>>;

interface Analysis {
  readonly standard: Verdicts;
  readonly variants: readonly { readonly name: string; readonly choice: Choice; readonly verdicts: Verdicts }[];
}

const judged = (sweep: Sweep): Verdicts =>
  Object.fromEntries(claimsOfSweep.map(({ id, judge }) => [id.slice(prefix.length + 1), judge(sweep).verdict]));

const whys: Readonly<Record<Choice, string>> = {
  ansatz:
    'A ring of CZ, RY, RZ and Z on one qubit make functions with f(x + π) = −f(x) alone, an HVA makes all: a smaller rank, a smaller κ and another error of Eq. 5.',
  'input range': 'The range decides how alike the encoding’s functions are on the points, and with that κ.',
  readout: 'Other readouts reach other functions.',
  γ: 'At γ = 1 labels near ±1 are on the edge of the readout.',
  'f₀': 'The labels are larger than the outputs at initialisation.',
  κ: 'It is 1/κ, which rises wherever κ falls.',
  iterations: 'Directions with small eigenvalues are learned late or never.',
  split: 'Ten test points are few.',
};

const claims: readonly Claim<Analysis>[] = choices.map((choice) => ({
  id: `d-sensitivity-${{ ansatz: 'ansatz', 'input range': 'range', readout: 'readout', γ: 'gamma', 'f₀': 'start', κ: 'kappa', iterations: 'iterations', split: 'split' }[choice]}`,
  where: choice === 'ansatz' ? '§2: “the effect is neither ansatz nor dataset dependent”' : 'left open in the paper',
  claim: `What the panels show on the Ising ring does not depend on the choice: ${choice}.`,
  criterion:
    'The verdicts of all sixteen claims about Fig. 1 are those of the standard setting in every variant. Where at least twelve are in each variant: with the condition that it is not about the others.',
  judge({ standard, variants: all }) {
    const own = all.filter((variant) => variant.choice === choice);
    const changes = own.map(({ name, verdicts }) => ({
      name,
      changed: Object.entries(verdicts).filter(([id, verdict]) => verdict !== standard[id]),
    }));
    const most = Math.max(0, ...changes.map(({ changed }) => changed.length));
    const count = Object.keys(standard).length;
    return {
      found: changes
        .map(({ name, changed }) => {
          const list = changed.map(([id, verdict]) => `${id} (${standard[id]} → ${verdict})`).join(', ');
          return `${name}: ${count - changed.length} of ${count} verdicts stay${list ? `; others: ${list}` : ''}`;
        })
        .join('. '),
      verdict:
        own.length === 0
          ? 'cannot be decided'
          : most === 0
            ? 'holds'
            : most <= count - 12
              ? 'holds with a condition'
              : 'does not hold as stated',
      why: whys[choice],
    };
  },
}));

function ensemblesOf({ spec, ansatze }: Pick<Variant, 'spec' | 'ansatze'>, size: Size) {
  const ofStandard = standardSpec(sources.tfim);
  const sweep = sweepOf(
    ({ ansatz, frequency }) => ofStandard({ ansatz: ansatze?.[ansatz] ?? ansatz, frequency }),
    gridOf(size),
  );
  return Object.entries(sweep).map(
    ([name, own]) => [name, { ...own, spec: { ...(own.spec as object), ...spec } as never }] as const,
  );
}

/** Of the standard for variants that only read it otherwise. */
const resultName = ({ read, ...variant }: Variant, name: string): string =>
  `${read ? standardName : labelOf(variant)}; ${name}`;

export const sensitivity: Figure<NetworkResult, Analysis> = {
  id: 'd-sensitivity',
  paper: 'qntk-diagnostics',
  title: 'How the conclusions of each panel change with what the paper leaves open',
  ensembles: (size) =>
    Object.fromEntries(
      [
        { label: standardName, variant: {} },
        ...variantsOf(size).flatMap((variant) => (variant.read ? [] : [{ label: labelOf(variant), variant }])),
      ].flatMap(({ label, variant }) =>
        ensemblesOf(variant, size).map(([name, ensemble]) => [`${label}; ${name}`, ensemble]),
      ),
    ),
  analyse(results, size) {
    const sweepOfVariant = (variant: Variant) => {
      const sweep = sweepFrom((name) => resultsOf(results, resultName(variant, name)), gridOf(size));
      return variant.read ? variant.read(sweep) : sweep;
    };
    return {
      standard: judged(sweepFrom((name) => resultsOf(results, `${standardName}; ${name}`), gridOf(size))),
      variants: variantsOf(size).map((variant) => ({
        name: variant.name,
        choice: variant.choice,
        verdicts: judged(sweepOfVariant(variant)),
      })),
    };
  },
  panels: ({ standard, variants: all }) => {
    const columns = [
      { label: standardName, verdicts: standard },
      ...all.map((variant) => ({ label: labelOf(variant), verdicts: variant.verdicts })),
    ];
    const rows = claimsOfSweep.map(({ id }) => id.slice(prefix.length + 1));
    return [
      tiles({
        name: 'verdicts',
        title: 'Verdicts on the claims about Fig. 1, by what the paper leaves open',
        caption:
          'Ising ring, 2 to 40 layers, four initialisations; the first column is the setting of d-fig1-tfim, each other one changes one choice.',
        columns: columns.map(({ label }) => label),
        rows: rows.map(rowOf),
        tiles: columns.flatMap(({ label, verdicts }) =>
          rows.map((id) => ({ column: label, row: rowOf(id), verdict: verdicts[id]! })),
        ),
      }),
    ];
  },
  claims,
};
