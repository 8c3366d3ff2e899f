#!/usr/bin/env node
import module from 'node:module';
import v8 from 'node:v8';

// From Node 22.8 on what V8 has compiled is kept for the next call, of the thread that computes as well: that one reads the variable.
const cache = module.enableCompileCache?.();
if (cache?.directory) process.env.NODE_COMPILE_CACHE ??= cache.directory;
const major = Number.parseInt(process.versions.v8, 10);
// V8 11 (Node 20) optimises functions so early that a third of the processor time of a short call goes into it; three times as
// late spares a tenth, and costs what runs for long some milliseconds. Later versions wait by themselves, and have no such flag.
if (major < 12) v8.setFlagsFromString('--interrupt-budget=200000');
// V8 (up to Node 24) goes through all objects of a thread twenty times in a second, lest arrays be left over: these are many times as
// large as the objects that hold them. With room for some more of them it does so six times.
if (major < 14) v8.setFlagsFromString('--initial-old-space-size=48');

await import('../dist/main.mjs');
