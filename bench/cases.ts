import type { Case } from './case.ts';
import { firstCases } from './first.ts';
import { jacobianCases } from './jacobian.ts';
import { limitCases } from './limit.ts';
import { curveCases, stepCases } from './step.ts';
import { trainCases } from './train.ts';

const cases: readonly Case[] = [
  ...jacobianCases,
  ...trainCases,
  ...stepCases,
  ...curveCases,
  ...firstCases,
  ...limitCases,
];

/** The cases of the given names, separated by commas; all where there is no list. */
export function casesOf(list: string | undefined): readonly Case[] {
  if (list === undefined) return cases;
  return list.split(',').map((name) => {
    const found = cases.find((entry) => entry.name === name);
    if (!found) throw new Error(`no case ${name}; there are ${cases.map((entry) => entry.name).join(', ')}`);
    return found;
  });
}
