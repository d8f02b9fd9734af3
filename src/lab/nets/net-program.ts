import { LabError } from '../../core/lab-error.js';
import { resolveModule } from '../../core/resolve-module.js';
import type { HyperparameterValues } from '../../core/train/model.js';
import { md5Hex } from '../../core/version/md5.js';
import { encodeJson } from '../project/artefacts.js';
import { readSources } from '../project/run-stage.js';
import type { Platform } from '../platform.js';

/** The learner's code of a net: the file and all that it imports, by path. */
export interface NetProgram {
  readonly entry: string;
  readonly sources: Readonly<Record<string, string>>;
}

type Place = Pick<Platform, 'files' | 'objects'>;

/** Files of the project that nets are written in. */
export const netFilesOf = async (platform: Pick<Platform, 'files'>): Promise<string[]> => (await platform.files.list('nets').catch(() => [])).filter((name) => name.endsWith('.ts')).map((name) => `nets/${name}`);

/** Settings whose `code` names a file: without a name, the only one there is. Others as they are. Throws `net-code-choose` {known}. */
export async function nameCode(platform: Pick<Platform, 'files'>, settings: HyperparameterValues): Promise<HyperparameterValues> {
  if (settings['code'] !== '') return settings;
  const known = await netFilesOf(platform);
  if (known.length !== 1) throw new LabError('net-code-choose', { known });
  return { ...settings, code: known[0]! };
}

/**
 * Settings whose `code` says which program it is: `nets/deep.ts` becomes `nets/deep.ts@<md5>`, and the program is kept as that object. Others as they are.
 * Throws `net-code-missing` {path, known}, `net-code-choose` {known}.
 */
export async function pinCode(platform: Place, given: HyperparameterValues): Promise<HyperparameterValues> {
  const settings = await nameCode(platform, given);
  const { code } = settings;
  if (typeof code !== 'string' || code.includes('@')) return settings;
  const program = await readProgram(platform, code);
  const content = encodeJson(program);
  const id = md5Hex(content);
  await platform.objects.put(id, content);
  return { ...settings, code: `${program.entry}@${id}` };
}

/** The program that `code` names: one that was kept, or the file as it stands now. Throws `net-code-missing` {path, known}. */
export async function readProgram(platform: Place, code: string): Promise<NetProgram> {
  const [path = '', id] = code.split('@');
  if (id !== undefined) return JSON.parse(new TextDecoder().decode(await platform.objects.get(id))) as NetProgram;
  const entry = path.replace(/^\.\//, '');
  const texts = await readSources(platform);
  if (!entry.endsWith('.ts') || texts[entry] === undefined) throw new LabError('net-code-missing', { path: entry, known: await netFilesOf(platform) });
  return { entry, sources: reachable(entry, texts) };
}

/** The entry and what it imports, so that a change elsewhere leaves the program the same. */
function reachable(entry: string, texts: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  const waiting = [entry];
  for (const file of waiting) {
    if (Object.hasOwn(found, file)) continue;
    found[file] = texts[file]!;
    for (const [, word = ''] of found[file].matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)) {
      const target = resolveModule(word, file, (path) => Object.hasOwn(texts, path));
      if (target !== undefined) waiting.push(target);
    }
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}
