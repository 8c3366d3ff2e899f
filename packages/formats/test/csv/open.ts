import { type CsvOptions, readCsv } from '../../src/csv/read.ts';

export const bytes = (text: string) => new TextEncoder().encode(text);

/** A table of a file of the name that the errors have. */
export const open = (text: string, options?: CsvOptions) => readCsv(bytes(text), 'moons.csv', options);
