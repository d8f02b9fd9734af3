import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const REGISTRIES = ['src/core/monitor/detectors', 'src/core/train/models', 'src/course/checks', 'src/terminal/commands'];

const filesOf = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts').sort();
const importedBy = (file: string, folder: RegExp): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/from '\.\/([\w-]+)\.js'/g)].map((hit) => `${hit[1]}.ts`).filter((name) => folder.test(name)).sort();

describe('a registry names each file of its folder', () => {
  test.each(REGISTRIES)('%s', (folder) => {
    expect(filesOf(folder).length).toBeGreaterThan(0);
    expect(importedBy(`${folder}/index.ts`, /./)).toEqual(filesOf(folder));
  });

  test('src/lab/verbs.ts names each verb', () => {
    const verbs = filesOf('src/lab').filter((name) => /= defineVerb\(/.test(readFileSync(`src/lab/${name}`, 'utf8')));
    expect(verbs.length).toBeGreaterThan(0);
    expect(importedBy('src/lab/verbs.ts', /./).filter((name) => verbs.includes(name))).toEqual(verbs);
  });
});
