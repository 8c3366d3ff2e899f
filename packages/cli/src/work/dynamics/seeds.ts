import { type Ensemble, type Kind, schedule } from '@qntk/study';
import type { Listener } from '../../command.ts';
import { version } from '../../version.ts';
import { storeFor } from '../records.ts';
import { threadsWithin } from '../threads.ts';
import { refuseForeign } from './results.ts';

/** Which seeds, and what becomes of them. */
export interface SeedOptions {
  readonly seeds?: number;
  readonly seed?: number;
  readonly out?: string;
}

const defaults = { seeds: 10, seed: 1 };

/** The numbers of the seeds asked for. */
export function wantedSeeds(options: SeedOptions): number[] {
  const { seeds, seed } = { ...defaults, ...options };
  return Array.from({ length: seeds }, (_, k) => seed + k);
}

/**
 * Runs the seeds asked for, those that the folder of results has no record of yet.
 *
 * @param bytes - that one of them takes.
 */
export async function runSeeds<Spec, Data, Result>(
  ensemble: Ensemble<Spec, Data, Result> & { readonly kind: Kind<Spec, Data, Result> },
  { out, bytes = 0 }: { readonly out: string | undefined; readonly bytes?: number },
  listener: Listener,
): Promise<{ readonly results: readonly Result[]; readonly found: number }> {
  if (out !== undefined) refuseForeign(out);
  const { records, found } = await schedule(ensemble, {
    store: storeFor(out, listener),
    version,
    threads: threadsWithin(bytes),
    onProgress: ({ label, done, total, seconds }) => listener.progress(label, done, total, seconds),
  });
  return { results: records.map(({ result }) => result), found };
}
