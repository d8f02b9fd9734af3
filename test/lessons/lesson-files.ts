import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Raw texts of a course folder by path, such as `foundations/why-mlops/en.md`. */
export type LessonFiles = ReadonlyMap<string, string>;

/** Reads every text file below a folder. */
export function readLessonFiles(root: string): LessonFiles {
  const files = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else files.set(relative(root, path), readFileSync(path, 'utf8'));
    }
  };
  walk(root);
  return files;
}

/** The files of a lesson's folder by their path inside it; empty when there is no such lesson. */
export function filesOfLesson(files: LessonFiles, module: string, lesson: string): Map<string, string> {
  const prefix = `${module}/${lesson}/`;
  return new Map([...files].filter(([path]) => path.startsWith(prefix)).map(([path, text]) => [path.slice(prefix.length), text]));
}
