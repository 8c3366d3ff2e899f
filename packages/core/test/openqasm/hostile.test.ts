import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { runs, seed } from '../helpers/numbers.ts';

const header = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\ninput float w;\n';
const read = (text: string) => readOpenqasm(text, { name: 'c.qasm' });
const many = (text: string, count: number) => text.repeat(count);
const chain = (first: string, next: (k: number) => string, count = 100) =>
  first + Array.from({ length: count }, (_, k) => next(k + 1)).join('\n');

function refusalOf(text: string): InputError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('it was read');
}

// A time is not asserted: every one of these would take minutes, gigabytes or the stack where it is not refused early.
describe('refused early, with the reason', () => {
  test.each([
    ['brackets', `rx(${many('(', 1e5)}1${many(')', 1e5)}) q[0];`, 'more than 100 deep'],
    ['signs', `rx(${many('-', 1e5)}1) q[0];`, 'more than 100 deep'],
    ['powers', `rx(${many('1**', 1e5)}1) q[0];`, 'more than 100 deep'],
    ['sums', `rx(${many('1+', 1e5)}1) q[0];`, 'too many levels, expected at most 1000'],
    ['indices', `x q${many('[0]', 1e5)};`, 'index behind a single qubit'],
    ['blocks', many('{', 1e5), 'more than 100 deep'],
    ['conditions', `${many('if (true) ', 1e5)}x q[0];`, 'more than 100 deep'],
    ['alternatives', `${many('if (false) x q[0]; else ', 1e5)}x q[0];`, 'more than 100 deep'],
    [
      'loops in loops',
      `${chain('', (k) => `for int i${k} in [0:99]`, 20)} x q[0];`,
      'more than 200000 elementary gates',
    ],
    [
      'doubling gates',
      `${chain('gate g0 a { x a; }', (k) => `gate g${k} a { g${k - 1} a; g${k - 1} a; }`)} g99 q[0];`,
      'elementary gates',
    ],
    [
      'doubling empty gates',
      `${chain('gate g0 a { }', (k) => `gate g${k} a { g${k - 1} a; g${k - 1} a; }`)} g99 q[0];`,
      'elementary gates',
    ],
    [
      'doubling angles',
      `${chain('gate g0(t) a { rx(t) a; }', (k) => `gate g${k}(t) a { g${k - 1}(sin(t) + t) a; }`)} g99(w) q[0];`,
      'terms and 27 levels, expected at most 20000',
    ],
    ['deep gates', chain('gate g0 a { x a; }', (k) => `gate g${k} a { g${k - 1} a; }`, 1e4), 'more than 200 deep'],
    ['a high power', 'gate g a { x a; h a; } pow(1000000000) @ g q[0];', 'elementary gates'],
    ['a high power of nothing', 'gate g a { } pow(1e15) @ g q[0];', 'elementary gates'],
    [
      'a high power inside',
      'gate g a { x a; h a; } gate f(k) a { pow(k) @ g a; } f(1000000000) q[0];',
      'elementary gates',
    ],
    ['many controls', 'ctrl(1000000000) @ x q[0];', 'found 1000000000 controls'],
    ['a large register', 'qubit[3000000000] r;', 'found 3000000000 qubits'],
    ['a large register that is used', 'qubit[1000000000] r; h r;', 'found 1000000000 qubits, expected at most 4096'],
    ['a large bit register', 'bit[3000000000] r;', 'found a width of 3000000000'],
    ['a large bit register with a value', 'bit[1000000000] r = 1;', 'found a width of 1000000000'],
    ['a large array', 'input array[float, 1000, 1000] r;', 'found an array of 1000000 elements'],
    ['a long range', 'for int i in [0:1000000000] { x q[0]; }', 'found a range of 1000000001 numbers'],
    ['a long loop', 'while (true) { }', 'more than 2000000 steps'],
    ['a long body', 'gate g a { for int i in [0:999999] x a; }', 'more than 2000000 steps'],
    ['a long number', `rx(${many('9', 1e6)}) q[0];`, 'found a number of 1000000 characters'],
    ['a long name', `${many('a', 1e6)} q[0];`, 'found a name of 1000000 characters'],
    ['a large number', 'rx(1e999) q[0];', 'beyond the range of double precision'],
    ['a large whole number', 'const int a = 10 ** 1000;', 'beyond 2^53'],
    ['a zero byte', 'x q[0];\0', 'found "\\u0000"'],
    ['an open comment', `/*${many('a', 1e6)}`, 'a comment without an end'],
  ])('%s', (_, statements, reason) => {
    const { message } = refusalOf(header + statements);
    expect(message).toContain(reason);
    expect(message).toMatch(/^c\.qasm:\d+:\d+: /);
    // However long the line is.
    expect(message.length).toBeLessThan(1000);
  });

  test('what is long but harmless is read', () => {
    const { source } = read(`${header}${many('cx q[0], q[1]; rx(2*w + pi/3) q[2];\n', 1e4)}`);
    expect(source.operations).toHaveLength(20_000);
  });
});

const folder = new URL('.', import.meta.url).pathname;
const programs = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): string => JSON.parse(readFileSync(folder + file, 'utf8')).qasm)
  .map((text) => text.slice(0, 1500));
const words =
  'OPENQASM 3.0 2.0 ; include "stdgates.inc" qubit q r [ ] 2 0 -1 { } ( ) gate g a , ctrl @ negctrl inv pow x cx rx U gphase w ' +
  'input float angle const int uint bit bool array let = ++ for in : if else while switch case default measure -> reset barrier ' +
  'delay end break pi * ** / % + - << & | ^ ~ ! && == < 1.5 1e3 0b1 "0101" true sin log popcount rotl sizeof $0 2im 3ns @a #b // /* */';

/** Loads or is an InputError: nothing else is ever thrown, and no angle is left that is not a number. */
function expectTamed(text: string): void {
  try {
    const { source } = read(text);
    expect(JSON.stringify(source.operations)).not.toContain('"value":null');
  } catch (error) {
    if (!(error instanceof InputError)) throw new Error(`${JSON.stringify(text)} throws ${error}`, { cause: error });
  }
}

describe('any text loads or is an InputError', () => {
  test('random characters', () => {
    const characters = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(fc.property(characters, expectTamed), { seed, numRuns: runs(100) });
  });

  test('random words of the language', () => {
    const text = fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 60 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(text, (rest) => expectTamed(header + rest)),
      { seed, numRuns: runs(1500) },
    );
  });

  test('programs with words put in, taken out and exchanged', () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 0, max: 12 }),
      put: fc.oneof(fc.constantFrom('', ...words.split(' ')), fc.string({ maxLength: 3 })),
    });
    const mutated = fc
      .tuple(fc.constantFrom(...programs), fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([program, changes]) =>
        changes.reduce((text, { at, length, put }) => {
          const start = Math.floor(at * text.length);
          return text.slice(0, start) + put + text.slice(start + length);
        }, program),
      );
    fc.assert(fc.property(mutated, expectTamed), { seed, numRuns: runs(500) });
  });
});
