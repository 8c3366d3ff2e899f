import { hostileArchive, hostileArray, hostileParquet, hostileTable, targets } from './data-files.ts';
import type { Draw } from './draw.ts';
import { damaged, type Files, hostileQasm, rightFiles } from './files.ts';
import { mutatedProgram, observables } from './programs.ts';
import { hostileSpec, rightSpec } from './specs.ts';
import { numberTexts, places, texts } from './values.ts';

/** One process: what stands in its folder, and how the command is called there. */
export interface Call {
  readonly command: string;
  readonly args: readonly string[];
  readonly files: Files;
}

/** Makes the call of a command. */
type Maker = (draw: Draw) => Omit<Call, 'command'>;

/** The files of a call; some of them damaged, now and then. */
function someFiles(draw: Draw): Files {
  const files = rightFiles();
  if (draw.chance(0.6)) return files;
  for (const name of Object.keys(files)) if (draw.chance(0.3)) files[name] = damaged(files[name]!, draw);
  return files;
}

/** An option now and then: mostly with the first of its values, which is usual; now and then with anything at all. */
function maybe(draw: Draw, option: string, values: readonly string[], probability = 0.3): string[] {
  if (!draw.chance(probability)) return [];
  const odd = draw.integer(12) === 0;
  const value = odd
    ? draw.pick([...numberTexts, ...texts, ...places])
    : draw.chance(0.6)
      ? values[0]!
      : draw.pick(values);
  return [option, value].map(speakable);
}

/** An argument of a process cannot hold a zero byte. */
const speakable = (text: string) => text.replaceAll('\u0000', '');

const flag = (draw: Draw, option: string): string[] => (draw.chance(0.3) ? [option] : []);

/** SPEC in a file, and a call with it: mostly a hostile one, else a right one and hostile data or options. */
function withSpec(draw: Draw, name: string, rest: readonly string[]): Omit<Call, 'command'> {
  const files = someFiles(draw);
  files['s.yaml'] = draw.chance(0.45) ? hostileSpec(draw) : rightSpec(draw);
  if (draw.chance(0.2)) files['input.qasm'] = hostileQasm(draw);
  const spec = draw.chance(0.95) ? 's.yaml' : speakable(draw.pick(places));
  return { args: [name, spec, ...rest, ...flag(draw, '--json')], files };
}

/** A SPEC that is right but for its data, in a file that is hostile. */
function withData(draw: Draw, source: string, files: Files, options: object): Omit<Call, 'command'> {
  const outputs = draw.pick([1, 1, 1, 2, 3]);
  const spec = {
    data: { source, ...options, ...(draw.chance(0.3) && { train: 1 }), ...(draw.chance(0.3) && { range: [-1, 1] }) },
    model: {
      qubits: 4,
      encoding: { gate: 'RY' },
      ansatz: { kind: 'hea', layers: 1 },
      observable: outputs === 1 ? 'Z0' : ['Z0', 'Z1', 'Z2'].slice(0, outputs),
    },
    initial: { seeds: 1 },
  };
  const args = draw.chance(0.8)
    ? ['diagnose', 's.yaml', ...flag(draw, '--json'), ...flag(draw, '--verify')]
    : ['kernel', 's.yaml', '--out', draw.pick(['out.npz', 'out.parquet'])];
  return { args, files: { 's.yaml': JSON.stringify(spec), ...files } };
}

/** A circuit in OpenQASM that may be wrong anywhere, drawn. */
function drawnProgram(draw: Draw): Omit<Call, 'command'> {
  const files = { ...rightFiles(), 'input.qasm': mutatedProgram(draw) };
  const rest = [
    ...maybe(draw, '--inputs', ['x0,x1', 'x0', 'a,b']),
    ...maybe(draw, '--svg', ['out.svg']),
    ...maybe(draw, '--qasm', ['out.qasm']),
  ];
  return { args: ['circuit', 'input.qasm', ...rest, ...flag(draw, '--json')], files };
}

