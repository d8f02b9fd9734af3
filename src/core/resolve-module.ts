/** The file that a relative import means: as it stands, `.js` for `.ts`, or without its ending; undefined when there is none. */
export function resolveModule(word: string, from: string, exists: (path: string) => boolean): string | undefined {
  if (!word.startsWith('./') && !word.startsWith('../')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of word.split('/')) {
    if (part === '..' && parts.length === 0) return undefined;
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  return [path, path.replace(/\.js$/, '.ts'), `${path}.ts`, `${path}/index.ts`].find(exists);
}
