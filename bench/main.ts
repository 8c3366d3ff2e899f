import { parseArgs } from 'node:util';
import { startThreads } from '../packages/core/src/wasm/threads/pool.ts';
import { casesOf } from './cases.ts';
import { costRow, costTables } from './cost.ts';
import { machine, version } from './machine.ts';
import { comparePeers, comparePeersOf, pythonWith } from './peers.ts';
import { median, timeOf } from './timing.ts';

/**
 * `--json`: one object a line on stdout. `--only CASE,…`: some cases, or all whose names begin so (`dense`). `--threads`: on all
 * processors. `--peers`: beside other tools, in turn, all of them on all processors. `--table`: how cost grows.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean' },
      only: { type: 'string' },
      threads: { type: 'boolean' },
      peers: { type: 'boolean' },
      table: { type: 'boolean' },
      row: { type: 'string' },
    },
  });
  if (values.row !== undefined) return costRow(values.row);
  if (values.table) return costTables();
  const cases = casesOf(values.only);
  if (values.threads || values.peers) await startThreads();
  if (values.peers) {
    await comparePeers(cases, values.json === true);
    return;
  }
  for (const entry of cases) {
    const python = entry.peers?.needs && pythonWith(entry.peers.needs);
    if (python) {
      await comparePeersOf(entry, python, values.json === true);
      continue;
    }
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
