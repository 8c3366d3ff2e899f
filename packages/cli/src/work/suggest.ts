import path from 'node:path';
import { modelChoices } from '@qntk/core';
import type { Comparison } from '@qntk/core/compare';
import { comparisonDocument, rungText, runnersUp, suggestionText } from '@qntk/report';
import { compare, memoryStore, raceOf } from '@qntk/study';
import type { Listener, Outcome } from '../command.ts';
import { commandLine, quoted } from '../command-line.ts';
import { specName } from '../files/spec-name.ts';
import { readCandidates } from '../spec/grid.ts';
import { readProposal } from '../spec/proposal.ts';
import { chosenModel, finalSeeds, suggestedGrid } from '../spec/suggested.ts';
import { version } from '../version.ts';
import { checkRace } from './race.ts';
import { keptThreadsFor } from './threads.ts';

interface Given {
  readonly data: string;
  readonly target?: string;
  readonly budget?: number;
  readonly out?: string;
}

/** Seconds that all of it takes, from the program's start, where nobody says otherwise: to be done within a minute. */
const usualBudget = 55;

export async function run({ data, target, budget, out }: Given, listener: Listener): Promise<Outcome> {
  const file = specName(data, out);
  const folder = path.dirname(file);
  const proposal = readProposal(data, target, folder, listener);
  const { model, written } = proposal;
  const grid = suggestedGrid(written('', model), modelChoices(model));
  const { candidates, skipped } = readCandidates({ grid, file: data }, listener, folder);
  const race = raceOf(candidates, undefined, finalSeeds);
  checkRace(race);
  const { comparison } = await compare(race, {
    store: memoryStore(),
    version,
    skipped,
    threadsFor: keptThreadsFor(),
    labelOf: rungText,
    budget: { seconds: budget ?? usualBudget, of: 'all' },
    onProgress: ({ label, done, total }) => listener.progress(label, done, total),
  });
  // By one initialisation, the first candidate is judged in any time.
  const winner = comparison.candidates[0]!;
  const next = `npx qntk diagnose ${quoted(file)} --verify`;
  const { text, spec } = written(headOf(comparison, next), chosenModel(model, winner));
  return {
    text: `${proposal.text}\n\n${suggestionText(comparison)}\n\n${next}`,
    document: {
      schema: 'qntk/suggest/1',
      file,
      ...proposal.document,
      spec,
      next,
      comparison: comparisonDocument(comparison),
    },
    output: { file, content: text },
    notice: `a SPEC is in ${file}: look at it, then run the next command`,
  };
}

/** The call, what else was nearly as good, and what to do now. */
function headOf(comparison: Comparison, next: string): string {
  const { candidates } = comparison;
  const others = runnersUp(comparison).map((line) => `  ${line}`);
  const judged = candidates.filter(({ forecast }) => forecast !== null).length;
  const all = candidates.length;
  return [
    `Made by: ${commandLine()}`,
    `The best of ${judged < all ? `${judged} that were judged of ` : ''}${all} models${others.length > 0 ? '; next to it' : ''}`,
    ...others,
    `What to expect of it, and what limits it:\n  ${next}`,
  ].join('\n');
}
