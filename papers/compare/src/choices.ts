import type { Half } from '../../forecast/src/problems.ts';
import { rankCorrelation } from '../../statistics.ts';
import { mean, table } from '../../table.ts';
import { bootstrapped } from './bootstrap.ts';
import { datasetOf } from './candidates.ts';
import { type HalvingPlan, halving } from './halving.ts';
import { type Choice, firstOfLargest, type RaceSeeds, race, type Truth, trainingAll } from './races.ts';
import { predictorsOfHalf, truthOfHalf } from './records.ts';
import { type Beside, besideOf, predictorRules, type Rule, rungRules, testScore, valuesOf } from './rules.ts';

/** One data set: its runs, and the true score of every candidate, the mean over all initialisations. */
interface SetTruth {
  readonly name: string;
  readonly truth: Truth;
  readonly scores: readonly number[];
  readonly beside: Beside;
}

/** The three ways in which races are run; the first is that of the criterion. */
const kinds: readonly (RaceSeeds & { readonly title: string })[] = [
  { title: 'Races of three initialisations', seeds: 3 },
  { title: 'Races of one initialisation', seeds: 1 },
  { title: 'Races as of qntk suggest: one initialisation, three of the last eight', seeds: 1, finalSeeds: 3 },
];

/** Initialisations of a race, in their order: of each of its races the first is another. */
const racesOf = ({ truth }: SetTruth): number[][] =>
  truth.map((_, first) => truth.map((__, k) => (first + k) % truth.length));

const shares = [0.01, 0.02, 0.05, 0.1, 0.2];

/** Successive halving as it does best on the design half. */
const halvingPlan: HalvingPlan = { steps: [3, 10, 30, 100], kept: 1 / 3 };

/** A way to choose with limited work, of one race; several where it draws lots. */
type Method = (
  set: SetTruth,
  order: readonly number[],
  kind: RaceSeeds,
  gradients: number,
) => readonly (Choice | undefined)[];

const methods: readonly { readonly name: string; readonly choose: Method }[] = [
  { name: 'race', choose: ({ truth }, order, kind, gradients) => [race(truth, order, kind, gradients)] },
  {
    name: 'successive halving',
    choose: ({ truth }, order, { seeds }, gradients) =>
      Array.from({ length: 5 }, (_, draw) => halving(truth, order.slice(0, seeds), gradients, halvingPlan, draw)),
  },
];

export function printChoices(folder: string, half: Half): void {
  const predictors = predictorsOfHalf(folder, half);
  const sets = [...truthOfHalf(folder, half)].map(([name, truth]) => ({
    name,
    truth,
    scores: truth[0]!.map((_, k) => mean(truth.map((runs) => testScore(runs[k]!)))),
    beside: besideOf(predictors, name, datasetOf(folder, name)),
  }));
  console.log(sets.map(({ name, truth }) => `${name}: ${truth.length} initialisations`).join(', '));
  for (const kind of kinds) {
    console.log(`\n${kind.title}\n\n${budgetTable(sets, kind)}`);
    console.log(`\n${regretBySet(sets, kind)}`);
  }
  console.log(`\nBy rung, one initialisation\n\n${ruleTable(sets, rungRules)}`);
  console.log(`\nBy what others choose by\n\n${ruleTable(sets, predictorRules)}`);
  console.log(`\nChoosing by the test rows\n\n${testTable(sets)}`);
}

const shown = (value: number): string => (Math.round(1000 * value) / 1000 || 0).toFixed(3).replace('-', '−');
const around = ({ mean: value, low, high }: ReturnType<typeof bootstrapped>): string =>
  `${shown(value)} (${shown(low)} to ${shown(high)})`;
const percent = (value: number): string => `${Number((100 * value).toPrecision(2))} %`;

