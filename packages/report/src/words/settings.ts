import type { Evidence } from '@qntk/core';
import { formatNumber } from '../format.ts';

/** A learning rate at which training does not settle. */
export function rateText({ rate, limit, momentum }: Evidence['rate']): string {
  if (limit === null)
    return `The learning rate is too large: a step turns angles by up to ${formatNumber(rate)} rad, and training does not settle.`;
  const beside = momentum > 0 ? ` with momentum ${formatNumber(momentum)}` : '';
  return `The learning rate is too large: ${formatNumber(rate)}${beside} is ${formatNumber(rate / limit)} times the largest stable one at the start (${formatNumber(limit)}), and training does not settle.`;
}

/** A readout scale far from the labels. */
export function scaleText({ 'model.scale': scale, times, too, scaleWithRoom }: Evidence['scale']): string {
  const factor = formatNumber(times);
  const why =
    too === 'large'
      ? `outputs reach ${factor} times as far as the labels, so that small turns of an angle throw them about`
      : `labels reach ${factor} times as far as the outputs at the start, and weights of the readout have to grow as much`;
  return `The readout scale γ = ${formatNumber(scale)} is too ${too}: ${why}. Take about ${formatNumber(scaleWithRoom)} first.`;
}
