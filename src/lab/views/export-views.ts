import { LabError } from '../../core/lab-error.js';
import { joinBytes } from '../../core/protobuf.js';
import { createZipWriter } from '../archive/zip-writer.js';
import { EXPORTS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import { listFiles } from '../project/list-files.js';
import type { VerbArgs } from '../verb.js';

/** A folder below `exports/` with its files; sizes in bytes, `modified` in milliseconds. */
export interface ExportedFolder {
  readonly folder: string;
  readonly modified: number;
  readonly bytes: number;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** What was exported, the newest first. */
export async function exports({ platform }: Session): Promise<ExportedFolder[]> {
  const found = await Promise.all((await platform.files.list(EXPORTS)).map(async (folder): Promise<ExportedFolder> => {
    const files = await Promise.all((await listFiles(platform, `${EXPORTS}/${folder}`)).map(async (path) => ({ path: path.slice(EXPORTS.length + folder.length + 2), ...(await platform.files.stat(path))! })));
    return { folder, modified: Math.max(0, ...files.map(({ modified }) => modified)), bytes: files.reduce((sum, { size }) => sum + size, 0), files: files.map(({ path, size }) => ({ path, bytes: size })) };
  }));
  return found.filter(({ files }) => files.length > 0).sort((a, b) => b.modified - a.modified || (a.folder < b.folder ? -1 : 1));
}

/** One of those folders as a zip. Throws `not-found`. */
export async function exportZip({ platform }: Session, args: VerbArgs): Promise<{ name: string; bytes: Uint8Array }> {
  const folder = String(args['folder']);
  if (!(await platform.files.list(EXPORTS)).includes(folder)) throw new LabError('not-found', { path: `${EXPORTS}/${folder}` });
  const zip = createZipWriter(platform.now());
  const parts: Uint8Array[] = [];
  for (const path of await listFiles(platform, `${EXPORTS}/${folder}`)) parts.push(...zip.add(path.slice(EXPORTS.length + 1), await platform.files.read(path)));
  return { name: `${folder}.zip`, bytes: joinBytes([...parts, ...zip.end()]) };
}
