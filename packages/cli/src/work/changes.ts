import {
  type Asking,
  type Attempt,
  buildModel,
  comparingChanges,
  type DiagnoseOptions,
  type Diagnosis,
  type DiagnosisProblem,
  engines,
  joinDiagnosis,
  type LimitAndReferences,
  type ModelSpec,
  type SeedDiagnosis,
  type Tried,
  unknownLimit,
} from '@qntk/core';
import { type DiagnoseData, type Foresight, keptOutKind, type Session } from '@qntk/study';

/** What changes of a model may bring: asked for when a diagnosis is joined, and foreseen before. */
export interface ChangesToTry {
  /** What they come to, as forecast or trained, where that may tell what would help. */
  tried(joined: Diagnosis, session: Session): Promise<Tried>;
  /** What will be tried if all initialisations come to what those come to that are done. */
  foreseen(
    seeds: readonly SeedDiagnosis[],
    found: LimitAndReferences | undefined,
    known: Parameters<Foresight<[]>>[1],
  ): ReturnType<typeof ensemblesOf>;
}

interface Foreseen {
  /** How many initialisations were known, and what else. */
  readonly seeds: number;
  readonly found: LimitAndReferences | undefined;
  readonly asking: Asking<Tried>;
  next: ReturnType<Asking<Tried>['next']>;
}

export function changesToTry(
  problem: DiagnosisProblem<DiagnoseOptions>,
  spec: ModelSpec,
  data: DiagnoseData,
): ChangesToTry {
  const { features, states, outputs } = data.dataset;
  const build = (model: ModelSpec) =>
    buildModel(model, features.length, engines.wasm, { states, circuit: data.circuit, outputs });
  const numbers = Array.from({ length: problem.options.seeds }, (_, index) => index);
  const comparing = (joined: Diagnosis) => comparingChanges(joined, problem, { spec, build }, numbers);
  /** As far as was foreseen by what was known last. */
  let latest: Foreseen | undefined;
  return {
    async tried(joined, session) {
      const asking = comparing(joined);
      for (let next = asking.next(); ; ) {
        if (next.done) return next.value;
        const { records } = await session.all(ensemblesOf(next.value, spec, data));
        next = asking.next(records.map(([record]) => record!.result));
      }
    },
    foreseen(seeds, found, known) {
      if (seeds.length === 0) return [];
      if (latest?.seeds !== seeds.length || latest.found !== found) {
        const asking = comparing(joinDiagnosis(problem, seeds, found ?? unknownLimit));
        latest = { seeds: seeds.length, found, asking, next: asking.next() };
      }
      while (!latest.next.done) {
        // What the limit is decides which changes are tried, beside the plan.
        const attempts = found ? latest.next.value : latest.next.value.filter(({ plan }) => !('change' in plan));
        const asked = ensemblesOf(attempts, spec, data);
        const records = known(asked);
        if (!records) return asked;
        if (!found) return [];
        latest.next = latest.asking.next(records.map(([record]) => record!.result));
      }
      return [];
    },
  };
}

const ensemblesOf = (attempts: readonly Attempt[], spec: ModelSpec, data: DiagnoseData) =>
  attempts.map(({ plan: { model = spec, options, rate }, dataset, index, seconds }) => ({
    kind: keptOutKind,
    spec: { model, options, ...(rate !== undefined && { rate }) },
    data: { ...data, dataset },
    seeds: [index],
    seconds,
  }));
