export { counted, formatCount, formatNumber, formatShare, undefinedBecause } from './format.ts';
export { type Group, groups, type Quantity, quantityNamed } from './quantities.ts';
export { diagnosisText } from './terminal/diagnosis.ts';
export { columns, thinned } from './terminal/table.ts';
export { diagnosisDocument, type WordedVerdict } from './words/document.ts';
export { optimizerLabel, severities, verdictText } from './words/verdicts.ts';
