import path from 'node:path';
import type { Spec } from '@qntk/core';

/** Encoding and ansatz in a line, with the options that are not left at `false`. */
export function describeModel(model: Spec['model']): string {
  const readout = model.readout === 'trainable' ? ', trainable readout' : '';
  if ('openqasm' in model) return `circuit from ${path.basename(model.openqasm)}${readout}`;
  const { encoding, ansatz } = model;
  const encode = encoding.kind === 'angle' ? words(encoding, ['kind', 'scaling']) : words(encoding, ['scaling']);
  const scaled = encoding.scaling === 'trainable' ? ' with trainable scaling' : '';
  return `${encode} encoding${scaled}, ${words(ansatz, [])}${readout}`;
}

/** Where data comes from, in a word. */
export function describeData(data: Spec['data']): string {
  return 'file' in data ? path.basename(data.file) : data.source;
}

function words(options: Record<string, unknown>, without: readonly string[]): string {
  return Object.entries(options)
    .filter(([key, value]) => !without.includes(key) && value !== false && value !== undefined)
    .sort(([a], [b]) => Number(b === 'kind') - Number(a === 'kind'))
    .map(([key, value]) => word(key, value))
    .join(' ');
}

function word(key: string, value: unknown): string {
  if (value === true) return key;
  if (typeof value === 'number') return `${value} ${value === 1 ? key.replace(/s$/, '') : key}`;
  return String(value);
}
