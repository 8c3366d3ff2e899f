import { studies as diagnostics } from './qntk-diagnostics/src/studies.ts';
import type { Study } from './table.ts';

const studies: readonly Study[] = diagnostics;

/** Prints the studies named, or all. */
export function main(names: readonly string[]): void {
  const unknown = names.find((name) => studies.every((study) => study.name !== name));
  if (unknown !== undefined) {
    console.error(`no study "${unknown}"; there are ${studies.map(({ name }) => name).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  for (const { name, title, print } of studies) {
    if (names.length > 0 && !names.includes(name)) continue;
    const start = Date.now();
    const { text } = print();
    console.log(`## ${title}\n\n${text}\n`);
    console.error(`${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
  }
}
