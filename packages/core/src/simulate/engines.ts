import type { Engine } from './engine.ts';
import { reference } from './reference.ts';
import { wasm } from './wasm/engine.ts';

/** All engines by name. One suite runs over all of them. */
export const engines = { reference, wasm } as const satisfies Record<string, Engine>;
