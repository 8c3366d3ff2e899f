import * as code from '../../../wasm/codes.ts';
import { append } from './instruction.ts';

/**
 * Joins instructions that follow one another and do not leave a chunk of 2^within rows into loops over chunks, so that
 * large states come from memory once for all of them.
 */
export function chunked(words: readonly number[], within: number, qubits: number): number[] {
  if (qubits <= within) return [...words];
  const result: number[] = [];
  let body: number[][] = [];
  const close = () => {
    const inside = body.flat();
    if (body.length > 1) append(result, [code.LOOP, inside.length + 3, within]);
    append(result, inside);
    body = [];
  };
  for (let at = 0; at < words.length; at += words[at + 1]) {
    const next = words.slice(at, at + words[at + 1]);
    if (staysWithin(next, within)) {
      body.push(next);
    } else {
      close();
      append(result, next);
    }
  }
  close();
  return result;
}

function staysWithin(words: readonly number[], within: number): boolean {
  switch (words[0]) {
    case code.TABLE:
    case code.TABLE_EACH:
      return true;
    case code.ROTATE1:
      return words[7] < within;
    case code.ROTATE2:
      return words[8] < within;
    case code.READ1:
      return words[5] < within;
    case code.READ_ROTATION2:
      return words[6] < within;
    default:
      return false;
  }
}
