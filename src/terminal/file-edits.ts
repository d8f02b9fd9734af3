import { md5Hex } from '../core/version/md5.js';
import { LabError } from '../core/lab-error.js';
import type { Platform } from '../lab/platform.js';
import { ProjectFs } from './project-fs.js';
import type { ShellEngine } from './shell-engine.js';
import { WriteTurn } from './write-turn.js';

/** A change of one file by hand. `expected` is the md5 of the content that it was made from, so that nobody's words are lost. */
export type FileEdit =
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly expected?: string }
  | { readonly kind: 'make'; readonly path: string; readonly text: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string };

/**
 * Makes one change durable and gives the md5 of what the file then holds ('' when it is gone). Throws `file-changed` {path} when the file is not
 * what was expected, `file-exists` {path}, `bad-path` {path}, `not-found` {path}, the refusals of `ProjectFs`, and `quota-full`.
 */
export async function editFile(engine: Pick<ShellEngine, 'exclusive' | 'reload'>, platform: Platform, edit: FileEdit, signal?: AbortSignal): Promise<{ digest: string }> {
  const turn = new WriteTurn(engine, platform);
  let refusal: LabError | undefined;
  const fs = new ProjectFs(platform, { beforeWrite: async () => undefined, onRefused: (error) => (refusal = error) });
  const paths = edit.kind === 'rename' ? [edit.path, edit.to] : [edit.path];
  for (const path of paths) checkPath(path);
  await turn.begin(signal);
  try {
    await change(fs, platform, edit);
  } catch (cause) {
    await platform.discard();
    throw refusal ?? asLabError(cause, edit.path);
  } finally {
    await turn.end();
  }
  const target = edit.kind === 'rename' ? edit.to : edit.path;
  return { digest: edit.kind === 'remove' ? '' : await digestOf(platform, target) };
}

async function change(fs: ProjectFs, platform: Platform, edit: FileEdit): Promise<void> {
  if (edit.kind === 'write') {
    if (edit.expected !== undefined && (await digestOf(platform, edit.path)) !== edit.expected) throw new LabError('file-changed', { path: edit.path });
    return write(fs, edit.path, edit.text);
  }
  const made = edit.kind === 'rename' ? edit.to : edit.path;
  if (edit.kind !== 'remove' && (await fs.exists(`/${made}`))) throw new LabError('file-exists', { path: made });
  if (edit.kind === 'make') return write(fs, edit.path, edit.text);
  if (edit.kind === 'remove') return fs.rm(`/${edit.path}`, { recursive: true });
  await makeParents(fs, edit.to);
  return fs.mv(`/${edit.path}`, `/${edit.to}`);
}

async function write(fs: ProjectFs, path: string, text: string): Promise<void> {
  await makeParents(fs, path);
  await fs.writeFile(`/${path}`, text);
}

async function makeParents(fs: ProjectFs, path: string): Promise<void> {
  const folder = path.split('/').slice(0, -1).join('/');
  if (folder !== '') await fs.mkdir(`/${folder}`, { recursive: true });
}

/** md5 of a file in the working tree; '' when there is none. */
async function digestOf(platform: Platform, path: string): Promise<string> {
  return (await platform.files.stat(path))?.type === 'file' ? md5Hex(await platform.files.read(path)) : '';
}

/** Names that every file system and git can hold. */
function checkPath(path: string): void {
  const parts = path.split('/');
  const bad = path.length > 400 || parts.some((part) => part === '' || part === '.' || part === '..' || /[\u0000-\u001f\\:*?"<>|]/.test(part) || /[. ]$/.test(part));
  if (bad) throw new LabError('bad-path', { path });
}

function asLabError(cause: unknown, path: string): LabError {
  const { code } = cause as { code?: string };
  if (code === 'ENOENT') return new LabError('not-found', { path });
  if (code === 'EISDIR' || code === 'ENOTDIR' || code === 'EEXIST') return new LabError('file-exists', { path });
  return LabError.from(cause);
}
