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
          { format: '{label} {bar} {value}/{total}', clearOnComplete: true },
          library.Presets.shades_classic,
        );
        bar.start(total, done, { label });
      }
      bar.update(done);
    },
  };
}
