import { amplitude } from './amplitude.ts';
import { angle } from './angle.ts';
import type { Encoding } from './encoding.ts';
import { iqpFeatureMap, zzFeatureMap } from './feature-maps.ts';

/** Every encoding a SPEC can name; the first is meant where `kind` is left out. */
export const encodings = [angle, zzFeatureMap, iqpFeatureMap, amplitude] as const satisfies readonly Encoding[];
