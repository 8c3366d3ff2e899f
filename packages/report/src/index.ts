export { counted, formatCount, formatNumber, formatShare, undefinedBecause } from './format.ts';
export { type Group, groups, type Quantity, quantityNamed } from './quantities.ts';
export { boundsText } from './terminal/bounds.ts';
export { diagnosisText } from './terminal/diagnosis.ts';
export { ensembleText } from './terminal/ensemble.ts';
export {
  type Forecast,
  noLimit,
  type Prediction,
  predictionText,
  type Rate,
  rateSource,
} from './terminal/prediction.ts';
export { type RegimeDocument, regimeText } from './terminal/regime.ts';
export { columns, thinned } from './terminal/table.ts';
export { type KernelAt, type Scores, type TrainingRun, trainingText } from './terminal/training.ts';
export { diagnosisDocument, type WordedVerdict } from './words/document.ts';
export { optimizerLabel, severities, verdictText } from './words/verdicts.ts';