/** Regret against training all, by method and by share of its gradients. */
function budgetTable(sets: readonly SetTruth[], kind: RaceSeeds): string {
  const rows = [...shares, undefined].flatMap((share) =>
    methods.flatMap(({ name, choose }) => {
      if (share === undefined && name !== 'race') return [];
      const found = sets.map((set) =>
        racesOf(set).map((order) => {
          const all = trainingAll(set.truth, order, kind);
          const choices = choose(set, order, kind, share === undefined ? Infinity : share * all.gradients);
          const fair = choices.map((choice) => (choice ? set.scores[choice.candidate]! : mean(set.scores)));
          return {
            regret: set.scores[all.candidate]! - mean(fair),
            best: Math.max(...set.scores) - mean(fair),
            share: mean(choices.map((choice) => (choice?.gradients ?? 0) / all.gradients)),
          };
        }),
      );
      const part = (of: (one: (typeof found)[number][number]) => number) => found.map((races) => races.map(of));
      return [
        [
          share === undefined ? 'none' : percent(share),
          name,
          percent(mean(part((one) => one.share).map(mean))),
          around(bootstrapped(part((one) => one.regret))),
          shown(Math.max(...part((one) => one.regret).map(mean))),
          around(bootstrapped(part((one) => one.best))),
        ],
      ];
    }),
  );
  const head = ['limit', 'method', 'takes', 'regret against training all', 'worst set', 'against the best there is'];
  return table(head, rows);
}

/** The race at 5 % on each set. */
function regretBySet(sets: readonly SetTruth[], kind: RaceSeeds): string {
  const rows = sets.map((set) => {
    const found = racesOf(set).map((order) => ({ order, all: trainingAll(set.truth, order, kind) }));
    const raced = found.map(({ order, all }) => race(set.truth, order, kind, 0.05 * all.gradients));
    return [
      set.name,
      shown(Math.max(...set.scores)),
      shown(mean(found.map(({ all }) => set.scores[all.candidate]!))),
      shown(mean(raced.map(({ candidate }) => set.scores[candidate]!))),
      shown(mean(set.scores)),
    ];
  });
  return table(['data set', 'best there is', 'training all', 'race, 5 %', 'at random'], rows);
}

/** Rank correlation of a rule with the true score, and the true score of what it chooses: races of one initialisation. */
function ruleTable(sets: readonly SetTruth[], rules: readonly Rule[]): string {
  const random: Rule = { name: 'at random', takes: () => 0, of: () => 0 };
  const rows = [...rules, random].map((rule) => {
    const found = sets.map((set) =>
      racesOf(set).map(([first]) => {
        const values = valuesOf(rule, set.truth, [first!], set.beside);
        const all = trainingAll(set.truth, [first!], { seeds: 1 });
        // Of several that are equal anyone may be taken.
        const most = Math.max(...values);
        const chosen = mean(set.scores.filter((_, k) => values[k] === most));
        const costs = set.truth[first!]!.map(rule.takes);
        return {
          takes: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + cost!, 0) / all.gradients,
          correlation: rankCorrelation(values, set.scores),
          regret: set.scores[all.candidate]! - chosen,
          best: Math.max(...set.scores) - chosen,
        };
      }),
    );
    const part = (of: (one: (typeof found)[number][number]) => number) => found.map((races) => races.map(of));
    const takes = found.flat().map((one) => one.takes);
    return [
      rule.name,
      takes.includes(null) ? '–' : percent(mean(takes as number[])),
      around(bootstrapped(part((one) => one.correlation))),
      around(bootstrapped(part((one) => one.regret))),
      shown(mean(part((one) => one.best).map(mean))),
    ];
  });
  return table(
    ['by', 'takes', 'rank correlation with the true score', 'regret against training all', 'against the best'],
    rows,
  );
}

/** What the best score of an initialisation on the test rows claims, and what the model is worth. */
function testTable(sets: readonly SetTruth[]): string {
  const rows = sets.map(({ name, truth, scores }) => {
    const found = truth.map((runs) => {
      const test = runs.map(testScore);
      const chosen = firstOfLargest(test);
      return { claimed: test[chosen]!, worth: scores[chosen]! };
    });
    return [
      name,
      shown(mean(found.map(({ claimed }) => claimed))),
      shown(mean(found.map(({ worth }) => worth))),
      shown(Math.max(...scores)),
    ];
  });
  return table(['data set', 'claimed', 'true score of it', 'best true score'], rows);
}
