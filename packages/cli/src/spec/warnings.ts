import { cautionsOf, type Dataset, type Model } from '@qntk/core';
import { verdictText } from '@qntk/report';

/** What is likely a mistake in a problem, though it can be worked on; a diagnosis says it in the same words. */
export function warningsOf(model: Model, dataset: Dataset): string[] {
  return cautionsOf(model, dataset)
    .filter(({ code, severity }) => severity === 'warning' || code === 'duplicates')
    .map(verdictText);
}
