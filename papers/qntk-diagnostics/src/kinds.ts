import type { Kind } from '@qntk/study';
import { descentKind } from './kinds/descent.ts';
import { flowKind } from './kinds/flow.ts';
import { labelsKind } from './kinds/labels.ts';
import { limitKind } from './kinds/limit.ts';
import { networkKind } from './kinds/network.ts';
import { pathKind } from './kinds/path.ts';

/** What the figures of this paper compute. */
export const kinds: readonly Kind<never, never, unknown>[] = [
  networkKind,
  labelsKind,
  limitKind,
  descentKind,
  pathKind,
  flowKind,
];
