import { existsSync, readdirSync } from 'node:fs';

/** Paths of the files under a folder whose names end in one of `endings`, sorted; [] when the folder is missing. */
export function listFiles(folder: string, endings: readonly string[]): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => `${folder}/${name}`)
    .sort();
}
