import { expect, test } from 'vitest';
import { counted } from '../src/wording.ts';

test('a noun has the form that its number asks for', () => {
  const said = (['qubit', 'different label', 'class', 'entry', 'key', 'box', 'batch'] as const).flatMap((noun) => [
    counted(1, noun),
    counted(0, noun),
    counted(2, noun),
  ]);
  expect(said).toEqual([
    ...['1 qubit', '0 qubits', '2 qubits'],
    ...['1 different label', '0 different labels', '2 different labels'],
    ...['1 class', '0 classes', '2 classes'],
    ...['1 entry', '0 entries', '2 entries'],
    ...['1 key', '0 keys', '2 keys'],
    ...['1 box', '0 boxes', '2 boxes'],
    ...['1 batch', '0 batches', '2 batches'],
  ]);
});
