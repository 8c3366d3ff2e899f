import type { Case } from './case.ts';
import { denseCases } from './dense.ts';
import { diagnosisCases } from './diagnosis.ts';
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
  ...diagnosisCases,
  ...limitCases,
  ...denseCases,
];

/** The cases of the given names or beginnings of names, separated by commas; all where there is no list. */
export function casesOf(list: string | undefined): readonly Case[] {
  if (list === undefined) return cases;
  return list.split(',').flatMap((name) => {
    const same = cases.filter((entry) => entry.name === name);
    const found = same.length > 0 ? same : cases.filter((entry) => entry.name.startsWith(`${name}-`));
    if (found.length === 0)
      throw new Error(`no case ${name}; there are ${cases.map((entry) => entry.name).join(', ')}`);
    return found;
  });
}
