import { writeNpy, writeNpz, writeParquet } from '@qntk/formats';
import type { Draw } from './draw.ts';
import { texts } from './values.ts';

/** Files of a call by name. */
export type Files = Record<string, string | Uint8Array>;

const points = 8;
const column = (of: (k: number) => number) => Float64Array.from({ length: points }, (_, k) => of(k));
const x0 = column((k) => Math.sin(k));
const x1 = column((k) => Math.cos(3 * k));
const y = column((k) => (k % 2 ? 1 : -1));
const X = Float64Array.from({ length: 2 * points }, (_, k) => (k % 2 ? x1 : x0)[k >> 1]!);

const qasm = `OPENQASM 3.0;
include "stdgates.inc";
input float x0;
input float x1;
input float a;
input float b;
qubit[2] q;
ry(x0) q[0];
ry(x1) q[1];
ry(a) q[0];
cx q[0], q[1];
rz(b) q[1];
rx(a) q[1];
`;

/** Small files that are right, under the names that the right SPECs use. */
export function rightFiles(): Files {
  const rows = Array.from({ length: points }, (_, k) => `${x0[k]},${x1[k]},${y[k]}`);
  const kernel = Float64Array.from({ length: points * points }, (_, k) =>
    Math.exp(-((Math.floor(k / points) - (k % points)) ** 2) / 4),
  );
  return {
    'input.csv': `x0,x1,y\n${rows.join('\n')}\n`,
    'input.npz': writeNpz({ X: { shape: [points, 2], data: X }, y: { shape: [points], data: y } }),
    'X.npy': writeNpy({ shape: [points, 2], data: X }),
    'y.npy': writeNpy({ shape: [points], data: y }),
    'input.parquet': writeParquet(
      [
        { name: 'x0', data: x0 },
        { name: 'x1', data: x1 },
        { name: 'y', data: y },
      ],
      { key: 'made by', value: 'fuzz' },
    ),
    'input.qasm': qasm,
    'K.npy': writeNpy({ shape: [points, points], data: kernel }),
    'J.npy': writeNpy({ shape: [points, points], data: kernel }),
    'theta.json': JSON.stringify(Array.from({ length: 8 }, (_, k) => k / 3)),
  };
}

/** Numbers as data files hold them. */
const cells = [
  '1e200',
  '1e308',
  '1e309',
  '-1e-320',
  'nan',
  'inf',
  '',
  '99999999999999999999',
  '0x1p3',
  '1,5',
  'NA',
  '"',
  '""',
  '"a\nb"',
];

/** The same file damaged in one of the ways files are damaged. */
export function damaged(content: string | Uint8Array, draw: Draw): string | Uint8Array {
  return typeof content === 'string' ? damagedText(content, draw) : damagedBytes(content, draw);
}

function damagedText(text: string, draw: Draw): string | Uint8Array {
  const lines = text.split('\n');
  const line = draw.integer(lines.length);
  const cell = () => draw.pick([...cells, ...texts]);
  return draw.pick<() => string | Uint8Array>([
    () => lines.with(line, lines[line]!.split(',').with(0, cell()).join(',')).join('\n'),
    () => lines.with(line, lines[line]!.split(',').with(-1, cell()).join(',')).join('\n'),
    () => lines.map((each) => each.replace(/[^,]*$/, cell())).join('\n'),
    () => lines.map((each) => each.replace(/-?1$/, (label) => `${label}e200`)).join('\n'),
    () => lines.map((each) => each.replace(/-?1$/, (label) => `${label}e-200`)).join('\n'),
    () => lines.toSpliced(line, 1).join('\n'),
    () => lines.toSpliced(line, 0, lines[line]!, lines[line]!).join('\n'),
    () => text.slice(0, draw.integer(text.length)),
    () => text.replaceAll('\n', '\r'),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from(text.replace('x', 'ü'), 'latin1'),
    () => text.replaceAll(',', ';'),
    () => `${text}${'0'.repeat(1_000_000)}`,
    () => text.replaceAll(/\d/g, () => draw.pick(['9', '0', '1', 'e'])),
    () => damagedBytes(Buffer.from(text), draw),
    () => '',
  ])();
}

function damagedBytes(bytes: Uint8Array, draw: Draw): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = draw.integer(copy.length);
  return draw.pick<() => Uint8Array>([
    () => copy.subarray(0, at),
    () => {
      for (let k = 1 + draw.integer(6); k > 0; k--) copy[draw.integer(copy.length)] = draw.integer(256);
      return copy;
    },
    () => {
      // Where formats keep sizes: near the beginning and near the end.
      const near = draw.chance(0.5)
        ? draw.integer(Math.min(100, copy.length))
        : copy.length - 1 - draw.integer(Math.min(100, copy.length));
      copy[near] = draw.pick([0, 0x7f, 0x80, 0xff]);
      return copy;
    },
    () => copy.fill(0xff, at, at + 8),
    () => copy.fill(0, at, at + 8),
    () => new Uint8Array([...copy, ...copy]),
  ])();
}

/** Circuits whose trouble is size, names, includes or numbers. */
export function hostileQasm(draw: Draw): string {
  const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
  return draw.pick<() => string>([
    () => `${head}qubit[${draw.pick([0, 1, 25, 127, 1000, 1e6, 2 ** 31, 2 ** 53])}] q; h q[0];`,
    () => `${head}qubit q; for int i in [0:${draw.pick([1e6, 1e9, 2 ** 40])}] { h q; }`,
    () => `${head}qubit q; while (true) { h q; }`,
    () =>
      `${head}include "${draw.pick(['self.qasm', 'input.qasm', 'folder', 'pipe', 'loop', '/etc/passwd', '../x', 'input.csv/x', 'a\u0000b', 'n'.repeat(5000), '/dev/zero', 'folder/../../x'])}";`,
    () =>
      `${head}qubit q; rx(${draw.pick(['1/0', 'log(-1)', '1e400', '10**400', '0/0', '1e308*10', 'sqrt(-1)', 'pi'.repeat(2), '9'.repeat(500)])}) q;`,
    () => `${head}gate g a { ${'g0 a; '.repeat(3)} } qubit q; g q;`,
    () =>
      `${head}${Array.from({ length: 40 }, (_, k) => `gate g${k} a { ${k ? `g${k - 1} a; g${k - 1} a;` : 'h a;'} }`).join('\n')}\nqubit q; g39 q;`,
    () => `${head}qubit q; ${'('.repeat(20_000)}`,
    () => `${head}qubit q; rx(${'('.repeat(20_000)}1${')'.repeat(20_000)}) q;`,
    () => `${head}qubit ${draw.pick(['q\u001b[31m', '_'.repeat(100_000), 'ü', '\u202e'])}; h q;`,
    () => `${head}qubit q; pow(${draw.pick(['1e300', '-1e300', '1e18', '0.5'])}) @ x q; ${'ctrl @ '.repeat(200)} x q;`,
    () =>
      `${head}int[${draw.pick([64, 1e9])}] n = ${draw.pick(['9223372036854775807', '1 << 62', '1 << 1000000', '2 ** 1000000'])}; qubit[n] q;`,
    () =>
      `OPENQASM ${draw.pick(['2.0', '99.9', '3', 'x', ''])};\nqreg q[${draw.pick([1, 30, 1e9])}]; creg c[${draw.pick([1, 1e9])}]; measure q -> c; h q;`,
    () => `${head}qubit[3] q; ${'h q; '.repeat(50_000)}`,
    () => qasm.slice(0, draw.integer(qasm.length)),
    () => damagedText(qasm, draw).toString(),
  ])();
}
