/**
 * Circuits as text and as SVG.
 *
 * @module
 */
export { drawSvg } from '../drawing/svg.ts';
export { drawText } from '../drawing/text.ts';
