import {
  counted,
  InputError,
  type InputProblem,
  type ProposedModel,
  proposeForArrays,
  proposeForColumns,
} from '@qntk/core';
import { arrayProposalText, proposalText } from '@qntk/report';
import type { Listener } from '../command.ts';
import { dataWords } from './data-words.ts';
import { findData } from './found.ts';
import { type FileLines, type ProposedSpec, specForArrays, specForColumns } from './proposed.ts';

/** What a file of data seems to be for, and a model to begin with. */
export interface DataProposal {
  /** For people. */
  readonly text: string;
  /** For programs. */
  readonly document: Record<string, unknown>;
  readonly model: ProposedModel;
  /** A SPEC of the data with a model, under a comment. */
  written(head: string, model: ProposedModel): ProposedSpec;
}

/**
 * Reads a file of data and proposes what to do with it.
 *
 * @param target - the column to learn; guessed where left out.
 * @param folder - where the SPEC will stand: it names the file from there.
 * @throws InputError where it is no data, or nothing can be learned from it.
 */
export function readProposal(
  data: string,
  target: string | undefined,
  folder: string,
  listener: Pick<Listener, 'warn'>,
): DataProposal {
  const found = findData(data, folder);
  if (found.kind === 'arrays') {
    if (target !== undefined)
      throw new InputError({
        where: '--target',
        found: `${target} with arrays`,
        expected: 'none, as labels are an array of their own',
      });
    const proposal = within(data, undefined, () => proposeForArrays(found.table));
    const { rows, features, task } = proposal;
    const lines = withRows(found.lines, rows);
    return {
      text: arrayProposalText(proposal),
      document: { rows, features, target: task },
      model: proposal.model,
      written: (head, model) => specForArrays(head, lines, { ...proposal, model }),
    };
  }
  // What was found out about delimiter and index stands in the SPEC, or is left out by itself.
  for (const note of found.notes)
    if (note.code !== 'delimiter' && note.code !== 'index-column') listener.warn(dataWords(note));
  const proposal = within(data, target, () => proposeForColumns(found.columns, target));
  const { rows, columns } = proposal;
  const { column, why, task } = proposal.target;
  const lines = withRows(found.lines, rows);
  return {
    text: proposalText(proposal),
    document: {
      rows,
      target: { name: column.name, why, ...task },
      columns: columns.map(({ values: _, ...facts }) => facts),
    },
    model: proposal.model,
    written: (head, model) => specForColumns(head, lines, { ...proposal, model }),
  };
}

const withRows = (lines: FileLines, rows: number): FileLines =>
  lines.map((line) => (line.key === 'file' ? { ...line, comment: counted(rows, 'row') } : line));

/** A proposal for a file: what cannot be is told of the option, or else of the file. */
function within<T>(data: string, target: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw withOption(error, target).at(({ where }) => {
      if (where !== 'target') return `${data}: ${where}`;
      return target === undefined ? data : '--target';
    });
  }
}

/** A column that was taken for the target and cannot be: the option that names another. */
function withOption(error: InputError, target: string | undefined): InputError {
  if (target !== undefined) return error;
  const option = '--target NAME learns another column';
  const problems = error.problems.map((problem: InputProblem) =>
    problem.where.startsWith('column ')
      ? { ...problem, advice: problem.advice === undefined ? option : `${problem.advice}; ${option}` }
      : problem,
  );
  return new InputError(problems, { cause: error });
}
