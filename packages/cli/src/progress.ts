import { secondsLeft } from '@qntk/core';
import type { SingleBar } from 'cli-progress';

/** A progress bar for each label, one at a time. */
export interface Progress {
  show(label: string, done: number, total: number): void;
  stop(): void;
}

const silent: Progress = { show: () => undefined, stop: () => undefined };

/** Bars on stderr, and only where that is a terminal: in a log they would be noise. */
export async function progressBars(wanted: boolean): Promise<Progress> {
  if (!wanted || !process.stderr.isTTY) return silent;
  const { default: library } = await import('cli-progress');
  let bar: SingleBar | undefined;
  let current = '';
  /** When the present bar began, and where. */
  let [start, first] = [0, 0];
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    stop,
    show(label, done, total) {
      if (!bar || label !== current) {
        stop();
        current = label;
        bar = new library.SingleBar(
          { format: '{label} {bar} {whole}/{total}{left}', clearOnComplete: true },
          library.Presets.shades_classic,
        );
        start = performance.now();
        first = done;
        bar.start(total, done, { label, whole: Math.floor(done), left: '' });
      }
      const spent = (performance.now() - start) / 1000;
      const left = secondsLeft({ label, done, total }, spent, first);
      bar.update(done, { whole: Math.floor(done), left: left === null ? '' : ` · ${duration(left)} left` });
    },
  };
}

const units: readonly (readonly [name: string, seconds: number])[] = [
  ['years', 365.25 * 86_400],
  ['days', 86_400],
  ['h', 3600],
  ['min', 60],
];

/** Seconds in the largest unit of which there are two, as nobody waits by the second for what takes days. */
function duration(seconds: number): string {
  const [name, size] = units.find(([, unit]) => seconds >= 2 * unit) ?? ['s', 1];
  return `${Math.ceil(seconds / size).toLocaleString('en')} ${name}`;
}
