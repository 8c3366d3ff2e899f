import type { Kind } from '@qntk/study';
import { labelsKind } from './kinds/labels.ts';
import { networkKind } from './kinds/network.ts';

/** What the figures of this paper compute. */
export const kinds: readonly Kind<never, never, unknown>[] = [networkKind, labelsKind];
