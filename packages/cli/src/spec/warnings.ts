import { type Dataset, duplicatePoints, type Model } from '@qntk/core';

/** What is likely a mistake in a problem, though it can be worked on. */
export function warningsOf(model: Model, dataset: Dataset): string[] {
  return [...unreachableLabels(model, dataset), ...duplicates(dataset)];
}

/** Labels that no parameters reach, whatever the circuit, because the readout ends before. */
function unreachableLabels({ ranges, scale }: Model, { y, outputs }: Dataset): string[] {
  return ranges.flatMap(({ low, high }, output) => {
    const labels = y.filter((_, i) => i % outputs === output);
    const beyond = labels.filter((value) => value < low || value > high);
    if (beyond.length === 0) return [];
    const factor = labels.reduce(
      (most, value) => Math.max(most, value === 0 ? 0 : value / (value > 0 ? high : low)),
      0,
    );
    const least = Math.min(...labels);
    const most = Math.max(...labels);
    const name = outputs === 1 ? 'the readout' : `readout ${output}`;
    const advice =
      Number.isFinite(factor) && factor > 0
        ? `model.scale of at least ${roundedUp(scale * factor)} reaches them`
        : 'no model.scale reaches them, shift the labels';
    return [
      `${beyond.length} of ${labels.length} labels are out of reach: they go from ${short(least)} to ${short(most)}, ${name} from ${short(low)} to ${short(high)}; ${advice}`,
    ];
  });
}

function duplicates(dataset: Dataset): string[] {
  const pairs = duplicatePoints(dataset);
  if (pairs.length === 0) return [];
  const { first, second } = pairs[0]!;
  const contradictory = pairs.filter((pair) => pair.contradictory);
  const [point, those] = pairs.length === 1 ? ['point repeats', 'it makes'] : ['points repeat', 'they make'];
  const found = `${pairs.length} data ${point} an earlier one (row ${second} has the features of row ${first}, from 0)`;
  if (contradictory.length === 0) return [`${found}; ${those} the kernel singular`];
  const example = contradictory[0]!;
  return [
    `${found}, ${contradictory.length} of them with another label (row ${example.second} and row ${example.first}), which no model can fit`,
  ];
}

const short = (value: number) => String(Number(value.toPrecision(4)));

/** Rounded to four digits, never below. */
function roundedUp(value: number): string {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  return String(Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(4)));
}
