import type { DrawnPlot } from '@qntk/report/plots';
import type { Ensemble } from '@qntk/study';

/** The size of the paper, or a slice that takes seconds and shows that the same code gives the same numbers. */
export type Size = 'full' | 'reduced';

/** What a claim of a paper turned out to be, by the criterion that was written down before the run. */
export type ClaimVerdict = 'holds' | 'holds with a condition' | 'does not hold as stated' | 'cannot be decided';

/** What we find of a claim. */
export interface Finding {
  /** Our number with its uncertainty, in words: an interval over initialisations or splits, never one seed. */
  readonly found: string;
  readonly verdict: ClaimVerdict;
  /** One or two sentences. */
  readonly why: string;
}

/** A statement of a paper that numbers can decide. */
export interface Claim<Analysis> {
  /** Such as `d-1-training-error`. */
  readonly id: string;
  /** Section, figure, panel or equation of the paper. */
  readonly where: string;
  /** In our words. */
  readonly claim: string;
  /** What has to come out for it to hold; fixed before the run. */
  readonly criterion: string;
  judge(analysis: Analysis): Finding;
}

/**
 * A figure of a paper: tasks → records → analysis → panels and claims. The analysis is plain data, all that panels and claims need;
 * it is written beside the pictures and compared with stored numbers by the tests.
 */
export interface Figure<Result = unknown, Analysis = unknown> {
  /** As users name it: `d-fig1-tfim`. */
  readonly id: string;
  /** Its name in docs/references.md. */
  readonly paper: 'qntk-diagnostics' | 'qnn-convergence';
  readonly title: string;
  /** What has to be computed, by name; each ensemble is a setting and its initialisations. */
  ensembles(size: Size): Readonly<Record<string, Ensemble<never, never, Result>>>;
  /** From the results of every ensemble, in the order of its seeds. */
  analyse(results: Readonly<Record<string, readonly Result[]>>, size: Size): Analysis;
  panels(analysis: Analysis): readonly DrawnPlot[];
  readonly claims: readonly Claim<Analysis>[];
}

/** A figure whose results and analysis are nobody else's business. */
// biome-ignore lint/suspicious/noExplicitAny: each figure keeps results and analysis of a type of its own.
export type AnyFigure = Figure<any, any>;

/** A claim and what came out. */
export type JudgedClaim = Omit<Claim<never>, 'judge'> & Pick<Figure, 'paper'> & Finding;
