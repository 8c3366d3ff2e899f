export type { Point } from './curves.ts';
export { drawFile } from './draw.ts';
export { dynamicsFigures, ensemblePlots } from './figures/ensemble.ts';
export { axes, type Layer, type LineLook, lines, points } from './figures/layers.ts';
export type { DrawnPlot, KeyEntry } from './figures/plot.ts';
export { Html, html, type Insert } from './html.ts';
export { colours, type Domain, dashes, linear, logarithmic, logDomain, size } from './theme.ts';
