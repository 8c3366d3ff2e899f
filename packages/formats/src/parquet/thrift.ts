/** The kinds of values of thrift's compact protocol that Parquet uses. */
const kinds = {
  stop: 0,
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  struct: 12,
};

const deepest = 32;
/** Writers leave out the least and largest value of a column where they are longer. */
const longestStatistic = 4096;
/** Where in a footer those stand: row group, column, its metadata, its statistics. */
const statistics = '.4.1.3.12';

/**
 * Walks over a struct without building anything, and returns where it ends. The decoder behind this trusts the lengths
 * in a file: it makes room for a list before it looks for its entries, and numbers may be as long as the file.
 *
 * @throws Error where a length leads beyond the end, structs lie deeper than any of Parquet's, or a number is too long.
 */
export function endOfStruct(view: DataView, start: number, path = '', depth = 0): number {
  if (depth > deepest) throw new Error(`structs ${depth} deep`);
  let at = start;
  let field = 0;
  for (;;) {
    const head = view.getUint8(at++);
    const kind = head & 15;
    if (kind === kinds.stop) return at;
    if (head >> 4) field += head >> 4;
    else {
      const { value, end } = varint(view, at);
      field = Number(value >> 1n);
      at = end;
    }
    at = endOfValue(view, at, kind, `${path}.${field}`, depth);
  }
}

function endOfValue(view: DataView, at: number, kind: number, path: string, depth: number): number {
  switch (kind) {
    case kinds.true:
    case kinds.false:
      return at;
    case kinds.byte:
      return at + 1;
    case kinds.i16:
    case kinds.i32:
    case kinds.i64:
      return varint(view, at).end;
    case kinds.double:
      return at + 8;
    case kinds.binary:
      return endOfBinary(view, at, path);
    case kinds.list:
      return endOfList(view, at, path, depth);
    case kinds.struct:
      return endOfStruct(view, at, path, depth + 1);
    default:
      throw new Error(`a value of the unknown kind ${kind}`);
  }
}

function endOfBinary(view: DataView, at: number, path: string): number {
  const { value, end } = varint(view, at);
  if (value > view.byteLength - end) throw new Error(`${value} bytes where ${view.byteLength - end} are left`);
  if (path.startsWith(statistics) && value > longestStatistic) throw new Error(`statistics of ${value} bytes`);
  return end + Number(value);
}

function endOfList(view: DataView, start: number, path: string, depth: number): number {
  if (depth >= deepest) throw new Error(`lists ${depth} deep`);
  const head = view.getUint8(start);
  const kind = head & 15;
  const short = head >> 4;
  const { value: count, end } = short < 15 ? { value: BigInt(short), end: start + 1 } : varint(view, start + 1);
  // Every entry takes a byte at least.
  if (count > view.byteLength - end) throw new Error(`a list of ${count} in ${view.byteLength - end} bytes`);
  const one = kind === kinds.true || kind === kinds.false ? kinds.byte : kind;
  let at = end;
  for (let i = 0; i < count; i++) at = endOfValue(view, at, one, path, depth + 1);
  return at;
}

function varint(view: DataView, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let at = start; at < start + 10; at++) {
    const byte = view.getUint8(at);
    value |= BigInt(byte & 127) << BigInt(7 * (at - start));
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new Error('a number of more than 64 bits');
}
