import type { Study } from '../../table.ts';
import { flowStudy } from './flow.ts';
import { curveStudy, linearisationStudy } from './loss-curves.ts';
import { readingTimeStudy } from './reading-time.ts';
import { trainableStudy } from './trainable.ts';
import { edgeStudy, residualStudy } from './training-error.ts';

export const studies: readonly Study[] = [
  flowStudy,
  readingTimeStudy,
  residualStudy,
  edgeStudy,
  linearisationStudy,
  curveStudy,
  trainableStudy,
];
