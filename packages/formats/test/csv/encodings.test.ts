import { describe, expect, test } from 'vitest';
import { type CsvOptions, readCsv } from '../../src/csv/read.ts';
import { bytes } from './open.ts';

describe('encodings', () => {
  const text = 'x,town\n1,Köln\n2,Käln\n';
  const latin1 = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');

  test.each<[string, Uint8Array, CsvOptions?]>([
    ['UTF-8', bytes(text)],
    ['UTF-8 with a mark', bytes(`\ufeff${text}`)],
    ['UTF-16 with a mark', utf16],
    ['UTF-16, the other way round', Buffer.from(utf16).swap16()],
    ['UTF-16 that is named', utf16.subarray(2), { encoding: 'utf-16le' }],
    ['UTF-16 that is named, with a mark', Buffer.from(utf16).swap16(), { encoding: 'utf-16' }],
    ['UTF-8 as Python names it', bytes(`\ufeff${text}`), { encoding: 'utf-8-sig' }],
    ['Latin-1 that is named', latin1, { encoding: 'latin1' }],
    ['Latin-1 as Python names it', latin1, { encoding: 'latin-1' }],
    ['cp1252', latin1, { encoding: 'cp1252' }],
  ])('%s', (_, content, options) => {
    expect(readCsv(content, 'towns.csv', options).labels('town')).toEqual(['Köln', 'Käln']);
  });

  test.each<[string, Uint8Array, CsvOptions, string]>([
    [
      'Latin-1',
      latin1,
      {},
      'towns.csv:2:4: found the byte 0xF6, which is not UTF-8 there, expected text in UTF-8; name its encoding, as in encoding: windows-1252, or save it as UTF-8',
    ],
    ['UTF-16 without a mark', utf16.subarray(2), {}, 'towns.csv: found what looks like UTF-16LE without its mark'],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 120, 0, 0, 0), {}, 'towns.csv: found text in UTF-32, expected UTF-8'],
    ['another than is named', latin1, { encoding: 'utf-8' }, 'towns.csv: found bytes that are no UTF-8'],
    [
      'a mark of another',
      bytes(`\ufeff${text}`),
      { encoding: 'cp1252' },
      'found the mark of UTF-8 at its beginning, expected text in WINDOWS-1252',
    ],
    ['UTF-16 the other way round', utf16, { encoding: 'utf-16be' }, 'found the mark of UTF-16LE at its beginning'],
    ['none', latin1, { encoding: 'klingon' }, 'data.encoding: found "klingon", expected the name of an encoding'],
  ])('%s is refused', (_, content, options, message) => {
    expect(() => readCsv(content, 'towns.csv', options)).toThrow(message);
  });

  test('columns of an error count characters', () => {
    const content = Uint8Array.from([...bytes('x,y\näöü€,'), 0xff]);
    expect(() => readCsv(content, 'towns.csv')).toThrow('towns.csv:2:6: found the byte 0xFF');
  });
});
