/** Columns of text, each as wide as its widest cell; numbers to the right, the first column to the left. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => [...(row[c] ?? '')].length)));
  const padded = (cell: string, c: number) => {
    const space = ' '.repeat(widths[c] - [...cell].length);
    return c === 0 ? cell + space : space + cell;
  };
  return rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n');
}

/** About `most` of the indices 0 … count − 1, evenly spread, both ends among them. */
export function thinned(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, k) => Math.round((k * (count - 1)) / (most - 1)));
}

/** Text in lines of at most `width` characters, broken between words. */
export function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
