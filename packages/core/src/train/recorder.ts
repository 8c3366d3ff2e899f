import { logSpaced } from '../linalg/log-spaced.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { Evaluation } from '../optimize/objective.ts';

/** One record of a run. */
interface Entry {
  readonly iteration: number;
  readonly theta: Float64Array;
  readonly loss: number;
  readonly train: Float64Array;
}

/** Records at most in a log-spaced schedule, the start included; a curve needs no more. */
const most = 100;

/** About a hundred iterations from 0 to `steps`: every one at first, then evenly on a logarithmic axis. */
export function recordSchedule(steps: number): number[] {
  const count = Math.min(most, steps + 1);
  const marks = Array.from(logSpaced(1, steps + 1, count), (mark) => Math.round(mark) - 1);
  return [...new Set(marks)];
}

/** Records θ, the loss and the outputs at the scheduled iterations and at the last one, and makes a Trajectory of them. */
export class Recorder {
  readonly #schedule: ReadonlySet<number>;
  readonly #recorded: Entry[] = [];

  constructor(schedule: readonly number[]) {
    this.#schedule = new Set([0, ...schedule]);
  }

  observe(iteration: number, theta: Float64Array, { loss, outputs }: Required<Evaluation>): void {
    this.#recorded.push({ iteration, theta: theta.slice(), loss, train: outputs });
  }

  /** Whether an iteration is one of the schedule. */
  wants(iteration: number): boolean {
    return this.#schedule.has(iteration);
  }

  /** Whether the last record is of this iteration. */
  has(iteration: number): boolean {
    return this.#recorded.at(-1)?.iteration === iteration;
  }

  /** `tick` is the time of one iteration on the clock; `testOutputs` gives f on the test points. */
  finish(
    { clock, tick }: { readonly clock: Trajectory['clock']; readonly tick: number },
    testOutputs: (theta: Float64Array) => Float64Array,
  ): { trajectory: Trajectory; thetas: Float64Array } {
    const entries = this.#recorded;
    return {
      trajectory: {
        clock,
        times: Float64Array.from(entries, ({ iteration }) => iteration * tick),
        trainLoss: Float64Array.from(entries, ({ loss }) => loss),
        train: joined(entries.map(({ train }) => train)),
        test: joined(entries.map(({ theta }) => testOutputs(theta))),
      },
      thetas: joined(entries.map(({ theta }) => theta)),
    };
  }
}

function joined(rows: readonly Float64Array[]): Float64Array {
  const width = rows[0].length;
  const all = new Float64Array(rows.length * width);
  rows.forEach((row, k) => {
    all.set(row, k * width);
  });
  return all;
}
