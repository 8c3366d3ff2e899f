import { type Place, problem } from '../parse/source.ts';

/** Most gates a circuit may come to, after every definition is expanded. */
const mostGates = 200_000;
/** Most steps of reading: statements, loop rounds, nodes of expressions put into one another. */
const mostSteps = 2_000_000;

/** What reading a program may still cost. A short text can stand for any amount of work. */
export interface Budget {
  /** @throws InputError where a program takes too many steps. */
  steps(count: number, place: Place): void;
  /** @throws InputError where a circuit comes to too many gates. */
  gates(count: number, place: Place): void;
  /** @throws InputError where so many more gates would be too many. */
  room(count: number, place: Place): void;
}

export function budget(): Budget {
  let steps = 0;
  let gates = 0;
  return {
    steps(count, place) {
      steps += count;
      if (!(steps <= mostSteps))
        throw problem(
          place,
          `a program that takes more than ${mostSteps} steps to read`,
          'fewer rounds of loops or calls of gates',
        );
    },
    gates(count, place) {
      room(count, place);
      gates += count;
    },
    room,
  };

  function room(count: number, place: Place): void {
    if (!(gates + count <= mostGates))
      throw problem(
        place,
        `a circuit that comes here to more than ${mostGates} elementary gates`,
        `at most ${mostGates}`,
      );
  }
}
