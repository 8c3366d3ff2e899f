import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordSchedule } from '../../src/train/recorder.ts';

const seed = 20251;

test('the schedule of records starts dense, ends at the last step and stays short', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (steps) => {
      const marks = recordSchedule(steps);
      expect(marks[0]).toBe(0);
      expect(marks.at(-1)).toBe(steps);
      expect(marks.length).toBeLessThanOrEqual(100);
      marks.slice(1).forEach((mark, k) => {
        expect(mark).toBeGreaterThan(marks[k]);
      });
    }),
    { seed, numRuns: 200 },
  );
});
