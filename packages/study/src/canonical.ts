/**
 * JSON whose keys are sorted, without white space; properties that are undefined are left out.
 *
 * @param arrayText - what stands for a typed array.
 * @throws RangeError at what JSON has not: NaN, infinite numbers, functions, and typed arrays unless there is a text for them.
 */
export function canonical(value: unknown, arrayText: (array: ArrayBufferView) => string = refuse): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} has no place in JSON`);
  if (Array.isArray(value)) return `[${value.map((part) => canonical(part, arrayText)).join(',')}]`;
  if (ArrayBuffer.isView(value)) return arrayText(value);
  if (typeof value !== 'object' || value === null) return primitive(value);
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part, arrayText)}`).join(',')}}`;
}

function refuse(array: ArrayBufferView): never {
  throw new RangeError(`a ${array.constructor.name} has no place in JSON`);
}

function primitive(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new RangeError(`a value of type ${typeof value} has no place in JSON`);
  return text;
}
