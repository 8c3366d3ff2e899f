import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Call } from './calls.ts';
import type { Files } from './files.ts';

/** What a process may take. */
export interface Limits {
  readonly seconds: number;
  /** Bytes of resident memory. */
  readonly memory: number;
}

/** How a process ended. */
export interface Ended {
  /** Exit code; 'time' or 'memory' where a limit was reached first. */
  readonly end: number | 'signal' | 'time' | 'memory';
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** Characters of a stream that are looked at. */
const most = 2 ** 26;

/** Runs a call in a new folder with what it needs, and says what is wrong with how it ended: nothing, if all is well. */
export async function judged(bin: string, call: Call, limits: Limits): Promise<{ ended: Ended; faults: string[] }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-fuzz-'));
  try {
    await fill(folder, call.files);
    const ended = await run([bin, ...call.args], folder, limits);
    const left = [...leftBehind(folder), ...changedInputs(folder, call)];
    if (ended.end !== 'time') return { ended, faults: [...faultsOf(ended, call), ...left] };
    const told = await tellsTimeLeft([bin, ...call.args], folder);
    return { ended, faults: told ? left : ['runs beyond its time and shows no time left', ...left] };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The files, and beside them what is no ordinary file: a folder, a pipe without a writer, a link onto itself. */
async function fill(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  fs.mkdirSync(path.join(folder, 'folder'));
  fs.symlinkSync('loop', path.join(folder, 'loop'));
  fs.symlinkSync('nowhere', path.join(folder, 'dangling'));
  fs.symlinkSync('s.yaml', path.join(folder, 'link.yaml'));
  await once(spawn('mkfifo', [path.join(folder, 'pipe')]), 'exit');
}

async function run(args: readonly string[], cwd: string, { seconds, memory }: Limits): Promise<Ended> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: environment(cwd) });
  let reached: 'time' | 'memory' | undefined;
  const watch = setInterval(() => {
    if (residentMemory(child.pid) > memory) reached = 'memory';
    else if (performance.now() - start > 1000 * seconds) reached = 'time';
    else return;
    child.kill('SIGKILL');
  }, 100);
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  clearInterval(watch);
  const end = reached ?? (code === null ? 'signal' : (code as number));
  return { end, stdout, stderr, seconds: (performance.now() - start) / 1000 };
}

const environment = (cwd: string) => ({ ...process.env, TMPDIR: cwd, NO_COLOR: '1', FORCE_COLOR: undefined });

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    size += (part as Buffer).length;
    if (size < most) parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Bytes; 0 where the system does not tell. */
function residentMemory(pid: number | undefined): number {
  try {
    const kibibytes = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return 1024 * Number(kibibytes ?? 0);
  } catch {
    return 0;
  }
}

/** Progress is for terminals alone: the call again on one, for some seconds, until it says how much time is left. */
async function tellsTimeLeft(args: readonly string[], cwd: string): Promise<boolean> {
  // A document on the same terminal, or --quiet, leaves the bar out.
  const speaking = args.filter((arg) => arg !== '--json' && arg !== '--quiet');
  const quoted = [process.execPath, ...speaking].map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
  const child = spawn('script', ['-qefc', `exec ${quoted}`, '/dev/null'], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  let ended = false;
  child.stdout.on('data', (part) => {
    said += part;
  });
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', () => {
    ended = true;
  });
  for (let tenths = 0; tenths < 100 && !ended && !/\bleft\b/.test(said); tenths++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  child.kill('SIGKILL');
  return /\bleft\b/.test(said);
}

function faultsOf({ end, stdout, stderr }: Ended, { args }: Call): string[] {
  const faults: string[] = [];
  const check = (fault: string, is: boolean) => is && faults.push(fault);
  check(`ends with ${end}, expected 0 or 2`, end !== 0 && end !== 2);
  check('shows a stack', /\n\s+at \S+ ?\(?.*:\d+:\d+/.test(stderr));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  check('prints control characters to stdout', control.test(stdout));
  check('prints control characters to stderr', control.test(stderr));
  check(
    'speaks of undefined or of objects',
    /(?<!\bis )\bundefined\b(?! because|:| \()|\[object \w+\]/.test(`${stdout}${stderr}`),
  );
  check('says nothing of its own mistake', /a defect of ours/.test(stderr));
  if (end === 2) {
    check('prints to stdout although it fails', stdout !== '');
    check(
      'does not say what was found',
      !/^Usage: /.test(stderr) &&
        !/found|missing|starts with|both named|defined|cannot|invalid|more than|unknown|not specified|too many|required|there is no/.test(
          stderr,
        ),
    );
    check('says too much', stderr.length > 4000);
  }
  if (end === 0) {
    check('prints NaN or Infinity', /\bNaN\b|\bInfinity\b|∞ %|±∞/.test(stdout.replaceAll(/t = ∞/g, '')));
    if (args.includes('--json') && stdout !== '') check('prints no JSON', !isJson(stdout));
  }
  return faults;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Of what is longer only the beginning is here.
    return text.length >= most / 2;
  }
}

function leftBehind(folder: string): string[] {
  const names = fs.readdirSync(folder, { recursive: true }).map(String);
  return names.filter((name) => name.endsWith('.tmp')).map((name) => `leaves ${name} behind`);
}

/** Inputs that are no longer what they were: the SPEC, what it names, and the first argument. */
function changedInputs(folder: string, { args, files }: Call): string[] {
  const spec = String(files['s.yaml'] ?? '');
  return Object.entries(files)
    .filter(([name]) => name === 's.yaml' || name === args[1] || spec.includes(`"${name}"`))
    .filter(([name, content]) => !Buffer.from(content).equals(fs.readFileSync(path.join(folder, name))))
    .map(([name]) => `changes its input ${name}`);
}
