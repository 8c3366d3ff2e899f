import { execFileSync } from 'node:child_process';

/** What a fresh process of this Node prints. */
export function runNode(args: readonly string[]): string {
  return execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
