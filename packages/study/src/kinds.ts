import type { Kind } from './ensemble.ts';
import { compareKind } from './kinds/compare.ts';
import { diagnoseKind, keptOutKind, limitKind } from './kinds/diagnose.ts';
import { asymptoticKind, boundsKind, finiteKind, regimeKind } from './kinds/dynamics.ts';

/** What can be done in any thread or program that knows only a task: one entry a kind. */
export const kinds: readonly Kind<never, never, unknown>[] = [
  diagnoseKind,
  limitKind,
  keptOutKind,
  compareKind,
  asymptoticKind,
  finiteKind,
  boundsKind,
  regimeKind,
];
