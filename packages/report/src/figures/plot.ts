import type { TopLevelSpec } from 'vega-lite';
import type { Html } from '../html.ts';

/** A figure, or why there is none. */
export type Plot = DrawnPlot | { readonly title: string; readonly missing: string };

export interface DrawnPlot {
  /** Unique on the page; part of identifiers. */
  readonly name: string;
  readonly title: string;
  /** What to see, in a sentence. */
  readonly caption: Html;
  /** The figure in words, for those who cannot see it. */
  readonly alt: string;
  readonly key: readonly KeyEntry[];
  readonly spec: TopLevelSpec;
}

export interface KeyEntry {
  readonly label: string;
  readonly colour: string;
  readonly look: 'line' | 'faint' | 'band' | 'box' | 'dot' | 'ring' | 'diamond' | 'triangle' | 'wedge' | 'cross';
  /** What stands on the line. */
  readonly mark?: KeyEntry['look'];
  readonly dash?: readonly number[];
  /** Of a box; 1 where left out. */
  readonly opacity?: number;
}
