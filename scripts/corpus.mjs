// Reads every circuit in OpenQASM below a folder and says how many are read, and why the others are refused:
// npm run corpus -- FOLDER [--write OUT]. With --write, circuits of at most 8 qubits are written to OUT as OpenQASM 3, so
// that scripts/corpus_qiskit.py can compare them with what Qiskit makes of the originals. Build first (npm run build).

import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '@qntk/core/errors';
import { readOpenqasm, writeOpenqasm } from '@qntk/core/openqasm';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'string' } } });
const [folder] = positionals;
if (folder === undefined) {
  console.error('usage: npm run corpus -- FOLDER [--write OUT]');
  process.exit(2);
}
if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(
    `${folder}: found no such folder, expected one with circuits in OpenQASM, such as a clone of QASMBench`,
  );
  process.exit(2);
}

/** Largest unitary that is compared. */
const mostQubits = 8;
const files = fs
  .readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.qasm[23]?$/.test(file))
  .sort();
const reasons = new Map();
const pairs = [];
const defects = [];
let noted = 0;

for (const file of files) {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  try {
    const { source, notes, inputs } = readOpenqasm(text, { name: file });
    if (notes.length > 0) noted++;
    if (values.write && source.qubits <= mostQubits && source.parameters.length === 0) {
      const written = path.join(values.write, `${pairs.length}.qasm`);
      fs.mkdirSync(values.write, { recursive: true });
      fs.writeFileSync(written, writeOpenqasm(source, inputs));
      pairs.push([path.resolve(folder, file), path.resolve(written)]);
    }
  } catch (error) {
    if (!(error instanceof InputError)) defects.push(`${file}: ${error}`);
    else count(error.problems[0], file);
  }
}

function count({ found, expected }, file) {
  const reason = `${found}, expected ${expected}`.replace(/"[^"]*"/g, '"…"').replace(/at \S+:\d+:\d+/g, 'before');
  reasons.set(reason, [...(reasons.get(reason) ?? []), file]);
}

const refused = [...reasons.values()].flat().length;
console.log(
  `${files.length} files: ${files.length - refused - defects.length} read (${noted} with notes), ${refused} refused`,
);
for (const [reason, which] of [...reasons].sort(([, a], [, b]) => b.length - a.length))
  console.log(`${String(which.length).padStart(5)}  ${reason}  (${which[0]})`);
for (const defect of defects) console.log(`defect: ${defect}`);
if (values.write) {
  fs.writeFileSync(path.join(values.write, 'pairs.json'), JSON.stringify(pairs));
  console.log(`${pairs.length} circuits of at most ${mostQubits} qubits written to ${values.write}`);
}
process.exitCode = defects.length > 0 ? 1 : 0;
