import { z } from 'zod';
import { InputError } from '../errors.ts';
import { random } from '../random/random.ts';
import { computable, positive } from '../schema/numbers.ts';
import { exactGroundState } from './ising.ts';
import { common, evenlySpaced, generated, mostPoints } from './source.ts';
import { streams } from './streams.ts';
import { variationalGroundState } from './vqe.ts';

/** Scala et al.'s experiment: from the field h to the transverse magnetisation of the Ising ring's ground state. */
export const tfim = generated({
  summary: 'transverse magnetisation (1/N) Σ⟨X⟩ of the Ising ring −J Σ ZZ − h Σ X against the field h',
  schema: z.strictObject({
    source: z.literal('tfim'),
    points: z.int().min(2).max(mostPoints).default(20),
    field: z
      .tuple([computable, computable])
      .default([-5, 4.5])
      .describe('first and last value of h; the points are evenly spaced'),
    sites: z.int().min(2).max(16).default(6),
    coupling: positive.default(1).describe('J'),
    ground: z.enum(['exact', 'vqe']).default('exact').describe('by diagonalisation, or a variational eigensolver'),
    ...common,
  }),
  generate({ points, field: [first, last], sites, coupling, ground, seed }, engine) {
    checkWork(points, sites, ground);
    const fields = evenlySpaced(first, last, points);
    const draw = random(seed, streams.eigensolver);
    const magnetization = (field: number) => {
      const chain = { sites, coupling, field };
      if (ground === 'exact') return exactGroundState(chain).magnetization;
      return variationalGroundState(chain, engine, draw).magnetization;
    };
    return {
      features: [{ name: 'h', values: fields }],
      targetName: 'magnetization',
      target: fields.map(magnetization),
    };
  },
});

/** Points times amplitudes that are computed: minutes of work. A variational eigensolver takes many states a point. */
const most = { exact: 2 ** 23, vqe: 2 ** 17 };

function checkWork(points: number, sites: number, ground: keyof typeof most): void {
  const allowed = Math.floor(most[ground] / 2 ** sites);
  if (points > allowed)
    throw new InputError({
      where: 'data.points',
      found: String(points),
      expected: `at most ${allowed} ground states of ${sites} sites by ${ground === 'vqe' ? 'a variational eigensolver' : 'diagonalisation'}`,
    });
}
