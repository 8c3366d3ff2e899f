import fs from 'node:fs';
import path from 'node:path';
import { statsOf, unwritableFindings, writable } from './destinations.ts';
import { explained } from './reasons.ts';

/** What a file can be written from; text is written as UTF-8. */
type Content = Uint8Array | string;

/** A file that is written completely under its temporary name and not yet renamed. */
interface Staged {
  file: string;
  temporary: string;
  target: string;
}

/** What a name given for output stands for. `mode` is there when the file exists already. */
type Destination = { kind: 'file'; path: string; mode?: number } | { kind: 'device' };

/** Writes the file completely or not at all, also when interrupted. */
export async function writeOutput(file: string, content: Content): Promise<void> {
  await writeFiles([{ file, content }]);
}

/** Writes all files or, where one cannot be written, none; their folders are there already. */
export async function writeFiles(
  files: readonly { readonly file: string; readonly content: Content }[],
): Promise<void> {
  await writeAll(
    files.map(({ file, content }) => [file, content]),
    () => undefined,
  );
}

/**
 * Writes the files into the folder, which is made when missing. All are written under temporary names before the
 * first gets its own, so that an error or an interruption leaves all of them or none.
 */
export async function writeOutputs(folder: string, files: Record<string, Content>): Promise<void> {
  const outermost = makeFolder(folder);
  const outputs = Object.entries(files).map(([name, content]): [string, Content] => [path.join(folder, name), content]);
  await writeAll(outputs, () => removeEmptyFolders(folder, outermost));
}

async function writeAll(outputs: readonly [string, Content][], undo: () => void): Promise<void> {
  const staged: Staged[] = [];
  const discard = () => {
    for (const { temporary } of staged) fs.rmSync(temporary, { force: true });
    undo();
  };
  await discardingOnExit(discard, async () => {
    for (const [file, content] of outputs) {
      await stage(file, content, staged).catch((error) => {
        throw unwritable(file, error);
      });
    }
    publish(staged);
  });
}

/**
 * Runs `work`; when it fails or the process ends meanwhile, runs `discard`. The signals are only caught meanwhile:
 * at any other time the default, which ends the process at once, is right.
 */
async function discardingOnExit(discard: () => void, work: () => Promise<void>): Promise<void> {
  const interrupted = () => process.exit(130);
  const terminated = () => process.exit(143);
  process.once('exit', discard);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', terminated);
  try {
    await work();
  } catch (error) {
    discard();
    throw error;
  } finally {
    process.off('exit', discard);
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', terminated);
  }
}

/** Writes the content under a temporary name in the file's folder and adds it to `staged`. */
async function stage(file: string, content: Content, staged: Staged[]): Promise<void> {
  const destination = destinationOf(file);
  if (destination.kind === 'device') {
    await writeDevice(file, content);
    return;
  }
  const target = destination.path;
  const temporary = path.join(path.dirname(target), `.qntk-${crypto.randomUUID()}.tmp`);
  // Made synchronously, and written to only where it still exists: so no write can bring it back after a discard.
  fs.closeSync(fs.openSync(temporary, 'wx'));
  staged.push({ file, temporary, target });
  if (destination.mode !== undefined) fs.chmodSync(temporary, destination.mode);
  await fs.promises.writeFile(temporary, content, { flag: 'r+', flush: true });
}

/** A device, or a pipe: opening one that nobody reads from would wait forever, so that is asked first. */
async function writeDevice(file: string, content: Content): Promise<void> {
  const asked = fs.openSync(file, fs.constants.O_WRONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    await fs.promises.writeFile(file, content);
  } finally {
    fs.closeSync(asked);
  }
}

/** Looks at what the name stands for now: a rename would replace a link, a write-protected file and /dev/null alike. */
function destinationOf(file: string): Destination {
  const stats = statsOf(file, file);
  if (stats === undefined) return { kind: 'file', path: file };
  if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
  if (!stats.isFile()) return { kind: 'device' };
  fs.accessSync(file, fs.constants.W_OK);
  return { kind: 'file', path: fs.realpathSync(file), mode: stats.mode & 0o777 };
}

/** Gives every file its own name. Synchronous, so that no signal is handled halfway. */
function publish(staged: Staged[]): void {
  for (const { file, temporary, target } of staged) {
    try {
      fs.renameSync(temporary, target);
    } catch (error) {
      throw unwritable(file, error);
    }
  }
}

/**
 * Makes the folder and those above it; returns the outermost one that was missing. One at a time: where a folder's
 * parent refuses new ones with ENOENT, as /proc does, Node's own `recursive` never returns.
 */
function makeFolder(folder: string): string | undefined {
  const missing: string[] = [];
  for (let each = path.resolve(folder); !fs.existsSync(each); each = path.dirname(each)) missing.unshift(each);
  try {
    if (missing.length === 0 && !fs.statSync(folder).isDirectory())
      throw Object.assign(new Error('is no folder'), { code: 'EEXIST' });
    for (const each of missing) fs.mkdirSync(each);
    return missing[0];
  } catch (error) {
    if (missing.length > 0) removeEmptyFolders(folder, missing[0]);
    throw explained(
      { where: folder, expected: writable.folder, findings: unwritableFindings(folder, 'folder') },
      error,
    );
  }
}

/** Removes the folders from `folder` up to `outermost`, the ones {@link makeFolder} made, as far as they are empty. */
function removeEmptyFolders(folder: string, outermost: string | undefined): void {
  if (outermost === undefined) return;
  const end = path.resolve(outermost);
  for (let each = path.resolve(folder); each.startsWith(end); each = path.dirname(each)) {
    try {
      fs.rmdirSync(each);
    } catch {
      // One that could not be made; where somebody else has put a file there, those above are not empty either.
    }
  }
}

function unwritable(file: string, error: unknown): unknown {
  return explained({ where: file, expected: writable.file, findings: unwritableFindings(file, 'file') }, error);
}
