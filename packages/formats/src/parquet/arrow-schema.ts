/** Type numbers of Arrow's schema (Schema.fbs of Apache Arrow). */
const durationType = 18;
const schemaHeader = 1;
/** A message begins with this mark and its length. */
const mark = 0xffffffff;

/**
 * Names of the columns that hold durations: Parquet has no type for them and keeps integers; Arrow's own schema, which
 * its writers put beside Parquet's, in base64, knows better. A schema that cannot be read tells nothing.
 */
export function durationColumns(base64: string | undefined): string[] {
  if (base64 === undefined) return [];
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return durationsOf(new DataView(bytes.buffer));
  } catch {
    return [];
  }
}

/** A table of a FlatBuffer: its fields, by number, lie where its list of offsets says. */
interface FlatTable {
  readonly view: DataView;
  readonly at: number;
}

function durationsOf(view: DataView): string[] {
  const start = view.getUint32(0, true) === mark ? 8 : 4;
  const message: FlatTable = { view, at: start + view.getUint32(start, true) };
  if (byteField(message, 1) !== schemaHeader) return [];
  const schema = tableField(message, 2);
  const fields = schema && vectorField(schema, 1);
  if (!fields) return [];
  const count = Math.min(view.getUint32(fields, true), view.byteLength / 4);
  const names: string[] = [];
  for (let k = 0; k < count; k++) {
    const field = follow(view, fields + 4 + 4 * k);
    const name = vectorField(field, 0);
    if (byteField(field, 2) === durationType && name !== undefined) names.push(textAt(view, name));
  }
  return names;
}

function follow(view: DataView, at: number): FlatTable {
  return { view, at: at + view.getUint32(at, true) };
}

/** Where a field lies, undefined where it is left out. */
function fieldAt({ view, at }: FlatTable, index: number): number | undefined {
  const offsets = at - view.getInt32(at, true);
  const entry = 4 + 2 * index;
  const offset = entry < view.getUint16(offsets, true) ? view.getUint16(offsets + entry, true) : 0;
  return offset === 0 ? undefined : at + offset;
}

function byteField(table: FlatTable, index: number): number | undefined {
  const at = fieldAt(table, index);
  return at === undefined ? undefined : table.view.getUint8(at);
}

function tableField(table: FlatTable, index: number): FlatTable | undefined {
  const at = fieldAt(table, index);
  return at === undefined ? undefined : follow(table.view, at);
}

/** Where the length of a vector or text lies. */
const vectorField = (table: FlatTable, index: number): number | undefined => tableField(table, index)?.at;

function textAt(view: DataView, at: number): string {
  return new TextDecoder().decode(new Uint8Array(view.buffer, at + 4, view.getUint32(at, true)));
}
