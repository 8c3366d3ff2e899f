import type { Ensemble, Kind } from '@qntk/study';

/** Tasks of one kind for the seeds 0 … count − 1; that the kind takes the spec is checked here. */
export function tasks<Spec, Result>(
  kind: Kind<Spec, undefined, Result>,
  spec: Spec,
  count: number,
): Ensemble<never, never, Result> {
  return { kind, spec, data: undefined, seeds: Array.from({ length: count }, (_, k) => k) } as unknown as Ensemble<
    never,
    never,
    Result
  >;
}

/** The results of an ensemble; what kind it is of is fixed where the ensemble is written down. */
export function resultsOf<Result>(
  results: Readonly<Record<string, readonly unknown[]>>,
  name: string,
): readonly Result[] {
  const found = results[name];
  if (found === undefined) throw new Error(`no results of ${name}`);
  return found as readonly Result[];
}
