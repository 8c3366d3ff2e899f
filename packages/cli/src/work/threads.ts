import { type Model, startThreads } from '@qntk/core';

/** Amplitudes times gates of one Jacobian: about 15 ms, of which a command needs dozens. */
const large = 2 ** 25;

/** Starts helpers on the other processors where the work is large: they take a twentieth of a second to come. */
export async function startThreadsFor({ circuit }: Model, points: number): Promise<void> {
  if (points * 2 ** circuit.qubits * circuit.gate.length >= large) await startThreads();
}
