// The file that threads for the figures of papers are started on: the papers' kinds are loaded by these alone.
import { parentPort } from 'node:worker_threads';
import { kinds, type Port, serve } from '@qntk/study';
import { kinds as paperKinds } from '../../../papers/kinds.ts';

serve(parentPort as unknown as Port, [...kinds, ...paperKinds]);
