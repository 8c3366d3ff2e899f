import type { Destination } from './files/destinations.ts';

/** What stands on the command line for an option is none of its values; the message says what they are. */
export class OptionError extends Error {}

/** One option of a command, as commander takes it. */
export interface CommandOption {
  readonly flags: string;
  readonly summary: string;
  readonly required?: boolean;
  /** The only values there are. */
  readonly choices?: readonly string[];
  /** What it names is written: whether that can be is checked before any work. */
  readonly writes?: Destination;
  /** Checks and converts what stands on the command line. @throws OptionError */
  readonly read?: (text: string) => unknown;
}

/** An argument that is known by its place. */
export interface Positional {
  readonly name: string;
  readonly summary: string;
  /** It may be left out. */
  readonly optional?: boolean;
  /** Any number of them may be given; it is optional, and the last. */
  readonly many?: boolean;
  /** The only values there are. */
  readonly choices?: readonly string[];
}

/** A command as the user sees it. What it does is loaded only when it is called: a short start matters. */
export interface Command {
  /** One word, or two: a group (commands/index.ts) and the command in it. */
  readonly name: string;
  readonly summary: string;
  readonly positional: readonly Positional[];
  readonly options: readonly CommandOption[];
  /** A call that works in the repository's root, shown in the help and run by a test. */
  readonly example: string;
  load(): Promise<{ run: Run }>;
}

/** All that can be asked for. */
export interface CommandTable {
  readonly commands: readonly Command[];
  /** What the commands with a common first word are about. */
  readonly groups: Readonly<Record<string, string>>;
}

/** Does the work of a command: pure but for reading files, so that all writing and printing is in one place. */
// biome-ignore lint/suspicious/noExplicitAny: every command knows the type of its own options, the table does not.
type Run = (given: any, listener: Listener, table: CommandTable) => Outcome | Promise<Outcome>;

/** Options that every command has. */
export const commonOptions: readonly CommandOption[] = [
  { flags: '--json', summary: 'print one JSON document and nothing else' },
  { flags: '--quiet', summary: 'no progress and no warnings' },
  { flags: '--debug', summary: 'show the stack of an error' },
];

/** How a command tells of its work meanwhile. */
export interface Listener {
  warn(text: string): void;
  /** @param seconds - that what is left is expected to take, before any of it is done. */
  progress(label: string, done: number, total: number, seconds?: number): void;
  /** Does something short, such as writing a file, that Ctrl-C must come before or after. */
  uninterrupted<T>(work: () => T): T;
}

/** What a command leaves behind. */
export interface Outcome {
  /** For people. */
  readonly text: string;
  /** For programs: what --json prints. */
  readonly document: unknown;
  readonly output?: OutputFile | OutputFile[] | OutputFolder;
  /** Said to people on stderr once everything is written. */
  readonly notice?: string;
}

export interface OutputFile {
  readonly file: string;
  readonly content: Uint8Array | string;
}

export interface OutputFolder {
  readonly folder: string;
  readonly files: Record<string, Uint8Array | string>;
}
