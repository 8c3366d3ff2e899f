import { type Progress, secondsLeft } from '@qntk/core';
import type { SingleBar } from 'cli-progress';

/** A progress bar for each label, one at a time. */
export interface ProgressBars {
  show(progress: Progress): void;
  stop(): void;
}

const silent: ProgressBars = { show: () => undefined, stop: () => undefined };

/** Milliseconds between two words of a bar that hears nothing. */
const tick = 500;

/** Bars on stderr, and only where that is a terminal: in a log they would be noise. */
export async function progressBars(wanted: boolean): Promise<ProgressBars> {
  if (!wanted || !process.stderr.isTTY) return silent;
  const { default: library } = await import('cli-progress');
  let bar: Bar | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    stop,
    show(progress) {
      if (bar?.label !== progress.label) {
        stop();
        const format = { format: '{label} {bar} {whole}/{total}{left}', clearOnComplete: true };
        bar = begun(new library.SingleBar(format, library.Presets.shades_classic), progress);
      }
      bar?.tell(progress);
    },
  };
}

interface Bar {
  readonly label: string;
  tell(progress: Progress): void;
  stop(): void;
}

/** A bar that counts down the time left where it hears nothing new. */
function begun(bar: SingleBar, first: Progress): Bar {
  const { label, total, done, seconds } = first;
  const start = performance.now();
  let latest = first;
  const words = () => {
    const spent = (performance.now() - start) / 1000;
    const left = secondsLeft({ ...latest, ...(seconds !== undefined && { seconds }) }, spent, done);
    return { label, whole: Math.floor(latest.done), left: left === null ? '' : ` · ${duration(left)} left` };
  };
  bar.start(total, done, words());
  const show = () => bar.update(latest.done, words());
  const timer = setInterval(show, tick).unref();
  return {
    label,
    tell(progress) {
      latest = progress;
      show();
    },
    stop() {
      clearInterval(timer);
      bar.stop();
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