/** The same diagnosed, under a SPEC that is right but for what it names in the circuit. */
function diagnosedProgram(draw: Draw): Omit<Call, 'command'> {
  const spec = {
    data: { source: 'csv', file: 'input.csv', target: 'y', ...(draw.chance(0.7) && { train: 0.5 }) },
    model: {
      openqasm: 'input.qasm',
      ...(draw.chance(0.7) && { inputs: ['x0', 'x1'] }),
      observable: draw.pick(observables),
    },
    initial: { seeds: 1, ...(draw.chance(0.2) && { distribution: 'zeros' }) },
    training: { steps: 10 },
  };
  const args = ['diagnose', 's.yaml', ...flag(draw, '--verify'), ...flag(draw, '--json')];
  return { args, files: { ...rightFiles(), 'input.qasm': mutatedProgram(draw), 's.yaml': JSON.stringify(spec) } };
}

/** Outputs, some of which are inputs, devices or cannot be. */
const outputs = [
  'out.npz',
  'out',
  'out.parquet',
  'out.txt',
  'out.npz.gz',
  'new/',
  'dangling',
  'dangling/out.npz',
  'none/below/out.npz',
  '/proc/out.npz',
  '/dev/null/out.npz',
  's.yaml',
  './s.yaml',
  'link.yaml',
  'input.csv',
  'input.qasm',
  ...places,
];
const whole = ['2', '1', '3', '1000000', '1000000000000', '1000000000000000', '9007199254740991'];
const positive = ['0.1', '0.001', '1e-12', '1e-300', '1e300', '5e-324', '1.7e308', '1e-9', '1e-60', '1e60'];
const arrays = [
  'K.npy',
  'J.npy',
  'y.npy',
  'X.npy',
  'input.npz',
  'input.npz:X',
  'input.npz:none',
  'input.parquet',
  'theta.json',
];

