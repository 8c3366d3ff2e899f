/**
 * `node scripts/kill-compare.mjs [GRID] [--kills N] [--seed S]`: ends a comparison by SIGKILL at random moments, starts it again until it
 * ends by itself, and says whether anything that was kept was done again and whether the table is that of a run which nobody ended.
 */

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = path.join(root, 'packages/cli/bin/qntk.js');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const grid = positionals[0] ?? path.join(root, 'examples/grids/moons.yaml');
const kills = Number(values.kills);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-kill-'));
const argsOf = (out) => [bin, 'compare', grid, '--yes', '--quiet', '--out', path.join(folder, out)];

/** Numbers in [0, 1), the same for the same seed. */
function draws(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** All of the table but the seconds, which no two runs share. */
function tableOf(out) {
  const { candidates, ...rest } = JSON.parse(fs.readFileSync(path.join(folder, out, 'compare.json'), 'utf8'));
  return JSON.stringify({ ...rest, candidates: candidates.map(({ seconds: _, ...candidate }) => candidate) });
}

const recordsOf = (out) => {
  const records = path.join(folder, out, 'records');
  return fs.existsSync(records) ? fs.readdirSync(records).filter((name) => name.endsWith('.json')) : [];
};

/** When each record was written. */
const timesOf = (out) =>
  new Map(recordsOf(out).map((name) => [name, fs.statSync(path.join(folder, out, 'records', name)).mtimeMs]));

/** Starts the comparison; ends it as soon as it has kept so many more records, and a little later. */
function killed(more, wait) {
  return new Promise((resolve) => {
    const before = recordsOf('killed').length;
    const child = spawn(process.execPath, argsOf('killed'), { stdio: 'ignore' });
    const look = setInterval(() => {
      if (recordsOf('killed').length < before + more) return;
      clearInterval(look);
      setTimeout(() => child.kill('SIGKILL'), wait);
    }, 5);
    child.on('exit', (_, signal) => {
      clearInterval(look);
      resolve({ signal, kept: recordsOf('killed').length });
    });
  });
}

try {
  spawnSync(process.execPath, argsOf('whole'), { stdio: ['ignore', 'ignore', 'inherit'] });
  const all = recordsOf('whole').length;
  const draw = draws(Number(values.seed));
  const times = new Map();
  let ended = 0;
  for (let k = 0; k < kills; k++) {
    const { signal, kept } = await killed(Math.floor((draw() * 2 * all) / (kills + 2)), Math.floor(draw() * 50));
    if (signal === 'SIGKILL') ended++;
    for (const [name, time] of timesOf('killed')) if (!times.has(name)) times.set(name, time);
    console.log(`run ${k + 1}: ${signal ?? 'ended by itself'}, ${kept} of ${all} records kept`);
  }
  spawnSync(process.execPath, argsOf('killed'), { stdio: ['ignore', 'ignore', 'inherit'] });
  const last = timesOf('killed');
  const again = [...times].filter(([name, time]) => last.get(name) !== time).length;
  const same = tableOf('killed') === tableOf('whole');
  console.log(
    `${ended} of ${kills} runs were ended; ${again} of ${times.size} records were done again; ${last.size} of ${all} at the end`,
  );
  console.log(same ? 'the table is the same' : 'the table is another');
  if (!same || again > 0 || last.size !== all) process.exitCode = 1;
} finally {
  fs.rmSync(folder, { recursive: true });
}
