import { z } from 'zod';

/** Number of repetitions; 0 is refused, since nothing would be trainable. */
export const layers = z.int().min(1, 'with 0 layers nothing is trainable').max(10_000);

/** The one option most ansätze have. */
export const layersOnly = z.strictObject({ layers });
