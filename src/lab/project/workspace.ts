import { LabError } from '../../core/lab-error.js';
import { parseLock } from '../../core/pipeline/lock-file.js';
import type { LockedFile } from '../../core/pipeline/stage.js';
import { parseDvcFile } from '../../core/version/dvc-file.js';
import { formatManifest, parseManifest } from '../../core/version/manifest.js';
import { md5Hex } from '../../core/version/md5.js';
import type { Platform } from '../platform.js';
import { collectData, DvcIgnore } from './dvc-ignore.js';
import { readText } from './files.js';
import { listFiles } from './list-files.js';

/** The project as a pipeline sees it: files of the working tree, and data that a `.dvc` file or `dvc.lock` stands for. */
export class Workspace {
  private constructor(
    private readonly platform: Platform,
    private readonly tracked: ReadonlyMap<string, LockedFile>,
    private readonly ignore: DvcIgnore,
  ) {}

  /** Reads what is tracked; `lock` is the text of `dvc.lock`. */
  static async open(platform: Platform): Promise<Workspace> {
    const tracked = new Map<string, LockedFile>();
    const lock = await readText(platform, 'dvc.lock');
    for (const stage of Object.values(lock === undefined ? {} : parseLock(lock))) for (const out of stage.outs) tracked.set(out.path, out);
    const files = await listFiles(platform, '');
    const ignore = await DvcIgnore.open(platform, files);
    for (const file of ignore.filter(files.filter((name) => name.endsWith('.dvc')))) {
      const { md5, size, nfiles } = parseDvcFile((await readText(platform, file))!, file);
      const path = file.slice(0, -'.dvc'.length);
      tracked.set(path, { path, md5, size, ...(nfiles === undefined ? {} : { nfiles }) });
    }
    return new Workspace(platform, tracked, ignore);
  }

  /** Hash of a file or folder as it stands now; undefined when there is none, or when `.dvcignore` leaves it out. A file of the working tree wins over what is tracked. */
  async hashOf(path: string): Promise<LockedFile | undefined> {
    const stat = await this.platform.files.stat(path);
    const tracked = this.tracked.get(path);
    const copied = stat?.type === 'directory' && tracked !== undefined && (await this.hasFiles(path));
    if (tracked && !copied && (stat === undefined || stat.type === 'directory')) return (await this.platform.objects.has(tracked.md5)) ? tracked : undefined;
    if (this.ignore.reasonOf(path, stat?.type === 'directory') !== undefined) return undefined;
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
    return stat && (await this.hasFiles(path)) ? (await this.hashFolder(path)).md5 : undefined;
  }

  /** Content of a file, or of every file of a folder, by full path; throws `not-found`. */
  async read(path: string): Promise<Map<string, Uint8Array>> {
    const stat = await this.platform.files.stat(path);
    if (stat?.type === 'file') return new Map([[path, await this.platform.files.read(path)]]);
    const hash = await this.hashOf(path);
    if (!hash) throw new LabError('not-found', { path });
    if (!hash.md5.endsWith('.dir')) return new Map([[path, await this.platform.objects.get(hash.md5)]]);
    if (stat && (await this.hasFiles(path))) {
      const files = await collectData(this.platform, path, this.ignore);
      return new Map(await Promise.all(files.map(async (file) => [file, await this.platform.files.read(file)] as const)));
    }
    const entries = parseManifest(await this.platform.objects.get(hash.md5), hash.md5);
    return new Map(await Promise.all(entries.map(async ({ md5, relpath }) => [`${path}/${relpath}`, await this.platform.objects.get(md5)] as const)));
  }

  /** Whether a folder of the working tree holds a file that DVC looks at. */
  private async hasFiles(path: string): Promise<boolean> {
    return this.ignore.filter(await listFiles(this.platform, path)).length > 0;
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
    const files = await collectData(this.platform, path, this.ignore);
    const contents = await Promise.all(files.map(async (file) => ({ relpath: file.slice(path.length + 1), content: await this.platform.files.read(file) })));
    const { id } = formatManifest(contents.map(({ relpath, content }) => ({ relpath, md5: md5Hex(content) })));
    return { path, md5: id, size: contents.reduce((sum, { content }) => sum + content.length, 0), nfiles: contents.length };
  }
}
