/** What is wrong with something the user gave, as data: whoever shows it makes the sentence. */
export interface InputProblem {
  /** The place: `moons.csv:12`, a key of the SPEC such as `training.rate`, an argument of the library such as `theta`. */
  readonly where: string;
  /** True where the key itself is wrong, rather than what stands under it. */
  readonly atKey?: boolean;
  /** What stands there. */
  readonly found: string;
  /** What would have been right. */
  readonly expected: string;
  /** The way out, where there is one that `expected` does not tell. */
  readonly advice?: string;
  /** Lines of the text at `where`, with a mark under the place: shown below the sentence. */
  readonly excerpt?: string;
}

/**
 * An error in what the user gave: a file, a line, a key, an option. The command line ends with exit code 2 on it.
 *
 * `problems` are the facts, most often one; `message` is them in words, a line each: place, found, expected, way out.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problems: readonly InputProblem[];

  constructor(problem: InputProblem | readonly InputProblem[], options?: ErrorOptions) {
    const problems = Array.isArray(problem) ? problem : [problem as InputProblem];
    super(problems.map(sentence).join('\n'), options);
    this.problems = problems;
  }

  /** The same problems at a place that only the caller knows, such as the file around a line: `place` comes before `where`. */
  within(place: string): InputError {
    return this.at(({ where }) => `${place}: ${where}`);
  }

  /** The same problems, each at the place that `placeOf` gives it. */
  at(placeOf: (problem: InputProblem) => string): InputError {
    const problems = this.problems.map((problem) => ({ ...problem, where: placeOf(problem) }));
    return new InputError(problems, { cause: this });
  }
}

function sentence({ where, found, expected, advice, excerpt }: InputProblem): string {
  const words = `${where}: found ${found}, expected ${expected}${advice === undefined ? '' : `; ${advice}`}`;
  return excerpt === undefined ? words : `${words}\n${excerpt}`;
}
