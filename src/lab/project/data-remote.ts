import { LabError } from '../../core/lab-error.js';
import { parseDvcConfig, remotesOf, type DvcConfig } from '../../core/version/dvc-config.js';
import { md5Hex } from '../../core/version/md5.js';
import type { Platform } from '../platform.js';
import { readText } from './files.js';
import type { ObjectSource } from './tracked-outs.js';

export const DVC_CONFIG = '.dvc/config';

/** A second store of objects, laid out as DVC's remotes are: `<folder>/files/md5/<2>/<30>`. */
export interface DataRemote extends ObjectSource {
  readonly name: string;
  put(id: string, content: Uint8Array): Promise<void>;
  remove(id: string): Promise<void>;
  list(): Promise<string[]>;
}

/** `.dvc/config` as it stands; empty when there is none. Throws `broken-file`. */
export const readDvcConfig = async (platform: Platform): Promise<DvcConfig> => parseDvcConfig((await readText(platform, DVC_CONFIG)) ?? '');

/** Opens a remote by name, or the default one. Throws `dvc-no-remote`, `dvc-unknown-remote` {name, known}, `dvc-far-remote` {name, url}. */
export async function openRemote(platform: Platform, name?: string): Promise<DataRemote> {
  const config = await readDvcConfig(platform);
  const wanted = name ?? config.get('core')?.get('remote');
  if (wanted === undefined) throw new LabError('dvc-no-remote');
  const remotes = remotesOf(config);
  const found = remotes.find((remote) => remote.name === wanted);
  if (!found) throw new LabError('dvc-unknown-remote', { name: wanted, known: remotes.map((remote) => remote.name) });
  const folder = remoteFolder(found.url);
  if (folder === undefined) throw new LabError('dvc-far-remote', { name: wanted, url: found.url });
  return remoteAt(platform, wanted, folder);
}

/** The folder of the project that an address in `.dvc/config` names (addresses are relative to `.dvc`); undefined for one outside `.lab/remotes`. */
export function remoteFolder(url: string): string | undefined {
  const folder = /^\.\.\/(\.lab\/remotes\/[\w./-]+?)\/*$/.exec(url)?.[1];
  return folder?.split('/').includes('..') ? undefined : folder;
}

function remoteAt({ files }: Platform, name: string, folder: string): DataRemote {
  const base = `${folder}/files/md5`;
  const pathOf = (id: string): string => `${base}/${id.slice(0, 2)}/${id.slice(2)}`;
  return {
    name,
    has: async (id) => (await files.stat(pathOf(id)))?.type === 'file',
    async get(id) {
      const content = await files.read(pathOf(id));
      if (md5Hex(content) !== id.slice(0, 32)) throw new LabError('dvc-corrupt-object', { name, id });
      return content;
    },
    put: (id, content) => files.write(pathOf(id), content),
    remove: (id) => files.remove(pathOf(id)),
    async list() {
      const heads = await files.list(base);
      return (await Promise.all(heads.map(async (head) => (await files.list(`${base}/${head}`)).map((rest) => head + rest)))).flat();
    },
  };
}
