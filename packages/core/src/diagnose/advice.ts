import type { BottomLine, Change, Changes, TriedChange } from './diagnosis.ts';

/** When a change is advised, and what else decides by changes; chosen on the design half of what advice is judged by in papers/contradictions. */
const weights = {
  /** What a change has to add to R² on points that were kept out. */
  gain: 0.05,
  /** R² with the change, from which on it is of use at all. */
  useful: 0,
} as const;

/** What a change that was tried comes to: advised, known to add nothing of weight, or neither. */
export type Outcome = 'helps' | 'not' | 'open';

/** By what a change adds to R², and within what that is known. */
export function outcomeOf(tried: TriedChange): Outcome {
  const { within } = tried;
  const gain = gainOf(tried);
  if (gain + within < weights.gain) return 'not';
  return isOfUse(tried) && gain > Math.max(weights.gain, enoughOf(tried)) ? 'helps' : 'open';
}

/** Whether a change is advised. */
export const isAdvised = (tried: TriedChange): boolean => outcomeOf(tried) === 'helps';

/**
 * Whether the parts that are left may tell that a change is advised: where half of what its gain (of half of the points, their loss) is
 * uncertain by, which is about what two of four parts may add to it, takes it beyond what all parts will know it within.
 */
export function mayBeTold(change: Change, tried: TriedChange): boolean {
  const { within, parts, of } = tried;
  const gain = change === 'fewer' ? -gainOf(tried) : gainOf(tried);
  const bound = Math.max(weights.gain, within * Math.sqrt(parts / of));
  // Half of the points are tried last, and where one part begins it is all that is spent on them.
  return (change === 'fewer' ? parts > 1 : isOfUse(tried)) && gain + within / 2 > bound;
}

/** A gain between models that are both worse than a constant is none, nor one that puts fewer points in the right class. */
const isOfUse = ({ changed, right }: TriedChange): boolean =>
  changed > weights.useful && (right === null || right.changed >= right.planned);

/** Whether half of the points are known to do worse. */
const isWorse = (tried: TriedChange): boolean => -gainOf(tried) > Math.max(weights.gain, enoughOf(tried));

/**
 * What a gain has to be more than. Where no time was left for all parts that were begun with some, by √(all/some) more than it is known
 * within: the bound of O'Brien and Fleming (1979) for a look before the last. One part alone has none to differ from.
 */
const enoughOf = ({ within, parts, of }: TriedChange): number => within * (parts > 1 ? Math.sqrt(of / parts) : 1);

/** What a change adds to R² on points that were kept out. */
const gainOf = ({ planned, changed }: TriedChange): number => changed - planned;

/** What limits a network that a change helps; half of the points are tried to see what the others bring. */
const limits: { readonly [Name in Exclude<Change, 'fewer'>]: BottomLine['code'] } = {
  longer: 'steps',
  deeper: 'ansatz',
  readout: 'readout',
  simpler: 'freedom',
  richer: 'encoding',
  rescaled: 'range',
};

/** The change that is advised: of those that help the one that adds most; half of the points where more of them are. */
export function advisedChange({ fewer, ...changes }: Changes): Change | undefined {
  const helping = Object.entries(changes).filter(([, tried]) => isAdvised(tried)) as [Change, TriedChange][];
  if (helping.length > 0) return helping.reduce((best, one) => (gainOf(one[1]) > gainOf(best[1]) ? one : best))[0];
  return fewer && isWorse(fewer) ? 'fewer' : undefined;
}

/** What limits by the change that is advised; undefined where none is. */
export function limitOfChanges(changes: Changes): BottomLine['code'] | undefined {
  const advised = advisedChange(changes);
  return advised && (advised === 'fewer' ? 'points' : limits[advised]);
}
