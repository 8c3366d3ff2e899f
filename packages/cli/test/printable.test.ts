import { expect, test } from 'vitest';
import { printable, printableMessage } from '../src/printable.ts';

test('text of files cannot steer a terminal', () => {
  expect(printable('\u001b[31m \u0000 \u009b2J \u202e \u007f')).toBe('\\u001b[31m \\u0000 \\u009b2J \\u202e \\u007f');
});

test('lines, tabs and the letters of the world stay', () => {
  const text = 'γ² ≤ 1\n\tKöln 量子 🧪 − ½';
  expect(printable(text)).toBe(text);
});

test('a message shows the beginning of a name without end', () => {
  const message = printableMessage(`s.yaml:1:2: ${'x'.repeat(5000)}: found an unknown key`);
  expect(message).toBe(`s.yaml:1:2: ${'x'.repeat(100)}…: found an unknown key`);
});
