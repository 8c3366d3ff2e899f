import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { defaultMachine } from '../packages/core/src/wasm/machine.ts';
import type { Case, Peers } from './case.ts';
import { machine, version } from './machine.ts';
import { median, timeOf } from './timing.ts';

/** Rounds, fewer for a peer that takes longer than `patience`, and how long each side of one lasts. */
const rounds = { usual: 7, few: 3 };
const patience = 5000;
const seconds = 0.3;

/** Relative difference up to which numbers are the same: double precision, sums in another order. */
const same = 1e-9;

/**
 * Runs each case beside its peers: a burst of ours, a burst of theirs, again and again, so that both see the same noise.
 * Peers are Python scripts; QNTK_PEERS_PYTHON names the interpreter of an environment with bench/peers/requirements.txt.
 */
export async function comparePeers(cases: readonly Case[], json: boolean): Promise<void> {
  const python = process.env.QNTK_PEERS_PYTHON;
  if (!python)
    throw new Error(
      'set QNTK_PEERS_PYTHON to the python of an environment made by: python3 -m venv peers && peers/bin/pip install -r bench/peers/requirements.txt',
    );
  for (const entry of cases) await comparePeersOf(entry, python, json);
}

/** Runs one case beside its peers. */
export async function comparePeersOf(entry: Case, python: string, json: boolean): Promise<void> {
  for (const script of entry.peers?.scripts ?? []) {
    const result = await compare(entry, entry.peers as Peers, script, python);
    if (json) console.log(JSON.stringify({ ...result, machine, version }));
    else
      console.log(
        `${entry.name.padEnd(20)} ${result.ms.toPrecision(3).padStart(8)} ms   ${result.peer}: ${result.peerMs.toPrecision(3)} ms, ${result.ratio.toPrecision(3)} times`,
      );
  }
}

/** A Python that has a module, or undefined, which is said once. */
export function pythonWith(needs: string): string | undefined {
  const python = process.env.QNTK_PEERS_PYTHON ?? 'python3';
  const known = modules.get(needs) ?? spawnSync(python, ['-c', `import ${needs}`]).status === 0;
  if (!known && !modules.has(needs))
    console.error(`${python} has no ${needs}, and so nothing is compared: set QNTK_PEERS_PYTHON to one that has`);
  modules.set(needs, known);
  return known ? python : undefined;
}

const modules = new Map<string, boolean>();

async function compare(entry: Case, peers: Peers, script: string, python: string) {
  const work = entry.prepare();
  const peer = new Peer(python, script);
  try {
    const { answer, version: name, firstMs } = await peer.ask({ ...peers.problem(), seconds });
    const difference = distance(answer, peers.answer());
    if (!(difference <= same)) throw new Error(`${entry.name}: ${name} differs by ${difference}`);
    const measured: { ours: number; theirs: number }[] = [];
    burst(work);
    const count = firstMs > patience ? rounds.few : rounds.usual;
    for (let round = 0; round < count; round++) {
      const ours = burst(work);
      const { ms } = await peer.ask('go');
      measured.push({ ours, theirs: ms * (peers.scale ?? 1) });
    }
    return {
      case: entry.name,
      peer: name as string,
      ms: median(measured.map(({ ours }) => ours)),
      peerMs: median(measured.map(({ theirs }) => theirs)),
      ratio: median(measured.map(({ ours, theirs }) => theirs / ours)),
      peerFirstMs: firstMs as number,
      difference,
    };
  } finally {
    peer.end();
  }
}

/** Median of the calls of one burst. */
function burst(work: () => void): number {
  const times: number[] = [];
  const until = performance.now() + 1000 * seconds;
  while (times.length === 0 || performance.now() < until) times.push(timeOf(work));
  return median(times);
}

/** Largest difference of two lists, relative to the largest number. */
function distance(found: readonly number[], wanted: readonly number[]): number {
  if (found.length !== wanted.length) return Number.POSITIVE_INFINITY;
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0) / largest;
}

/** A running script: a line of JSON in, a line of JSON out. */
class Peer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string, script: string) {
    const env = { ...process.env, OMP_NUM_THREADS: String(defaultMachine.threads) };
    this.#process = spawn(python, [`bench/peers/${script}`], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const input = this.#process.stdout as NodeJS.ReadableStream;
    this.#lines = createInterface({ input })[Symbol.asyncIterator]();
  }

  // biome-ignore lint/suspicious/noExplicitAny: what a script answers is checked where it is used
  async ask(message: object | string): Promise<any> {
    this.#signal('SIGCONT');
    this.#process.stdin?.write(`${JSON.stringify(message)}\n`);
    const { value, done } = await this.#lines.next();
    this.#signal('SIGSTOP');
    if (done) throw new Error('the script ended; its message is above');
    return JSON.parse(value);
  }

  end(): void {
    this.#signal('SIGCONT');
    this.#process.stdin?.end();
  }

  /** Threads of a peer that waits would spin through our burst. Windows knows no such signals. */
  #signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    if (process.platform !== 'win32') this.#process.kill(name);
  }
}
