import { appendFileSync, existsSync, readFileSync } from 'node:fs';

interface Named {
  readonly name: string;
}

/** What is known of each problem, one a line; what is there already is not computed again. */
export function recorded<Problem extends Named>(
  file: string,
  problems: readonly Problem[],
  work: (problem: Problem) => object,
): void {
  const known = new Set(existsSync(file) ? recordsOf<Named>(file).map(({ name }) => name) : []);
  for (const problem of problems)
    if (!known.has(problem.name)) appendFileSync(file, `${JSON.stringify({ name: problem.name, ...work(problem) })}\n`);
}

export function recordsOf<Kept extends Named>(file: string): Kept[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
