#!/usr/bin/env node
import module from 'node:module';

// From Node 22.8 on what V8 has compiled is kept for the next call, of the thread that computes as well: that one reads the variable.
const cache = module.enableCompileCache?.();
if (cache?.directory) process.env.NODE_COMPILE_CACHE ??= cache.directory;

await import('../dist/main.mjs');