const makers: Record<string, Maker> = {
  diagnose: (draw) =>
    draw.chance(0.3)
      ? diagnosedProgram(draw)
      : withSpec(draw, 'diagnose', [
          ...flag(draw, '--verify'),
          ...maybe(draw, '--seeds', whole),
          ...maybe(draw, '--tolerance', positive),
          ...maybe(draw, '--out', outputs),
        ]),
  compare: (draw) =>
    withSpec(draw, 'compare', [
      ...maybe(draw, '--verify', whole),
      ...maybe(draw, '--budget', positive),
      ...flag(draw, '--yes'),
      ...maybe(draw, '--out', outputs),
    ]),
  train: (draw) =>
    withSpec(draw, 'train', [
      ...maybe(draw, '--optimizer', ['flow', 'gd', 'lbfgs', 'adam'], 0.7),
      ...maybe(draw, '--seed', whole),
      ...maybe(draw, '--tolerance', positive),
      ...flag(draw, '--kernel-along'),
      ...flag(draw, '--outputs-along'),
    ]),
  kernel: (draw) =>
    withSpec(draw, 'kernel', [
      ...maybe(draw, '--theta', ['theta.json', ...arrays]),
      ...maybe(draw, '--out', outputs, 0.95),
    ]),
  predict: (draw) => {
    const files = someFiles(draw);
    const args = [
      ...(draw.chance(0.6)
        ? maybe(draw, '--kernel', ['K.npy', ...arrays], 0.95)
        : maybe(draw, '--jacobian', ['J.npy', ...arrays], 0.95)),
      ...maybe(draw, '--labels', ['y.npy', ...arrays], 0.95),
      ...maybe(draw, '--test-kernel', ['K.npy', ...arrays]),
      ...maybe(draw, '--test-jacobian', ['J.npy', ...arrays]),
      ...maybe(draw, '--test-labels', ['y.npy', ...arrays]),
      ...maybe(draw, '--out', ['results', 'folder', ...outputs], 0.2),
      ...maybe(draw, '--f0', ['y.npy', '0.5', '1e300', 'NaN', '-1e-300']),
      ...maybe(draw, '--f0-test', ['y.npy', '0.5', '1e300', 'NaN', '-1e-300']),
      ...maybe(draw, '--rate', positive),
      ...maybe(draw, '--steps', ['1,10,100', '0', ...whole, '3,2,1', '1,,2', `${'1,'.repeat(10_000)}1`]),
      ...maybe(draw, '--loss', ['mean', 'sum']),
      ...flag(draw, '--json'),
    ];
    return { args: ['predict', ...args], files };
  },
  'data csv': (draw) => {
    const file = draw.pick(['input.csv', 'input.csv', 'input.tsv', 'input.csv.gz']);
    const options = {
      file,
      target: draw.pick(targets),
      ...(draw.chance(0.1) && { encoding: draw.pick(['latin-1', 'utf-16', 'utf-8-sig', 'gbk', 'utf-32', ...texts]) }),
      ...(draw.chance(0.1) && { delimiter: draw.pick([';', '\t', ' ', ',', 'ab', '"', '1']) }),
      ...(draw.chance(0.1) && { decimal: draw.pick([',', '.', ';']) }),
      ...(draw.chance(0.1) && { split: draw.pick(targets) }),
    };
    return withData(draw, 'csv', { [file]: hostileTable(draw, file.endsWith('.tsv') ? '\t' : ',') }, options);
  },
  'data parquet': (draw) => {
    const target = draw.pick(['number', 'number', 'number', 'value', 'value', 'y', 'label', 'none']);
    return withData(draw, 'parquet', { 'input.parquet': hostileParquet(draw) }, { file: 'input.parquet', target });
  },
  'data npz': (draw) => withData(draw, 'npz', { 'input.npz': hostileArchive(draw) }, { file: 'input.npz' }),
  'data npy': (draw) => {
    const files = { 'X.npy': hostileArray(draw, 2), 'y.npy': hostileArray(draw, 1) };
    return withData(draw, 'npy', files, { file: 'X.npy', labels: 'y.npy' });
  },
  'predict arrays': (draw) => {
    const files: Files = {
      'K.npy': hostileArray(draw, 2),
      'y.npy': hostileArray(draw, 1),
      'a.npz': hostileArchive(draw),
    };
    const any = (usual: string) =>
      draw.chance(0.75) ? usual : draw.pick(['K.npy', 'y.npy', 'a.npz:X', 'a.npz:y', 'a.npz', 'p.parquet', 'K.csv']);
    if (draw.chance(0.2)) files['K.csv'] = hostileTable(draw, ',');
    if (draw.chance(0.2)) files['p.parquet'] = hostileParquet(draw);
    const matrix = draw.pick(['--kernel', '--jacobian', '--jacobian']);
    const args = [
      matrix,
      any('K.npy'),
      '--labels',
      any('y.npy'),
      ...maybe(draw, '--f0', ['y.npy', any('0')]),
      ...flag(draw, '--json'),
    ];
    return { args: ['predict', ...args], files };
  },
  circuit: (draw) => {
    if (draw.chance(0.5)) return drawnProgram(draw);
    const rest = [
      ...maybe(draw, '--inputs', ['x0,x1', 'x0', 'a,b', 'none', ',', 'x0,x0', 'x,'.repeat(10_000)]),
      ...maybe(draw, '--svg', ['out.svg', 'same', ...outputs]),
      ...maybe(draw, '--qasm', ['out.qasm', 'same', ...outputs]),
      ...maybe(draw, '--width', ['20', '1000', ...whole]),
    ];
    if (draw.chance(0.4)) return withSpec(draw, 'circuit', rest);
    const files = someFiles(draw);
    files['input.qasm'] = hostileQasm(draw);
    return { args: ['circuit', 'input.qasm', ...rest, ...flag(draw, '--json')], files };
  },
  'dynamics asymptotic': (draw) => ({
    args: ['dynamics', 'asymptotic', ...networkOptions(draw), ...ensembleOptions(draw)],
    files: foreignResults(draw),
  }),
  'dynamics finite': (draw) => ({
    args: [
      'dynamics',
      'finite',
      ...networkOptions(draw),
      '--p',
      draw.pick(['1', '4', '20', '1000000', ...whole]),
      ...flag(draw, '--flow'),
      ...maybe(draw, '--steps', ['10', ...whole]),
      ...maybe(draw, '--rate', positive),
      ...ensembleOptions(draw),
    ],
    files: foreignResults(draw),
  }),
  'dynamics bounds': (draw) => ({
    args: [
      'dynamics',
      'bounds',
      ...networkOptions(draw),
      ...maybe(draw, '--p', ['4', '20', ...whole]),
      ...maybe(draw, '--time', positive),
      ...maybe(draw, '--seed', whole),
      ...(draw.chance(0.8) ? ['--seeds', '2'] : maybe(draw, '--seeds', whole)),
      ...flag(draw, '--json'),
    ],
    files: {},
  }),
  'dynamics regime': (draw) => {
    const { args, files } = withSpec(draw, 'regime', [
      ...maybe(draw, '--seeds', whole),
      ...maybe(draw, '--tolerance', positive),
    ]);
    return { args: ['dynamics', ...args], files };
  },
  init: (draw) => {
    const [name, content] = draw.pick<() => [string, string | Uint8Array]>([
      () => ['d.csv', hostileTable(draw, ',')],
      () => ['d.csv', hostileTable(draw, ',')],
      () => ['d.tsv', hostileTable(draw, '\t')],
      () => ['d.parquet', hostileParquet(draw)],
      () => ['d.npz', hostileArchive(draw)],
      () => ['X.npy', hostileArray(draw, 2)],
    ])();
    const files: Files = { [name]: content, 'y.npy': hostileArray(draw, 1) };
    const rest = [
      ...maybe(draw, '--target', ['y', 'x0', 'none', '']),
      ...maybe(draw, '--out', ['out.yaml', 'folder/out.yaml', 'same', name, ...places]),
      ...flag(draw, '--json'),
    ];
    return { args: ['init', ...(draw.chance(0.95) ? [name] : []), ...rest], files };
  },
  completion: (draw) => ({
    args: ['completion', speakable(draw.pick(['bash', 'zsh', 'fish', 'sh', ...texts])), ...flag(draw, '--json')],
    files: {},
  }),
  schema: (draw) => ({
    args: draw.pick([
      ['schema'],
      ['schema', '--json'],
      ['schema', draw.pick(places)],
      ['dynamics'],
      ['dynamics', speakable(draw.pick(texts))],
      [speakable(draw.pick(texts))],
      ['--help'],
      ['dynamics', 'finite', '--help'],
      [],
      ['--version'],
      ['--', 'schema'],
      ['schema', '--no-such-option'],
      ['diagnose'],
      ['kernel', 's.yaml', '--out'],
    ]),
    files: {},
  }),
};

