export type { Point } from './curves.ts';
export { drawFile } from './draw.ts';
export { dynamicsFigures } from './figures/ensemble.ts';
export { type Layer, type LineLook, lines } from './figures/layers.ts';
export { colours, type Domain, dashes, linear, logarithmic, logDomain, size } from './theme.ts';
