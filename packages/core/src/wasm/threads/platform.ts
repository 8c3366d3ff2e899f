// Workers of Node and of browsers. The library is compiled without the types of either.

/** What a thread pool needs of the machine it runs on. */
export interface Platform {
  /** Processors that are free beside this thread's. */
  readonly spare: number;
  /** Starts a worker from source text, which finds `data` and answers once; resolves with the answer. */
  start(script: string, data: object): Promise<unknown>;
}

interface NodeWorker {
  once(event: 'message' | 'error', listener: (value: unknown) => void): void;
  unref(): void;
}

interface NodeProcess {
  getBuiltinModule?(name: 'node:worker_threads'): {
    readonly Worker: new (script: string, options: object) => NodeWorker;
  };
  getBuiltinModule?(name: 'node:os'): { availableParallelism(): number };
}

interface BrowserWorker {
  onmessage: ((event: { data: unknown }) => void) | null;
  onerror: ((event: unknown) => void) | null;
  postMessage(data: object): void;
}

interface Globals {
  readonly process?: NodeProcess;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: new (url: string) => BrowserWorker;
  readonly Blob?: new (parts: string[], options: object) => object;
  readonly URL?: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
}

/** Milliseconds since some moment. */
export const now = (): number => (globalThis as unknown as { performance: { now(): number } }).performance.now();

/** Undefined where threads cannot share memory: browsers allow it to pages that are cross-origin isolated. */
export function platformOf(): Platform | undefined {
  if (typeof SharedArrayBuffer === 'undefined') return undefined;
  const { process, navigator, Worker, Blob, URL } = globalThis as unknown as Globals;
  const threads = process?.getBuiltinModule?.('node:worker_threads');
  const os = process?.getBuiltinModule?.('node:os');
  if (threads && os) return nodePlatform(threads.Worker, os.availableParallelism() - 1);
  if (Worker && Blob && URL) return browserPlatform(Worker, Blob, URL, (navigator?.hardwareConcurrency ?? 1) - 1);
  return undefined;
}

function nodePlatform(Worker: new (script: string, options: object) => NodeWorker, spare: number): Platform {
  const head = `const { workerData: data, parentPort } = require('node:worker_threads');
const answer = (value) => parentPort.postMessage(value);`;
  return {
    spare,
    start: (script, data) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(`${head}\n${script}`, { eval: true, execArgv: [], workerData: data });
        worker.once('message', (value) => {
          // A process does not wait for its helpers.
          worker.unref();
          resolve(value);
        });
        worker.once('error', reject);
      }),
  };
}

function browserPlatform(
  Worker: NonNullable<Globals['Worker']>,
  Blob: NonNullable<Globals['Blob']>,
  URL: NonNullable<Globals['URL']>,
  spare: number,
): Platform {
  return {
    spare,
    start: (script, data) =>
      new Promise((resolve, reject) => {
        const text = `onmessage = ({ data }) => {\nconst answer = postMessage.bind(globalThis);\n${script}\n};`;
        const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
        const worker = new Worker(url);
        worker.onmessage = (event) => {
          URL.revokeObjectURL(url);
          resolve(event.data);
        };
        worker.onerror = reject;
        worker.postMessage(data);
      }),
  };
}
