// npm run -s experiments > docs/experiments.md: the experiments of docs/experiments.md, run again with this version.

import { deviationTable, minimaTable, settingsTable } from './convergence.mjs';
import { flowTable } from './flow.mjs';
import { curvesTable, edgeTable, floorTable, timesTable, trustTable } from './lessons.mjs';
import { edgeSpectraTable, spectraTable } from './spectra.mjs';

const parts = [
  ['Gradient flow with few Jacobians', flowTable],
  ['When to read the forecast', timesTable],
  ['Irreducible error', floorTable],
  ['Labels at the edge of the readout', edgeTable],
  ['Trust, foretold / seen', trustTable],
  ['Loss curves against gradient descent', curvesTable],
  ['The shape of the spectrum', spectraTable],
  ['The shape of the spectrum, labels at its edge', edgeSpectraTable],
  ['Finite networks as p grows', deviationTable],
  ['Bounds on runs of finite networks', settingsTable],
  ['Rates at global minima', minimaTable],
];
for (const [title, make] of parts) {
  const start = Date.now();
  console.log(`## ${title}\n\n${make()}\n`);
  console.error(`${title}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
}
