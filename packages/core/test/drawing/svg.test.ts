import { expect, test } from 'vitest';
import type { Operation } from '../../src/circuit/circuit.ts';
import { gates } from '../../src/circuit/gates.ts';
import { drawSvg } from '../../src/drawing/svg.ts';
import { random } from '../../src/random/random.ts';
import { randomOperation, sourceOf } from '../helpers/circuits.ts';
import { seed } from '../helpers/numbers.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Attributes of all elements of a kind. */
const elements = (svg: string, kind: string) =>
  [...svg.matchAll(new RegExp(`<${kind} ([^>]*)>`, 'g'))].map(([, attributes]) =>
    Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
  );

const boxesOf = (svg: string): Box[] =>
  elements(svg, 'rect')
    .filter(({ rx }) => rx === '3')
    .map(({ x, y, width, height }) => ({ x: Number(x), y: Number(y), width: Number(width), height: Number(height) }));

/** Whether two boxes are nearer than a reader can tell them apart. */
const touch = (a: Box, b: Box, apart = 4) =>
  a.x < b.x + b.width + apart &&
  b.x < a.x + a.width + apart &&
  a.y < b.y + b.height + apart &&
  b.y < a.y + a.height + apart;

test(`random circuits: well-formed, all gates inside, none near another (seed ${seed})`, () => {
  const draw = random(seed, 2);
  for (const qubits of [1, 3, 20]) {
    const operations = Array.from({ length: 80 }, () => randomOperation(draw, qubits, 2, 3));
    const svg = drawSvg(sourceOf(qubits, 2, operations));
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    const open: string[] = [];
    for (const [, close, name, self] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g))
      if (close) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
    expect(open).toEqual([]);
    const [{ width, height }] = elements(svg, 'svg');
    const boxes = boxesOf(svg);
    const labels = operations.flatMap(({ gate }) => {
      const drawing = gates.get(gate)?.drawing ?? ['U'];
      return drawing.filter((label) => !'●×'.includes(label) && !(label === 'X' && drawing.includes('●')));
    });
    expect(boxes).toHaveLength(labels.length);
    for (const box of boxes) {
      expect(box.x).toBeGreaterThan(0);
      expect(box.x + box.width).toBeLessThan(Number(width));
      expect(box.y + box.height).toBeLessThan(Number(height));
    }
    expect(boxes.some((a, i) => boxes.slice(0, i).some((b) => touch(a, b)))).toBe(false);
  }
});

test('long circuits go on in a row below', () => {
  const operations: Operation[] = Array.from({ length: 200 }, () => ({ gate: 'h', wires: [0] }));
  const [one, many] = [1, 200].map((count) => drawSvg(sourceOf(1, 0, operations.slice(0, count))));
  const rows = (svg: string) => svg.match(/>q0</g)?.length;
  expect([rows(one), rows(many)]).toEqual([1, 8]);
  expect(Number(elements(many, 'svg')[0].width)).toBeLessThanOrEqual(1100);
  expect(rows(drawSvg(sourceOf(1, 0, operations), undefined, 550))).toBe(19);
  expect(rows(drawSvg(sourceOf(1, 0, operations), undefined, Infinity))).toBe(1);
});

test('controlled X has its usual sign, and the legend names what occurs', () => {
  const svg = drawSvg(sourceOf(2, 0, [{ gate: 'cx', wires: [0, 1] }]));
  expect(elements(svg, 'circle').map(({ r }) => r)).toEqual(['4.5', '10']);
  expect(svg).toContain('>fixed<');
  expect(svg).not.toContain('>data<');
});

test('names cannot break out of the image', () => {
  const operations = [
    { gate: 'rx', wires: [0], angles: [{ offset: { kind: 'input' as const, index: 0 }, terms: [] }] },
  ];
  const svg = drawSvg(sourceOf(1, 1, operations), ['a<b>&']);
  expect(svg).toContain('a&lt;b&gt;&amp;');
});
