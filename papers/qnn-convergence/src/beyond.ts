import type { Series } from '../../panel.ts';
import { type Swept, samplesOf } from './sweeps.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where lines end: beyond, dimensions are too far apart to be joined. */
const joinedTo = 2 ** 20;

/**
 * A distance from a limit against d, lines at γ = 4 and crosses at γ = 2, with what falls as 1/d beside it.
 *
 * @param distance - of one setting.
 * @param law - from the joined points of the fewest samples: the point that 1/d goes through, and the d from which it is drawn.
 */
export function beyondSeries(
  swept: readonly Swept[],
  distance: (one: Swept) => number,
  law: (joined: readonly Point[]) => { readonly through: Point; readonly from: number },
): Series[] {
  const at = (m: number, gamma: number): Point[] =>
    swept
      .filter((one) => one.m === m && one.gamma === gamma)
      .sort((a, b) => a.d - b.d)
      .map((one) => ({ x: one.d, y: distance(one) }));
  const joined = (m: number) => at(m, 4).filter(({ x }) => x <= joinedTo);
  const samples = samplesOf(swept);
  const { through, from } = law(joined(samples[0]!));
  return [
    ...samples.map((m, look) => ({ label: `m = ${m}`, look, line: joined(m), marks: at(m, 4) })),
    { label: 'γ = 2', look: 5, marks: samples.flatMap((m) => at(m, 2)) },
    {
      label: '∝ 1/d',
      look: 6,
      theory: true,
      line: [from, 2 ** 26].map((x) => ({ x, y: (through.y * through.x) / x })),
    },
  ];
}
