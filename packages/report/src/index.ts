export { counted, formatNumber, formatShare } from './format.ts';
export { type Group, groups, type Named } from './names.ts';