function networkOptions(draw: Draw): string[] {
  const usual = draw.chance(0.6);
  return [
    '--d',
    draw.pick(
      usual ? ['4', '8', '16'] : ['2', '3', '2^20', '2^50', '2^49', '1125899906842624', draw.pick(numberTexts)],
    ),
    '--m',
    draw.pick(
      usual ? ['1', '2', '3'] : ['4', '64', '100', '5000', '562949953421312', ...whole, draw.pick(numberTexts)],
    ),
    ...maybe(draw, '--gamma', ['2', '0.5', '1', ...positive]),
    ...maybe(
      draw,
      '--spectrum',
      ['1,0,-1', '1,-1', '1', '1,1', '0,0', '1e300,-1e300', '1e-300,0', '1,2,3,4,5,6,7,8,9', `${'1,'.repeat(2000)}1`],
      0.2,
    ),
    ...maybe(
      draw,
      '--labels',
      ['1', '1,-1', '0,0', '1,-1,1', '1e200,-1e200', '1e300', '1e-300,0', `${'1,'.repeat(30_000)}1`],
      0.25,
    ),
  ].map(speakable);
}

function ensembleOptions(draw: Draw): string[] {
  return [
    ...maybe(draw, '--time', positive, 0.25),
    ...(draw.chance(0.8) ? ['--seeds', draw.pick(['1', '2', '3'])] : maybe(draw, '--seeds', whole)),
    ...maybe(draw, '--seed', whole, 0.2),
    ...flag(draw, '--curves'),
    ...flag(draw, '--json'),
    ...maybe(draw, '--out', ['results', 'results', 'folder', ...outputs], 0.4),
  ];
}

/** What a folder of results may hold that these commands did not write. */
function foreignResults(draw: Draw): Files {
  if (draw.chance(0.5)) return {};
  const content = draw.pick([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '1',
    '{"schema": "qntk/dynamics-asymptotic/1"}',
    '{"schema": "qntk/dynamics-finite/1", "setting": null, "seeds": [null], "curves": {"seeds": [{}]}}',
    '{"schema": "other", "seeds": []}',
    '{"schema": "qntk/dynamics-asymptotic/1", "version": "0.1.0", "setting": {"d": 8}, "seeds": [{"seed": 1, "loss": null}], "curves": {"times": [], "seeds": []}}',
    '\u0000\u0001',
    '['.repeat(100_000),
  ]);
  return { 'results/dynamics.json': content };
}

/** The commands that are called, in turn. */
export const commands = Object.keys(makers);

export function hostileCall(command: string, draw: Draw): Call {
  return { command, ...makers[command]!(draw) };
}
