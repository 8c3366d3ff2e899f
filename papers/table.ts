/** A number with `n` significant digits; – where there is none. */
export const digits = (value: number | null | undefined, n = 2): string =>
  value === null || value === undefined ? '–' : Number(value.toPrecision(n)).toString();

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** One table of the documentation: computed anew, and written as Markdown. */
export interface Study {
  readonly name: string;
  readonly title: string;
  print(): { readonly text: string };
}
