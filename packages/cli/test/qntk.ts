import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NpyArray, writeNpy } from '@qntk/formats';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const bin = path.join(root, 'packages/cli/bin/qntk.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as users do, in a process of its own. */
export function qntk(args: readonly string[], cwd: string): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { code: status, stdout, stderr };
}

/** The document a call prints with --json; fails where it does not end well or is not silent on stderr. */
export function qntkJson(args: readonly string[], cwd: string) {
  const { code, stdout, stderr } = qntk([...args, '--json'], cwd);
  if (code !== 0 || stderr !== '') throw new Error(`qntk ${args.join(' ')}: code ${code}\n${stderr}`);
  return JSON.parse(stdout);
}

/** Starts the command without waiting for its end. */
export function started(args: readonly string[], cwd: string) {
  return spawn(process.execPath, [bin, ...args], { cwd });
}

/** A new empty folder. */
export function newFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-test-'));
}

/** Writes files, made of text, bytes or arrays, into a folder. */
export function fill(folder: string, files: Record<string, string | Uint8Array | NpyArray>): void {
  for (const [name, content] of Object.entries(files)) {
    const plain = typeof content === 'string' || content instanceof Uint8Array;
    fs.writeFileSync(path.join(folder, name), plain ? content : writeNpy(content));
  }
}

export const array = (shape: number[], values: readonly number[]): NpyArray => ({
  shape,
  data: Float64Array.from(values),
});
