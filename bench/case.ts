/** One thing that is timed. */
export interface Case {
  readonly name: string;
  /** Prepares the work, checks its answer once, and returns what is timed. */
  prepare(): () => void;
  readonly peers?: Peers;
}

/** Other tools for the same work. */
export interface Peers {
  /** In bench/peers. */
  readonly scripts: readonly string[];
  /** A module that is all the scripts need: where it is installed, they run beside the case every time. */
  readonly needs?: string;
  /** What a script is told, as JSON. */
  problem(): object;
  /** Our numbers for what a script answers. */
  answer(): readonly number[];
  /** How many runs of a script make the work, where all of it would take too long; 1 where left out. */
  readonly scale?: number;
}
