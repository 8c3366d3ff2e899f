// Run by output.test.ts in a process of its own: starts writing two files and stays in the middle of the second.
import fs from 'node:fs';
import { writeOutputs } from '../../src/files/output.ts';

const original = fs.promises.writeFile;
let calls = 0;
fs.promises.writeFile = async (file, data, options) => {
  calls++;
  if (calls === 1) return original(file, data, options);
  await original(file, 'half', options);
  process.stdout.write('halfway');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
};

await writeOutputs(process.argv[2]!, { 'report.json': '{}', 'report.html': 'half and half' });
