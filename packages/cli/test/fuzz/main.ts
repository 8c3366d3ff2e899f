import { parseArgs } from 'node:util';
import { type Call, commands, hostileCall } from './calls.ts';
import { drawFrom } from './draw.ts';
import { judged } from './run.ts';

const limits = { seconds: 20, memory: 3e9 };

/** `--seed S` of the calls, `--runs N` of them, `--first K` to begin with the Kth, `--only COMMAND`, `--show` for what they print. */
export async function main(bin: string, args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '100' },
      first: { type: 'string', default: '0' },
      only: { type: 'string' },
      show: { type: 'boolean', default: false },
    },
  });
  const [seed, runs, first] = [values.seed, values.runs, values.first].map(Number) as [number, number, number];
  const counts = new Map<string, Map<string | number, number>>();
  let failed = 0;
  for (let k = first; k < first + runs; k++) {
    const call = fuzzCall(seed, k);
    if (values.only !== undefined && call.command !== values.only) continue;
    const { ended, faults } = await judged(bin, call, limits);
    const ends = counts.get(call.command) ?? new Map<string | number, number>();
    counts.set(call.command, ends.set(ended.end, (ends.get(ended.end) ?? 0) + 1));
    if (values.show)
      console.log(
        `\n#${k} ${shown(call)}\n  exit ${ended.end}\n${ended.stdout.slice(0, 500)}${ended.stderr.slice(0, 500)}`,
      );
    if (faults.length === 0) continue;
    failed++;
    console.log(
      `--seed ${seed} --first ${k} --runs 1: exit ${ended.end} after ${ended.seconds.toFixed(1)} s: ${faults.join('; ')}`,
    );
    console.log(`  ${shown(call)}\n  ${JSON.stringify(ended.stderr.slice(0, 600))}`);
  }
  console.log(`\nseed ${seed}, calls ${first} to ${first + runs - 1}; exit codes by command:`);
  for (const [command, ends] of counts)
    console.log(`  ${command.padEnd(20)} ${[...ends].map(([end, count]) => `${end}: ${count}`).join(', ')}`);
  console.log(failed === 0 ? 'all well' : `${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Call number `k` of a seed: the commands come in turn. */
export function fuzzCall(seed: number, k: number): Call {
  return hostileCall(commands[k % commands.length]!, drawFrom(seed, k));
}

/** A call as a line, with the SPEC or circuit it is about. */
function shown({ args, files }: Call): string {
  const named = args.includes('input.qasm') ? files['input.qasm'] : files['s.yaml'];
  const line = args.map((arg) => (/^[\w./:=,-]+$/.test(arg) ? arg : JSON.stringify(arg))).join(' ');
  return `${short(line)}${typeof named === 'string' ? `\n  ${short(JSON.stringify(named))}` : ''}`;
}

const short = (text: string) => (text.length > 700 ? `${text.slice(0, 700)}…` : text);
