import type { Trajectory } from '../../model/trajectory.ts';
import type { FlowState } from './state.ts';

interface RecordOptions {
  /** Times t wanted, ascending. */
  readonly times: Float64Array;
  /** Records hold the training loss alone. */
  readonly lossOnly?: boolean;
}

/** Collects losses, parameters and outputs at the wanted times as steps pass them. */
export class Records {
  readonly #wanted: Float64Array;
  readonly #weight: number;
  readonly #loss: (f: Float64Array) => number;
  readonly #lossOnly: boolean;
  readonly #times: number[] = [];
  readonly #losses: number[] = [];
  readonly #states: FlowState[] = [];

  /** `weight` w turns times t into kernel times s = w·t; `loss` is the training loss of outputs on all rows. */
  constructor({ times, lossOnly }: RecordOptions, weight: number, loss: (f: Float64Array) => number) {
    this.#wanted = times;
    this.#weight = weight;
    this.#loss = loss;
    this.#lossOnly = lossOnly === true;
  }

  /** Which share of the wanted times is taken. */
  get share(): number {
    return this.#times.length / this.#wanted.length;
  }

  get full(): boolean {
    return this.#times.length >= this.#wanted.length;
  }

  /** Records the wanted times up to `next`; `at` gives the states at a list of kernel times. */
  takeUntil(next: number, at: (times: number[]) => readonly FlowState[]): void {
    const now = this.#until(next);
    const states = at(now.map((t) => t * this.#weight));
    for (const [k, state] of states.entries()) this.#take(now[k], state);
  }

  /** The kernel times that are still wanted up to `next`. */
  wantedUntil(next: number): number[] {
    return this.#until(next).map((t) => t * this.#weight);
  }

  #until(next: number): number[] {
    const left = this.#wanted.subarray(this.#times.length);
    const beyond = left.findIndex((t) => t * this.#weight > next);
    return Array.from(beyond < 0 ? left : left.subarray(0, beyond));
  }

  /** Records one last state at the kernel time s. */
  closeWith(s: number, state: FlowState): void {
    this.#take(s / this.#weight, state);
  }

  #take(time: number, state: FlowState): void {
    this.#times.push(time);
    this.#losses.push(this.#loss(state.f));
    if (!this.#lossOnly) this.#states.push(state);
  }

  finish(trainRows: number): { trajectory: Trajectory; thetas: Float64Array } {
    const joined = (part: (state: FlowState) => Float64Array) => {
      const parts = this.#states.map(part);
      const all = new Float64Array(parts.reduce((length, each) => length + each.length, 0));
      let at = 0;
      for (const each of parts) {
        all.set(each, at);
        at += each.length;
      }
      return all;
    };
    return {
      trajectory: {
        clock: 't',
        times: Float64Array.from(this.#times),
        trainLoss: Float64Array.from(this.#losses),
        train: joined(({ f }) => f.subarray(0, trainRows)),
        test: joined(({ f }) => f.subarray(trainRows)),
      },
      thetas: joined(({ theta }) => theta),
    };
  }
}
