export { counted, formatNumber, formatShare } from './format.ts';
export { groups, type Named } from './names.ts';
