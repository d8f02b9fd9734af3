import { parse, stringify } from 'yaml';
import { LabError } from '../../core/lab-error.js';
import type { Platform } from '../platform.js';

/** Text of a file, or undefined when there is none. */
export async function readText(platform: Platform, path: string): Promise<string | undefined> {
  if (!(await platform.files.stat(path))) return undefined;
  return new TextDecoder().decode(await platform.files.read(path));
}

/** Parsed JSON of a file, or undefined when there is none; throws `broken-file`. */
export async function readJson<T>(platform: Platform, path: string): Promise<T | undefined> {
  const text = await readText(platform, path);
  return text === undefined ? undefined : parseOrThrow(path, () => JSON.parse(text) as T);
}

export const writeJson = (platform: Platform, path: string, value: unknown): Promise<void> => platform.files.write(path, `${JSON.stringify(value, null, 2)}\n`);

/** Parsed YAML of a file, or undefined when there is none; throws `broken-file`. */
export async function readYaml(platform: Platform, path: string): Promise<Record<string, unknown> | undefined> {
  const text = await readText(platform, path);
  if (text === undefined) return undefined;
  const value: unknown = parseOrThrow(path, () => parse(text) as unknown);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LabError('broken-file', { path, reason: 'a mapping is expected' });
  return value as Record<string, unknown>;
}

export const writeYaml = (platform: Platform, path: string, value: unknown, comment?: string): Promise<void> =>
  platform.files.write(path, `${comment ? `${comment.replace(/^/gm, '# ')}\n` : ''}${stringify(value, { indentSeq: false })}`);

/** One section of `params.yaml`, as far as it stands there. */
export async function readParams<T extends object>(platform: Platform, section: string): Promise<Partial<T> | undefined> {
  return (await readYaml(platform, 'params.yaml'))?.[section] as Partial<T> | undefined;
}

/** Sets one section of `params.yaml` and leaves the others. */
export async function writeParams(platform: Platform, section: string, value: unknown): Promise<void> {
  const params = (await readYaml(platform, 'params.yaml')) ?? {};
  await writeYaml(platform, 'params.yaml', { ...params, [section]: value });
}

/** Adds a line to a `.gitignore` once, as `dvc add` does. */
export async function ignorePath(platform: Platform, folder: string, name: string): Promise<string> {
  const path = folder === '' ? '.gitignore' : `${folder}/.gitignore`;
  const text = (await readText(platform, path)) ?? '';
  if (!text.split('\n').includes(`/${name}`)) await platform.files.write(path, `${text}/${name}\n`);
  return path;
}

function parseOrThrow<T>(path: string, parseIt: () => T): T {
  try {
    return parseIt();
  } catch (cause) {
    throw new LabError('broken-file', { path, reason: cause instanceof Error ? cause.message.split('\n')[0]! : String(cause) });
  }
}
