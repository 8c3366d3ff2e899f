import type { Model } from '../model/model.ts';
import type { ModelSpec } from '../model/schema.ts';
import type { Verdict } from './verdict.ts';

/** A model as its SPEC has it, and how others are made of theirs. */
export interface ModelVariants {
  readonly spec: ModelSpec;
  build(spec: ModelSpec): Model;
}

/** The same model with so many times the layers; undefined where it has none, as a circuit from a file, or would have less than one. */
function withLayers(spec: ModelSpec, times: number): ModelSpec | undefined {
  if (!('ansatz' in spec) || !('layers' in spec.ansatz) || typeof spec.ansatz.layers !== 'number') return undefined;
  const layers = Math.floor(times * spec.ansatz.layers);
  return layers < 1 ? undefined : { ...spec, ansatz: { ...spec.ansatz, layers } };
}

/** The same model with twice the layers, where it has any. */
export const deeperSpec = (spec: ModelSpec): ModelSpec | undefined => withLayers(spec, 2);

/**
 * The same model with less freedom: each feature encoded once, at the lowest frequency; with half of the layers where it is so
 * already. Undefined where there is none.
 */
export function simplerSpec(
  spec: ModelSpec,
): { readonly spec: ModelSpec; readonly by: 'encoding' | 'layers' } | undefined {
  if (!('encoding' in spec)) return undefined;
  const { encoding } = spec;
  const frequent = 'frequency' in encoding && encoding.frequency !== 'low';
  if (encoding.reupload || frequent) {
    const simple = { ...encoding, reupload: false, ...(frequent && { frequency: 'low' }) };
    return { spec: { ...spec, encoding: simple } as ModelSpec, by: 'encoding' };
  }
  const fewer = withLayers(spec, 0.5);
  return fewer && { spec: fewer, by: 'layers' };
}

/** The same model with weights and a bias of the readout that are trained; undefined where they are. */
export const readoutSpec = (spec: ModelSpec): ModelSpec | undefined =>
  spec.readout === 'trainable' ? undefined : { ...spec, readout: 'trainable' };

/** The same model with the data encoded again before every layer; undefined where it is, or cannot be, or there is one layer alone. */
export function richerSpec(spec: ModelSpec): ModelSpec | undefined {
  if (!('encoding' in spec) || spec.encoding.reupload || spec.encoding.kind === 'amplitude') return undefined;
  if ('layers' in spec.ansatz && spec.ansatz.layers === 1) return undefined;
  return { ...spec, encoding: { ...spec.encoding, reupload: true } };
}

/** The same model at a readout scale that leaves labels room that are out of range; undefined where none is, or no scale does. */
export function rescaledSpec(spec: ModelSpec, verdicts: readonly Verdict[]): ModelSpec | undefined {
  const ranges = verdicts.flatMap(({ code, evidence }) => (code === 'range' ? [evidence] : []));
  const scales = ranges.map(({ scaleWithRoom }) => scaleWithRoom);
  if (!ranges.some(({ regime }) => regime === 'stagnant') || scales.includes(null)) return undefined;
  return { ...spec, scale: Math.max(...(scales as number[])) };
}
