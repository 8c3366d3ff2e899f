/** The known name that a wrong one was most likely meant to be; undefined where none is close. */
export function nearest(found: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, edits: distance(found.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.max(found.length, name.length) / 3) && edits < found.length)
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.name;
}

/** Edits (insert, delete, replace, swap neighbours) from one word to the other. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, replaced);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i]![j] = swapped ? Math.min(best, rows[i - 2]![j - 2]! + 1) : best;
    }
  return rows[a.length]![b.length]!;
}

/** The advice "did you mean …?" of an error, nothing where no known name is close. */
export function didYouMean(found: string, known: readonly string[]): { advice?: string } {
  const near = nearest(found, known);
  return near === undefined ? {} : { advice: `did you mean "${near}"?` };
}

/** A noun as it stands behind a number: `1 qubit`, `2 qubits`, `2 classes`, `2 entries`. */
export function nounFor(count: number, noun: string): string {
  if (count === 1) return noun;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return `${noun}${/(?:s|x|ch|sh)$/.test(noun) ? 'es' : 's'}`;
}

/** A number of things: `1 qubit`, `2 qubits`. */
export const counted = (count: number, noun: string): string => `${count} ${nounFor(count, noun)}`;

/** A value as it can stand in a sentence: JSON of at most 60 characters, `nothing` for null and undefined. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object' && !Array.isArray(value)) return 'a mapping';
  // JSON has no word for NaN and the infinities.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
