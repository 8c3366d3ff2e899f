/**
 * The words that the threads of a pool have in common: number of the job, which helpers wait to change; helpers that have
 * joined, or −1 while nobody may; helpers that have left; next item; number of items; the job's address; whether a helper
 * has failed.
 */
export const words = { job: 0, gate: 1, left: 2, next: 3, items: 4, address: 5, failed: 6, count: 7 } as const;

/** How long a helper looks for the next job before it sleeps, in milliseconds. Waking up takes about a tenth of that. */
const patience = 0.5;

/** What a helper runs: with `data` and `answer`, as text, since a bundler would not find a file of its own. */
export const helperScript = `
const { module, memory, control, thread } = data;
const abort = () => { throw new Error('the WebAssembly kernels stopped'); };
const kernels = new WebAssembly.Instance(module, { env: { memory, abort } }).exports;
const join = () => {
  for (;;) {
    const joined = Atomics.load(control, ${words.gate});
    if (joined < 0) return false;
    if (Atomics.compareExchange(control, ${words.gate}, joined, joined + 1) === joined) return true;
  }
};
const help = () => {
  const job = control[${words.address}] >>> 0;
  const items = control[${words.items}];
  try {
    kernels.enter(job, thread);
    for (let i; (i = Atomics.add(control, ${words.next}, 1)) < items; ) kernels.item(job, i);
  } catch {
    Atomics.store(control, ${words.failed}, 1);
  }
  Atomics.add(control, ${words.left}, 1);
};
answer('ready');
for (let seen = 0; ; ) {
  const until = performance.now() + ${patience};
  while (Atomics.load(control, ${words.job}) === seen && performance.now() < until);
  Atomics.wait(control, ${words.job}, seen);
  seen = Atomics.load(control, ${words.job});
  if (join()) help();
}
`;
