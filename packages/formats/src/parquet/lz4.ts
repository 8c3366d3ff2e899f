const leastMatch = 4;

/**
 * Unpacks an LZ4 block (lz4_Block_format.md of the lz4 project): literals and copies of what came before, in turn.
 *
 * @throws Error where there are more than `size` bytes, or a copy begins before the first.
 */
export function unpackLz4(bytes: Uint8Array, size: number): Uint8Array {
  const page = new Uint8Array(size);
  let at = 0;
  let length = 0;
  const byte = () => {
    const value = bytes[at++];
    if (value === undefined) throw new Error('a block that is cut off');
    return value;
  };
  const long = (short: number) => {
    let total = short;
    for (let next = short === 15 ? 255 : 0; next === 255; ) {
      next = byte();
      total += next;
    }
    return total;
  };
  const take = (count: number) => {
    if (count > size - length) throw new Error(`more than ${size} bytes in a page`);
  };
  while (at < bytes.length) {
    const token = byte();
    const literals = long(token >> 4);
    take(literals);
    if (literals > bytes.length - at) throw new Error('a block that is cut off');
    page.set(bytes.subarray(at, at + literals), length);
    at += literals;
    length += literals;
    // The last sequence is literals alone.
    if (at === bytes.length) break;
    const distance = byte() + 256 * byte();
    const match = long(token & 15) + leastMatch;
    take(match);
    if (distance === 0 || distance > length) throw new Error(`a copy from ${distance} bytes before byte ${length}`);
    for (const end = length + match; length < end; length++) page[length] = page[length - distance]!;
  }
  return page.subarray(0, length);
}
