// The layers of docs/architecture.md as rules: npm run layers. An import that points up fails the checks.

/** Folders and files of packages/core/src from the lowest layer to the highest; those of a line may import each other. */
const core = [
  ['errors.ts', 'progress.ts', 'wording.ts', 'magnitude.ts'],
  ['schema'],
  ['linalg', 'random', 'integrate', 'optimize', 'wasm'],
  ['circuit'],
  ['encodings', 'ansatze', 'openqasm', 'drawing'],
  ['simulate'],
  ['model'],
  ['cost'],
  ['kernel'],
  ['predict', 'expressibility'],
  ['train', 'certificate'],
  ['forecast'],
  ['data', 'references'],
  ['dynamics'],
  ['spec'],
  ['diagnose', 'compare'],
  ['entry', 'index.ts'],
];

const inCore = (names) => `^packages/core/src/(${names.join('|').replaceAll('.', '\\.')})(/|$)`;

/** What each package may import of the others. */
const packages = {
  core: [],
  formats: ['core'],
  report: ['core'],
  study: ['core'],
  cli: ['core', 'formats', 'report', 'study'],
};

const others = (allowed) => Object.keys(packages).filter((name) => !allowed.includes(name));

/** What the command line takes of the papers: their tables of figures and kinds, and what runs them. */
const papersEntry = '^papers/[^/]+\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Files that need each other are one file, or lack a third below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-layers-complete',
      comment: 'A new folder of the core has its place in the list above.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: inCore(core.flat()) },
      to: {},
    },
    ...core.slice(0, -1).map((layer, k) => ({
      name: `core-below-${core[k + 1][0].replace('.ts', '')}`,
      comment: `${layer.join(', ')} import only what stands before them: ${core.slice(0, k).flat().join(', ') || 'nothing'}.`,
      severity: 'error',
      from: { path: inCore(layer) },
      to: { path: inCore(core.slice(k + 1).flat()) },
    })),
    ...Object.entries(packages).map(([name, allowed]) => ({
      name: `package-${name}`,
      comment: `${name} imports ${allowed.join(', ') || 'no other package'}.`,
      severity: 'error',
      from: { path: `^packages/${name}/src/` },
      to: {
        path: `^(papers/|packages/(${others([name, ...allowed]).join('|')})/)`,
        ...(name === 'cli' && { pathNot: papersEntry }),
      },
    })),
    {
      name: 'packages-alone',
      comment:
        'What is not published is imported by nothing that is, but for the tables of papers, which the command line bundles.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { path: '^(papers|bench|scripts|packages/[^/]+/test)/', pathNot: papersEntry },
    },
    {
      name: 'papers-public',
      comment: 'Studies of papers use what is public, as any other user of the library.',
      severity: 'error',
      from: { path: '^papers/' },
      to: {
        path: '^packages/',
        pathNot: '^packages/([^/]+/(src/(index\\.ts|plots\\.ts|entry/)|test/helpers/)|core/scripts/)',
      },
    },
    {
      name: 'browser-safe',
      comment: 'core, formats, report and study run in browsers; files and processes are the command line’s.',
      severity: 'error',
      from: { path: '^packages/(core|formats|report|study)/src/', pathNot: '^packages/study/src/(folder|worker/node)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that is not found would escape all other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|assembly)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['qntk-source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
