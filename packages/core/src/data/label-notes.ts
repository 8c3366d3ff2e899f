import type { Dataset } from '../model/dataset.ts';
import type { Task } from './labels.ts';
import type { DataNote } from './notes.ts';
import type { Table } from './table.ts';

/** Different integers that may as well name classes. */
const few = 20;

/** What was taken for granted about labels, and classes that a single row has. */
export function labelNotes({ target, task: known }: Table, { classes }: Dataset, task: Task | undefined): DataNote[] {
  const notes: DataNote[] = [];
  if (target instanceof Float64Array && (task ?? known) === undefined) {
    const labels = [...new Set(target)].sort((a, b) => a - b);
    // −1 and +1 are the same numbers either way.
    const same = labels.length === 2 && labels[0] === -1 && labels[1] === 1;
    if (labels.length <= few && labels.every(Number.isInteger) && !same)
      notes.push({ code: 'integer-labels', labels, taken: classes ? 'classes' : 'regression' });
  }
  if (classes && !('width' in target)) {
    const cells = Array.from(target as ArrayLike<string | number>, String);
    const single = classes.filter((name) => cells.indexOf(name) === cells.lastIndexOf(name));
    if (single.length > 0) notes.push({ code: 'single-row-classes', classes: single });
  }
  return notes;
}
