/** A format that is not read, and what to do instead. */
interface ForeignFormat {
  readonly title: string;
  readonly advice: string;
  /** The format that it may be of nevertheless: its reader tells. */
  readonly unless?: 'npz';
}

const table = 'save the table as CSV or Parquet';
const arrays = 'save the arrays as .npz';

/** How files of other programs begin. */
const beginnings: readonly (readonly [start: readonly number[], format: ForeignFormat])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], { title: 'an old Excel or Office file', advice: table }],
  [[0x89, 0x48, 0x44, 0x46], { title: 'an HDF5 file', advice: arrays }],
  [[0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], { title: 'an Arrow or Feather file', advice: table }],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], { title: 'a SQLite data base', advice: table }],
  [[0x4d, 0x41, 0x54, 0x4c, 0x41, 0x42], { title: 'a MATLAB file', advice: arrays }],
  [[0x25, 0x50, 0x44, 0x46], { title: 'a PDF', advice: table }],
  [[0x42, 0x5a, 0x68], { title: 'a file packed with bzip2', advice: 'unpack it first' }],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], { title: 'a file packed with xz', advice: 'unpack it first' }],
  [[0x28, 0xb5, 0x2f, 0xfd], { title: 'a file packed with Zstandard', advice: 'unpack it first' }],
  [[0x80, 0x03], { title: 'a pickle of Python', advice: arrays }],
  [[0x80, 0x04], { title: 'a pickle of Python', advice: arrays }],
  [[0x80, 0x05], { title: 'a pickle of Python', advice: arrays }],
];

/** How texts begin that are no table, whatever the name of the file. */
const texts: readonly (readonly [start: RegExp, format: ForeignFormat])[] = [
  [/^<(?:!doctype html|html)/i, { title: 'a web page (HTML)', advice: 'download the file itself' }],
  [/^<\?xml/i, { title: 'XML', advice: table }],
  [/^version https:\/\/git-lfs/, { title: 'a pointer of Git LFS', advice: 'fetch the file with git lfs pull' }],
  [/^[[{]\s*["{[]/, { title: 'JSON', advice: table }],
  [/^(?:\s*%.*\n)*\s*@relation\b/i, { title: 'an ARFF file', advice: table }],
  [/^[-+\d.]+(?: \d+:[-+\d.e]+)+\s*\n/i, { title: 'a sparse table (SVMlight)', advice: table }],
];

/** Names in a zip archive that only office programs use. */
const office = /\[Content_Types\]\.xml|xl\/worksheets|mimetypeapplication\/vnd\.oasis/;
/** The name of the first file of an archive stands here. */
const firstName = 30;
const tarMark = { at: 257, text: 'ustar' };

/** What a file is that is not read, by its beginning; an archive may be one of arrays where its first file is one. */
export function foreignFormat(bytes: Uint8Array): ForeignFormat | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 2048));
  if (start.startsWith('PK\x03\x04')) return foreignArchive(start);
  if (start.startsWith(tarMark.text, tarMark.at)) return { title: 'a tar archive', advice: 'unpack it first' };
  return beginnings.find(([each]) => each.every((byte, i) => bytes[i] === byte))?.[1];
}

/** What a text is that is no table. */
export function foreignText(bytes: Uint8Array): ForeignFormat | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 2048)).replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  return texts.find(([each]) => each.test(start))?.[1];
}

function foreignArchive(start: string): ForeignFormat | undefined {
  if (office.test(start)) return { title: 'an Excel or OpenDocument file', advice: table };
  const length = start.charCodeAt(26) + 256 * start.charCodeAt(27);
  const isArray = start.slice(firstName, firstName + length).endsWith('.npy');
  return isArray ? undefined : { title: 'a zip archive', advice: 'unpack it first', unless: 'npz' };
}
