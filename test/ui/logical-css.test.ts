import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PHYSICAL = /(?:^|[\s;{])((?:margin|padding|border)-(?:left|right|top|bottom)|(?:left|right|top|bottom)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)|(?:min-|max-)?(?:width|height)\s*:)/g;

/** The style parts of a file, without media queries, where a width is the only word there is. */
const stylesOf = (source: string, name: string): string =>
  (name.endsWith('.css') ? source : [...source.matchAll(/<style>([\s\S]*?)<\/style>/g)].map((match) => match[1]).join('\n')).replace(/@media[^{]*\{/g, '{').replace(/\/\*[\s\S]*?\*\//g, '');

it('writes styles that mirror: logical properties only', () => {
  const files = readdirSync('src', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.(svelte|css)$/.test(entry.name));
  const found = files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [...stylesOf(readFileSync(path, 'utf8'), entry.name).matchAll(PHYSICAL)].map((match) => `${path}: ${match[1]}`);
  });
  expect(files.length).toBeGreaterThan(20);
  // Code is read from the left in every language.
  expect(found.filter((one) => one !== 'src/app.css: text-align: left')).toEqual([]);
});
