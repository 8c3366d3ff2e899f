import { parentPort } from 'node:worker_threads';
import { type Port, serve } from '../serve.ts';

// In the main thread there is nobody to serve.
if (parentPort) serve(parentPort as unknown as Port);
