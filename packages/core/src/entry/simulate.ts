/**
 * Engines: a compiled circuit and its observables to expectation values and their derivatives.
 *
 * @module
 */
export type { Batch, Capacity, Engine, Simulator, SlotJacobian } from '../simulate/engine.ts';
export { engines } from '../simulate/engines.ts';
export { createWasm, type WasmOptions } from '../simulate/wasm/engine.ts';
export { createMachine, defaultMachine, type Machine, type ThreadPool } from '../wasm/machine.ts';
export { startThreads } from '../wasm/threads/pool.ts';
