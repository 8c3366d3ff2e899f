import { counted } from '@qntk/core';
import { Inflate } from 'fflate';
import { crc32 } from '../crc32.ts';

/** A file in an archive, packed. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  /** Bytes, packed and unpacked, as the archive says. */
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endRecord = 0x06054b50;
const endRecord64 = 0x06064b50;
const endLocator64 = 0x07064b50;
const sizesField64 = 1;
const [stored, deflated] = [0, 8];
/** A count or size that stands in a field of 64 bits. */
const elsewhere = 0xffffffff;
const piece = 2 ** 16;

/** Bytes as 32 and 64 bits, little-endian; a RangeError where there are none. */
class Bytes {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, true);
  }
  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }
  u64(at: number): number {
    const value = Number(this.#view.getBigUint64(at, true));
    if (!Number.isSafeInteger(value)) throw new Error(`a size of ${value} bytes`);
    return value;
  }
}

/**
 * The files in a zip archive, from its directory at the end (APPNOTE 4.3), with sizes beyond 4 GiB as numpy writes them.
 *
 * @throws Error saying what is wrong.
 */
export function zipEntries(archive: Uint8Array): ZipEntry[] {
  const file = new Bytes(archive);
  const { count, start } = directoryOf(file);
  const entries: ZipEntry[] = [];
  let at = start;
  for (let k = 0; k < count; k++) {
    if (file.u32(at) !== centralHeader) throw new Error('a directory that is cut off');
    const [nameLength, extraLength, commentLength] = [file.u16(at + 28), file.u16(at + 30), file.u16(at + 32)];
    const nameEnd = at + 46 + nameLength;
    if (file.u16(at + 8) & 1) throw new Error('files with a password');
    const sizes = { size: file.u32(at + 24), packed: file.u32(at + 20), offset: file.u32(at + 42) };
    entries.push({
      name: new TextDecoder('utf-8', { fatal: true }).decode(archive.subarray(at + 46, nameEnd)),
      method: file.u16(at + 10),
      crc: file.u32(at + 16),
      ...withSizes64(sizes, file, nameEnd, extraLength),
    });
    at = nameEnd + extraLength + commentLength;
  }
  return entries;
}

/**
 * The content of a file, which has as many bytes as the archive says, with the checksum it names.
 *
 * @throws Error saying what is wrong.
 */
export function unzip(archive: Uint8Array, { method, crc, packed, size, offset }: ZipEntry): Uint8Array {
  const file = new Bytes(archive);
  if (file.u32(offset) !== localHeader) throw new Error('a file that is not where the directory says');
  const start = offset + 30 + file.u16(offset + 26) + file.u16(offset + 28);
  if (start + packed > archive.length) throw new Error('a file that is cut off');
  const content = unpacked(archive.subarray(start, start + packed), method, size);
  if (content.length !== size) throw new Error(`${counted(content.length, 'byte')} where ${size} were packed`);
  if (crc32(content) !== crc) throw new Error('a checksum that does not fit');
  return content;
}

function unpacked(bytes: Uint8Array, method: number, size: number): Uint8Array {
  if (method === stored) return bytes;
  if (method !== deflated) throw new Error(`the way of packing ${method}`);
  const content = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((part) => {
    if (length + part.length > size) throw new Error(`more than the ${size} bytes that were packed`);
    content.set(part, length);
    length += part.length;
  });
  for (let from = 0; from < bytes.length; from += piece)
    stream.push(bytes.subarray(from, from + piece), from + piece >= bytes.length);
  return content.subarray(0, length);
}

function directoryOf(file: Bytes): { count: number; start: number } {
  const last = file.bytes.length - 22;
  // A comment of up to 64 KiB may follow.
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (file.u32(at) !== endRecord) continue;
    const [count, start] = [file.u16(at + 10), file.u32(at + 16)];
    const large = count === 0xffff || start === elsewhere;
    if (!large || at < 20 || file.u32(at - 20) !== endLocator64) return { count, start };
    const record = file.u64(at - 12);
    if (file.u32(record) !== endRecord64) throw new Error('a directory that is not where the end says');
    return { count: file.u64(record + 32), start: file.u64(record + 48) };
  }
  throw new Error('no directory at the end');
}

type Sizes = Pick<ZipEntry, 'size' | 'packed' | 'offset'>;

/** Those of the three that do not fit into 32 bits stand in an extra field, in this order. */
function withSizes64(sizes: Sizes, file: Bytes, start: number, length: number): Sizes {
  for (let at = start; at + 4 <= start + length; at += 4 + file.u16(at + 2)) {
    if (file.u16(at) !== sizesField64) continue;
    let next = at + 4;
    const read = (value: number) => {
      if (value !== elsewhere) return value;
      next += 8;
      return file.u64(next - 8);
    };
    return { size: read(sizes.size), packed: read(sizes.packed), offset: read(sizes.offset) };
  }
  return sizes;
}
