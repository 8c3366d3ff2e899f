import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commonOptions } from '../src/command.ts';
import { table } from '../src/commands/index.ts';
import { fill, newFolder, qntk, qntkJson } from './qntk.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
  fill(folder, { 'spec.yaml': '', 'other file.yaml': '' });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** How a shell is started on a terminal, with a `qntk` that prints its arguments and the script that is tested. */
const shells = {
  bash: {
    file: 'rc',
    rc: `PS1='ready: '; qntk() { printf '<%s>' "$@"; printf '\\n'; }\nsource ./script`,
    start: 'bash --noprofile --rcfile rc -i',
  },
  zsh: {
    file: '.zshrc',
    rc: `autoload -Uz compinit; compinit -u -d compdump; PS1='ready: '\nqntk() { printf '<%s>' "$@"; printf '\\n'; }\nsource ./script`,
    start: 'ZDOTDIR=. zsh -i',
  },
  fish: {
    file: 'fish/config.fish',
    rc: `function fish_prompt; echo -n 'ready: '; end\nfunction qntk; printf '<%s>' $argv; printf '\\n'; end\nsource ./script`,
    start: 'XDG_CONFIG_HOME=. fish -i',
  },
} as const;

/** What is typed, ↹ being the key Tab, and the arguments that qntk then gets. */
const typed: readonly [keys: string, given: readonly string[]][] = [
  ['diag↹sp↹', ['diagnose', 'spec.yaml']],
  ['pred↹--lo↹me↹', ['predict', '--loss', 'mean']],
  ['predict --loss=s↹', ['predict', '--loss', 'sum']],
  ['dyn↹fin↹--ga↹3', ['dynamics', 'finite', '--gamma', '3']],
  // No file can be a number of seeds.
  ['diagnose --seeds sp↹', ['diagnose', '--seeds', 'sp']],
  ['compl↹f↹', ['completion', 'fish']],
  ['kernel spec.yaml --th↹oth↹', ['kernel', 'spec.yaml', '--theta', 'other file.yaml']],
  ['--vers↹', ['--version']],
];

const installed = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe.each(Object.entries(shells))('%s', (shell, { file, rc, start }) => {
  test('the script is printed, and with --json it is in the document', () => {
    const { code, stdout, stderr } = qntk(['completion', shell], folder);
    expect([code, stderr]).toEqual([0, '']);
    expect(qntkJson(['completion', shell], folder)).toEqual({ schema: 'qntk/completion/1', shell, script: stdout });
  });

  test.skipIf(!installed(shell))(
    'the script has no error, and what is begun is completed',
    { timeout: 60_000 },
    async () => {
      const script = path.join(folder, 'script');
      fs.writeFileSync(script, qntk(['completion', shell], folder).stdout);
      expect(spawnSync(shell, ['-n', script], { encoding: 'utf8' })).toMatchObject({
        status: 0,
        stdout: '',
        stderr: '',
      });
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), rc);
      const terminal = onTerminal(start);
      for (const [keys, given] of typed) expect(await terminal.type(`qntk ${keys}`)).toEqual(given);
      terminal.end();
    },
  );
});

test.each(table.commands)('bash knows every option of $name', ({ name, options }) => {
  fs.writeFileSync(path.join(folder, 'script'), qntk(['completion', 'bash'], folder).stdout);
  const words = ['qntk', ...name.split(' '), '--'];
  const call = `source ./script; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _qntk; echo "\${COMPREPLY[*]}"`;
  const { stdout } = spawnSync('bash', ['-c', call], { cwd: folder, encoding: 'utf8' });
  const known = [...options, ...commonOptions].map(({ flags }) => flags.split(' ')[0]!);
  expect(stdout.trim().split(' ')).toEqual([...known, '--help']);
});

test('no shell is suggested that there is not', () => {
  expect(qntk(['completion', 'tcsh'], folder)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("'tcsh' is invalid for argument 'SHELL'. Allowed choices are bash, zsh, fish."),
  });
});

/** A shell on a terminal of its own: types a line when it is ready for one, and gives the arguments of the qntk that it runs. */
function onTerminal(start: string): { type(keys: string): Promise<string[]>; end(): void } {
  const child = spawn('script', ['-qec', start, '/dev/null'], { cwd: folder, env: { ...process.env, TERM: 'dumb' } });
  const output = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]();
  let printed = '';
  /** What `wanted` finds in what was printed since it was last asked for. */
  async function found(wanted: RegExp): Promise<string> {
    for (;;) {
      const match = wanted.exec(printed);
      if (match) {
        printed = printed.slice(match.index + match[0].length);
        return match[1]!;
      }
      const { done, value } = await output.next();
      if (done) throw new Error(`the shell ended after ${printed}`);
      printed += value;
    }
  }
  return {
    end: () => child.stdin.end(),
    async type(keys) {
      await found(/(ready: )/);
      child.stdin.write(`${keys.replaceAll('↹', '\t')}\n`);
      // An option may get its value after a space or a sign.
      return (await found(/<([^\r\n]*)>\r?\n/)).replace(/(--\w+)=/, '$1><').split('><');
    },
  };
}
