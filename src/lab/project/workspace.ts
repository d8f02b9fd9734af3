import { LabError } from '../../core/lab-error.js';
import { parseLock } from '../../core/pipeline/lock-file.js';
import type { LockedFile } from '../../core/pipeline/stage.js';
import { parseDvcFile } from '../../core/version/dvc-file.js';
import { formatManifest, parseManifest } from '../../core/version/manifest.js';
import { md5Hex } from '../../core/version/md5.js';
import type { Platform } from '../platform.js';
import { readText } from './files.js';

/** The project as a pipeline sees it: files of the working tree, and data that a `.dvc` file or `dvc.lock` stands for. */
export class Workspace {
  private constructor(
    private readonly platform: Platform,
    private readonly tracked: ReadonlyMap<string, LockedFile>,
  ) {}

  /** Reads what is tracked; `lock` is the text of `dvc.lock`. */
  static async open(platform: Platform): Promise<Workspace> {
    const tracked = new Map<string, LockedFile>();
    const lock = await readText(platform, 'dvc.lock');
    for (const stage of Object.values(lock === undefined ? {} : parseLock(lock))) for (const out of stage.outs) tracked.set(out.path, out);
    for (const file of await listFiles(platform, '')) {
      if (!file.endsWith('.dvc')) continue;
      const { md5, size, nfiles } = parseDvcFile((await readText(platform, file))!, file);
      const path = file.slice(0, -'.dvc'.length);
      tracked.set(path, { path, md5, size, ...(nfiles === undefined ? {} : { nfiles }) });
    }
    return new Workspace(platform, tracked);
  }

  /** Hash of a file or folder as it stands now; undefined when there is none. A file of the working tree wins over what is tracked. */
  async hashOf(path: string): Promise<LockedFile | undefined> {
    const stat = await this.platform.files.stat(path);
    const tracked = this.tracked.get(path);
    const copied = stat?.type === 'directory' && tracked !== undefined && (await listFiles(this.platform, path)).length > 0;
    if (tracked && !copied && (stat === undefined || stat.type === 'directory')) return (await this.platform.objects.has(tracked.md5)) ? tracked : undefined;
    if (stat?.type === 'file') {
      const content = await this.platform.files.read(path);
      return { path, md5: md5Hex(content), size: content.length };
    }
    const inside = await this.insideTracked(path);
    if (inside) return inside;
    return stat ? this.hashFolder(path) : undefined;
  }

  /** Hash of what stands in the working tree itself at a path; undefined when nothing does. */
  async hashOfCopy(path: string): Promise<string | undefined> {
    const stat = await this.platform.files.stat(path);
    if (stat?.type === 'file') return md5Hex(await this.platform.files.read(path));
    return stat && (await listFiles(this.platform, path)).length > 0 ? (await this.hashFolder(path)).md5 : undefined;
  }

  /** Content of a file, or of every file of a folder, by full path; throws `not-found`. */
  async read(path: string): Promise<Map<string, Uint8Array>> {
    const stat = await this.platform.files.stat(path);
    if (stat?.type === 'file') return new Map([[path, await this.platform.files.read(path)]]);
    const hash = await this.hashOf(path);
    if (!hash) throw new LabError('not-found', { path });
    if (!hash.md5.endsWith('.dir')) return new Map([[path, await this.platform.objects.get(hash.md5)]]);
    if (stat && (await listFiles(this.platform, path)).length > 0) {
      const files = await listFiles(this.platform, path);
      return new Map(await Promise.all(files.map(async (file) => [file, await this.platform.files.read(file)] as const)));
    }
    const entries = parseManifest(await this.platform.objects.get(hash.md5), hash.md5);
    return new Map(await Promise.all(entries.map(async ({ md5, relpath }) => [`${path}/${relpath}`, await this.platform.objects.get(md5)] as const)));
  }

  /** A file inside a tracked folder. */
  private async insideTracked(path: string): Promise<LockedFile | undefined> {
    for (const [folder, { md5 }] of this.tracked) {
      if (!path.startsWith(`${folder}/`) || !md5.endsWith('.dir') || !(await this.platform.objects.has(md5))) continue;
      const entry = parseManifest(await this.platform.objects.get(md5), md5).find(({ relpath }) => `${folder}/${relpath}` === path);
      if (entry) return { path, md5: entry.md5 };
    }
    return undefined;
  }

  private async hashFolder(path: string): Promise<LockedFile> {
    const files = await listFiles(this.platform, path);
    const contents = await Promise.all(files.map(async (file) => ({ relpath: file.slice(path.length + 1), content: await this.platform.files.read(file) })));
    const { id } = formatManifest(contents.map(({ relpath, content }) => ({ relpath, md5: md5Hex(content) })));
    return { path, md5: id, size: contents.reduce((sum, { content }) => sum + content.length, 0), nfiles: contents.length };
  }
}

const HIDDEN = new Set(['.git', '.lab', '.dvc']);

/** All files below a folder of the working tree, git's, DVC's and the lab's own left out. */
export async function listFiles(platform: Platform, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await platform.files.list(folder)) {
    if (folder === '' && HIDDEN.has(name)) continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    const stat = await platform.files.stat(path);
    if (stat?.type === 'directory') found.push(...(await listFiles(platform, path)));
    else if (stat) found.push(path);
  }
  return found;
}
