import { parseArgs } from 'node:util';
import { startCrew } from '../packages/core/src/wasm/threads/pool.ts';
import { casesOf } from './cases.ts';
import { costRow, costTables } from './cost.ts';
import { machine, version } from './machine.ts';
import { comparePeers } from './peers.ts';
import { median, timeOf } from './timing.ts';

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
  /** What a script is told, as JSON. */
  problem(): object;
  /** Our numbers for what a script answers. */
  answer(): readonly number[];
  /** How many runs of a script make the work, where all of it would take too long; 1 where left out. */
  readonly scale?: number;
}

/**
 * `--json`: one object a line on stdout. `--only CASE,…`: some cases. `--crew`: on all processors. `--peers`: beside other
 * tools, in turn, all of them on all processors. `--table`: how cost grows.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean' },
      only: { type: 'string' },
      crew: { type: 'boolean' },
      peers: { type: 'boolean' },
      table: { type: 'boolean' },
      row: { type: 'string' },
    },
  });
  if (values.row !== undefined) return costRow(values.row);
  if (values.table) return costTables();
  const cases = casesOf(values.only);
  if (values.crew || values.peers) await startCrew();
  if (values.peers) {
    await comparePeers(cases, values.json === true);
    return;
  }
  for (const entry of cases) {
    const result = { case: entry.name, ...timed(entry.prepare()), machine, version };
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
  return { ms: median(times), least: Math.min(...times), firstMs, runs: times.length };
}
