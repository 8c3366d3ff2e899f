import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { jacobianCases } from './jacobian.ts';
import { curveCases, stepCases } from './step.ts';
import { trainCases } from './train.ts';

/** One thing that is timed. */
export interface Case {
  readonly name: string;
  /** Prepares the work, checks its answer once, and returns what is timed. */
  prepare(): () => void;
}

const cases: readonly Case[] = [...jacobianCases, ...trainCases, ...stepCases, ...curveCases];
const { version } = JSON.parse(readFileSync('packages/core/package.json', 'utf8')) as { version: string };

/** `--json`: one object a line on stdout. `--only CASE,…`: some cases. */
export function main(args: string[]): void {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, only: { type: 'string' } } });
  const wanted = values.only?.split(',');
  const unknown = wanted?.find((name) => !cases.some((entry) => entry.name === name));
  if (unknown !== undefined)
    throw new Error(`no case ${unknown}; there are ${cases.map((entry) => entry.name).join(', ')}`);
  for (const entry of cases) {
    if (wanted && !wanted.includes(entry.name)) continue;
    const result = { case: entry.name, ...timed(entry.prepare()), machine: cpus()[0].model, version };
    if (values.json) console.log(JSON.stringify(result));
    else
      console.log(
        `${entry.name.padEnd(20)} ${result.ms.toPrecision(4).padStart(9)} ms, least ${result.least.toPrecision(4)}`,
      );
  }
}

/** First call and median of warm calls, in milliseconds. */
function timed(work: () => void): { ms: number; least: number; firstMs: number; runs: number } {
  const firstMs = timeOf(work);
  const warmUntil = performance.now() + 400;
  while (performance.now() < warmUntil) work();
  const times: number[] = [];
  const until = performance.now() + 1500;
  while (times.length < 7 || (performance.now() < until && times.length < 2001)) times.push(timeOf(work));
  times.sort((a, b) => a - b);
  return { ms: times[times.length >> 1], least: times[0], firstMs, runs: times.length };
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
