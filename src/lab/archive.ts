import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { verifyJournal } from '../core/govern/journal.js';
import { LabError } from '../core/lab-error.js';
import { md5Hex } from '../core/version/md5.js';
import { cleanGitConfig, isGitData } from './archive/git-rules.js';
import { objectAt, objectPath } from './archive/object-path.js';
import { checkEntries, projectFolder } from './archive/path-rules.js';
import { createUnpacker, readZipEntries, ZIP_LIMITS, type Unpacker, type ZipEntry, type ZipLimits } from './archive/zip-reader.js';
import { createZipWriter } from './archive/zip-writer.js';
import type { Platform, ProjectFiles } from './platform.js';

const JOURNAL = '.lab/journal.jsonl';
const LEFT_OUT = /^(\.dvc\/(cache\/(?!runs(\/|$))[^/]+|tmp)|\.git\/(hooks|looplab-save(\.draft)?)|\.looplab-save(\.draft)?)(\/|$)/;

/** Git takes a folder without these for no repository. */
const GIT_FOLDERS = ['.git/objects/info', '.git/objects/pack', '.git/refs/heads', '.git/refs/tags'];

/** The whole project as one zip, in pieces: working tree, `.git`, DVC's cache. Native git and DVC read what it unpacks to. */
export async function* exportProject(platform: Platform): AsyncGenerator<Uint8Array> {
  const zip = createZipWriter(platform.now());
  for await (const path of walk(platform.files, '')) {
    const content = path.endsWith('/') ? new Uint8Array() : await platform.files.read(path);
    yield* zip.add(path, content, path.startsWith('.git/objects/') ? 0o444 : 0o644);
  }
  for (const { id } of await platform.objects.list()) yield* zip.add(objectPath(id), await platform.objects.get(id), 0o444);
  yield* zip.end();
}

/** Every file below a folder, and the empty folders (with `/`), because git wants its own even when they are empty. */
async function* walk(files: ProjectFiles, folder: string): AsyncGenerator<string> {
  const names = await files.list(folder);
  if (names.length === 0 && folder !== '') yield `${folder}/`;
  for (const name of names) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (LEFT_OUT.test(path)) continue;
    const stat = await files.stat(path);
    if (stat?.type === 'directory') yield* walk(files, path);
    else if (stat) yield path;
  }
}

/** What an import brought. */
export interface ImportReport {
  readonly files: number;
  readonly objects: number;
  /** Files and settings of `.git` that were left out because they could run programs or lead elsewhere. */
  readonly leftOut: readonly string[];
}

/**
 * Replaces the project by what a zip holds. Everything is checked first and saved in one act; on any failure the old project stays.
 * Throws `import-not-zip`, `import-bad-path`, `import-too-big`, `import-bomb`, `import-no-git`, `import-broken-git`,
 * `import-broken-journal` {seq}, `import-object-mismatch` {id}.
 */
export async function importProject(zip: Uint8Array | Blob, platform: Platform, limits: ZipLimits = ZIP_LIMITS): Promise<ImportReport> {
  const bytes = zip instanceof Uint8Array ? zip : new Uint8Array(await zip.arrayBuffer());
  const content = unpackAll(bytes, limits);
  try {
    for (const name of await platform.files.list('')) await platform.files.remove(name);
    for (const { id } of await platform.objects.list()) await platform.objects.remove(id);
    for (const folder of GIT_FOLDERS) await platform.files.makeFolder(folder);
    for (const [path, file] of content.files) await platform.files.write(path, file);
    for (const [id, object] of content.objects) await platform.objects.put(id, object);
    await checkRepository(platform);
    await platform.save();
  } catch (error) {
    await platform.discard();
    throw error;
  }
  return { files: content.files.size, objects: content.objects.size, leftOut: content.leftOut };
}

interface Content {
  readonly files: Map<string, Uint8Array>;
  readonly objects: Map<string, Uint8Array>;
  readonly leftOut: string[];
}

function unpackAll(zip: Uint8Array, limits: ZipLimits): Content {
  const entries = readZipEntries(zip, limits);
  const top = projectFolder(entries);
  checkEntries(entries, top);
  if (!entries.some((e) => e.name === `${top}.git/HEAD`)) throw new LabError('import-no-git');
  const content: Content = { files: new Map(), objects: new Map(), leftOut: [] };
  const unpacker = createUnpacker(limits);
  for (const entry of entries) if (!entry.isFolder) sortIn(content, entry.name.slice(top.length), entry, unpacker);
  checkJournal(content.files.get(JOURNAL));
  return content;
}

function sortIn(content: Content, path: string, entry: ZipEntry, unpacker: Unpacker): void {
  const id = objectAt(path);
  const git = gitPart(path);
  if (id !== undefined) content.objects.set(id, checkObject(id, unpacker.unpack(entry)));
  else if (git === 'config') readConfig(content, path, unpacker.unpack(entry));
  else if (LEFT_OUT.test(path) || (git !== undefined && !isGitData(git))) content.leftOut.push(path);
  else content.files.set(path, checkGitObject(path, unpacker.unpack(entry), unpacker));
}

/** The path within a repository: the project's own, that of a clone, or a bare one that plays a server. */
const gitPart = (path: string): string | undefined => /^(?:\.git|\.lab\/(?:remotes|clones)\/[^/]+\.git)\/(.*)$/.exec(path)?.[1];

function readConfig(content: Content, path: string, bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes);
  const clean = cleanGitConfig(text, path.startsWith('.lab/remotes/'));
  const count = (config: string): number => config.split('\n').filter((line) => /^\s*\w.*=/.test(line)).length;
  if (count(clean) < count(text)) content.leftOut.push(path);
  content.files.set(path, new TextEncoder().encode(clean));
}

function checkObject(id: string, content: Uint8Array): Uint8Array {
  if (md5Hex(content) !== id.slice(0, 32)) throw new LabError('import-object-mismatch', { id });
  return content;
}

/** A loose git object must unpack within the limits and be what its name says. */
function checkGitObject(path: string, content: Uint8Array, unpacker: Unpacker): Uint8Array {
  const [, first, rest] = /^objects\/([0-9a-f]{2})\/([0-9a-f]{38})$/.exec(gitPart(path) ?? '') ?? [];
  if (first === undefined || rest === undefined) return content;
  const broken = new LabError('import-broken-git', { reason: 'object', object: first + rest });
  try {
    if (bytesToHex(sha1(unpacker.inflateZlib(content, path))) !== first + rest) throw broken;
  } catch (error) {
    throw error instanceof LabError ? error : broken;
  }
  return content;
}

function checkJournal(bytes: Uint8Array | undefined): void {
  if (!bytes) return;
  const verdict = verifyJournal(new TextDecoder().decode(bytes));
  if (!verdict.ok) throw new LabError('import-broken-journal', { seq: verdict.seq, reason: verdict.reason });
}

/** HEAD must resolve, and every commit behind it and every file of it and of the index must be there. */
async function checkRepository({ git }: Platform): Promise<void> {
  try {
    await git.resolve('HEAD');
    await git.log();
    for (const revision of ['HEAD', 'INDEX'])
      for (const path of (await git.treeAt(revision)).keys())
        if (!(await git.readAt(revision, path))) throw new LabError('not-found', { path });
    await git.branches();
    await git.status();
  } catch (error) {
    const { code, message } = error instanceof LabError ? { code: error.code, message: error.message } : { code: 'unexpected', message: String(error) };
    if (code === 'quota-full' || code === 'read-only') throw error;
    throw new LabError('import-broken-git', { reason: message });
  }
}
