import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Where and what is measured. */
export const machine = cpus()[0].model;
export const { version } = JSON.parse(readFileSync('packages/core/package.json', 'utf8')) as { version: string };
