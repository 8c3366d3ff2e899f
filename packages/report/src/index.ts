export { counted, formatCount, formatNumber, formatShare, undefinedBecause } from './format.ts';
export { type Group, groups, type Quantity, quantityNamed } from './quantities.ts';
export { boundsWords } from './terminal/bounds.ts';
export {
  type ComparisonColumn,
  comparisonColumns,
  comparisonText,
  runnersUp,
  suggestionText,
} from './terminal/comparison.ts';
export { diagnosisText } from './terminal/diagnosis.ts';
export { ensembleWords } from './terminal/ensemble.ts';
export { type PredictionRun, predictionDocument, predictionText } from './terminal/prediction.ts';
export { arrayProposalText, proposalText } from './terminal/proposal.ts';
export { regimeWords } from './terminal/regime.ts';
export { columns, type LongTable } from './terminal/table.ts';
export { type TrainingRun, trainingText } from './terminal/training.ts';
export { comparisonDocument, rungText } from './words/comparison.ts';
export { diagnosisDocument, type WordedVerdict } from './words/document.ts';
export { type DynamicsWords, dynamicsText } from './words/dynamics.ts';
export { labelUnitsText } from './words/labels.ts';
export { targetText, useText } from './words/proposal.ts';
export { trainingDocument } from './words/training-document.ts';
export { optimizerLabel, severities, verdictText } from './words/verdicts.ts';
