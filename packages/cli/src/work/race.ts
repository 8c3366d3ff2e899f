import { secondsFor } from '@qntk/core';
import { type Race, rungCost } from '@qntk/study';
import { checkMemory, sizesInWords } from './threads.ts';

/** @throws InputError where a rung of a candidate takes more memory than this machine has to give. */
export function checkRace(race: Race): void {
  race.candidates.forEach(({ model, dataset }, k) => {
    for (const rung of race.rungs[k]!) checkMemory(rungCost(race, k, rung), sizesInWords(model, dataset.train.length));
  });
}

/** Seconds of one processor that a race takes about: the first two rungs judge all, the others few. */
export function secondsOf(race: Race): number {
  const each = race.candidates.map((_, k) =>
    race.rungs[k]!.slice(0, 2).reduce((sum, rung) => sum + secondsFor(rungCost(race, k, rung)), 0),
  );
  return race.seeds * each.reduce((sum, seconds) => sum + seconds, 0);
}
