import type { Angle } from '../circuit/angle.ts';
import type { Operation } from '../circuit/circuit.ts';
import type { Allocator } from './ansatz.ts';

/** Layers in pairs, the second of which runs backwards. */
export interface MirroredLayers {
  readonly layers: Operation[][];
  /** For every parameter of a second layer that of the first whose negative undoes it. */
  readonly opposites: ReadonlyMap<number, number>;
}

/**
 * After every layer the same gates in reversed order, with angles of their own: with opposite angles the second layer undoes
 * the first (Grant et al. 2019), since gates without an angle are their own inverses in every ansatz of the table.
 * Parameters are counted in the order of the gates.
 *
 * @param halves - every other layer, each angle one parameter.
 */
export function mirrored(halves: readonly (readonly Operation[])[], next: Allocator): MirroredLayers {
  const opposites = new Map<number, number>();
  const withOwnAngles = (operation: Operation): Operation =>
    operation.angles ? { ...operation, angles: operation.angles.map(() => next()) } : operation;
  const layers = halves.flatMap((half) => {
    const first = half.map(withOwnAngles);
    const second = [...first].reverse().map((operation) => {
      const backwards = withOwnAngles(operation);
      const undone = [...(operation.angles ?? [])].reverse();
      backwards.angles?.forEach((angle, k) => {
        opposites.set(parameterOf(angle), parameterOf(undone[k]));
      });
      return backwards;
    });
    return [first, second];
  });
  return { layers, opposites };
}

const parameterOf = ({ terms }: Angle): number => terms[0].parameter;
